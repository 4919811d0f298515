"use client";

import { cn } from "@/app/_components/ui/class-names";
import { conflictOf } from "../_scope/scope";
import { type AskedFrom, questionFrom, whyInput } from "./question";
import { useWhyQuestion } from "./use-question";

interface WhyButtonProps extends AskedFrom {
  /** What changed, as a reader of the button alone would need it: "the cost of chat". */
  label: string;
  className?: string;
}

/**
 * Asks why a cost changed, beside the change: `<WhyButton asked={scope.compared} group={{ by: "feature", key }} label={…} />`.
 * Nothing where nothing is compared, or where no report can answer. The layout holds the dialog that it opens.
 */
export function WhyButton({ label, className, ...from }: WhyButtonProps) {
  const { ask } = useWhyQuestion();
  const question = questionFrom(from);
  if (!question || conflictOf(whyInput(question).filter, null) !== null) return null;
  return (
    <button
      type="button"
      aria-haspopup="dialog"
      aria-label={`Why did ${label} change?`}
      title="Why did it change?"
      onClick={(event) => {
        event.stopPropagation();
        ask(question);
      }}
      className={cn(
        "inline-flex h-6 items-center rounded-md px-1.5 text-2xs font-medium text-ink-faint transition-colors",
        "hover:bg-sunken hover:text-accent focus-visible:text-accent",
        className,
      )}
    >
      Why?
    </button>
  );
}
