import { Badge, type Tone } from "@/app/_components/ui/badge";
import type { Outputs } from "@/app/_trpc/client";

export type Run = Outputs["repricing"]["list"][number];

const states = {
  previewing: { label: "working out the preview", tone: "accent" },
  previewed: { label: "waits for approval", tone: "warn" },
  running: { label: "being applied", tone: "accent" },
  done: { label: "applied", tone: "good" },
  failed: { label: "stopped", tone: "bad" },
  discarded: { label: "discarded", tone: "neutral" },
} as const satisfies Record<Run["state"], { label: string; tone: Tone }>;

export const isMoving = ({ state }: Pick<Run, "state">) => state === "previewing" || state === "running";

export function RunState({ state }: { state: Run["state"] }) {
  return (
    <Badge tone={states[state].tone} dot={isMoving({ state })}>
      {states[state].label}
    </Badge>
  );
}
