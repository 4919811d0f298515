import { Equal, EqualNot, Hourglass, Minus } from "lucide-react";
import { cn } from "@/app/_components/ui/class-names";
import type { ReconciliationLink } from "./words";

const looks = {
  equal: { icon: Equal, words: "equals", className: "bg-good-soft text-good" },
  differs: { icon: EqualNot, words: "differs from", className: "bg-bad-soft text-bad" },
  waits: { icon: Hourglass, words: "cannot be compared yet with", className: "bg-warn-soft text-warn" },
  off: { icon: Minus, words: "is not held against", className: "bg-sunken text-ink-muted" },
} as const;

/** Between two figures: =, ≠, or why neither can be said. */
export function LinkMark({ state }: { state: ReconciliationLink["state"] }) {
  const { icon: Icon, words, className } = looks[state];
  return (
    <span className={cn("grid size-6 shrink-0 place-items-center rounded-full", className)} title={words}>
      <Icon aria-hidden className="size-3.5" strokeWidth={2.5} />
      <span className="sr-only">{words}</span>
    </span>
  );
}
