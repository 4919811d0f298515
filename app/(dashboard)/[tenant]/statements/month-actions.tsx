"use client";

import { ConfirmButton } from "@/app/_components/forms/confirm-button";
import { Button } from "@/app/_components/ui/button";
import { formatMonth } from "@/app/_format/dates";
import { useRight } from "../_components/tenant-context";
import { ReasonButton } from "./reason-button";
import { useMonthChanges } from "./use-month-changes";
import type { StatementMonth } from "./words";

/** What this member may do with a month as it is now. */
export function MonthActions({ row: { month, state, closing, isLastClosed } }: { row: StatementMonth }) {
  const mayClose = useRight("periods:write");
  const mayReopen = useRight("periods:reopen");
  const { close, cancel, reopen } = useMonthChanges();
  const name = formatMonth(month);
  if (state === "open" && mayClose) {
    return (
      <ConfirmButton
        label={`Close ${name}`}
        title={`Close ${name}?`}
        confirm="Close the month"
        onConfirm={() => close.mutate({ month })}
      >
        Its figures are frozen as a statement with a content hash. Its calls keep their cost and tags; late
        calls and new prices become corrections in the statement of a later month. Where something is not
        final yet, the month is closed by itself once it is.
      </ConfirmButton>
    );
  }
  if (state === "closing" && mayClose) {
    return (
      <div className="flex flex-wrap justify-end gap-2">
        {closing?.waitsFor.some(({ code }) => code === "exports") && (
          <ReasonButton
            label="Close it all the same"
            title={`Close ${name} although its exports differ?`}
            confirm="Close the month"
            onConfirm={(despite) => close.mutate({ month, despite })}
          >
            What was exported for billing and the ledger go on differing, and the statement says what the
            ledger says. The reason stays with the month. Anything else that keeps it open is waited for.
          </ReasonButton>
        )}
        <Button
          size="sm"
          variant="ghost"
          disabled={cancel.isPending}
          onClick={() => cancel.mutate({ month })}
          aria-label={`Leave ${name} open`}
        >
          Leave it open
        </Button>
      </div>
    );
  }
  if (state === "closed" && isLastClosed && mayReopen) {
    return (
      <ReasonButton
        label={`Open ${name} again`}
        title={`Open ${name} again?`}
        confirm="Open the month"
        onConfirm={(reason) => reopen.mutate({ month, reason })}
      >
        Its calls can change again. The statement stays as it was, marked as opened again by you; closing the
        month makes another revision.
      </ReasonButton>
    );
  }
  return null;
}
