import { ArrowDown, ArrowUp } from "lucide-react";
import { formatChange } from "@/app/_format/quantities";
import type { Change } from "./prepare-change";
import { cn } from "./ui/class-names";

/** Which direction costs somebody something. */
export type Worse = "up" | "down" | "neither";

function toneOf({ kind }: Change, worse: Worse): string {
  if (worse === "neither" || (kind !== "up" && kind !== "down")) return "text-ink-muted";
  return kind === worse ? "text-warn" : "text-good";
}

interface ChangeMarkProps {
  change: Change;
  worse?: Worse;
  title?: string;
  className?: string;
}

/** "↑ +12.4%", "new", "gone": the arrow and the sign say it without the colour. */
export function ChangeMark({ change, worse = "up", title, className }: ChangeMarkProps) {
  const look = cn(
    "figures inline-flex items-center gap-0.5 whitespace-nowrap",
    toneOf(change, worse),
    className,
  );
  switch (change.kind) {
    case "unknown":
      return (
        <span className={cn(look, "text-ink-faint")} title={title ?? "Nothing to compare with"}>
          –
        </span>
      );
    case "new":
    case "gone":
      return (
        <span
          className={cn(look, "rounded-full border bg-sunken px-1.5 text-2xs")}
          title={
            title ?? (change.kind === "new" ? "No calls in the stretch compared with" : "No calls any more")
          }
        >
          {change.kind}
        </span>
      );
    case "same":
      return (
        <span className={look} title={title}>
          ±0%
        </span>
      );
    default: {
      const Arrow = change.kind === "up" ? ArrowUp : ArrowDown;
      return (
        <span className={cn(look, "font-medium")} title={title}>
          <Arrow aria-hidden className="size-3 shrink-0" strokeWidth={2.5} />
          {change.fraction === null ? "from nothing" : formatChange(change.fraction)}
        </span>
      );
    }
  }
}
