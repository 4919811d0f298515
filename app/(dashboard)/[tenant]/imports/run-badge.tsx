import { Badge, type Tone } from "@/app/_components/ui/badge";
import type { Outputs } from "@/app/_trpc/client";

type State = Outputs["imports"]["show"]["state"];

const tones = {
  running: "accent",
  done: "good",
  failed: "bad",
  interrupted: "warn",
} as const satisfies Record<State, Tone>;

export function RunBadge({ state }: { state: State }) {
  return (
    <Badge tone={tones[state]} dot={state === "running"}>
      {state}
    </Badge>
  );
}
