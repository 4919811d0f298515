"use client";

import { ConfirmButton } from "@/app/_components/forms/confirm-button";
import { Button } from "@/app/_components/ui/button";
import { formatMonth } from "@/app/_format/dates";
import { useRight } from "../_components/tenant-context";
import { ReopenButton } from "./reopen-button";
import { useMonthChanges } from "./use-month-changes";
import type { StatementMonth } from "./words";

/** What this member may do with a month as it is now. */
export function MonthActions({ row: { month, state, isLastClosed } }: { row: StatementMonth }) {
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
      <Button
        size="sm"
        variant="ghost"
        disabled={cancel.isPending}
        onClick={() => cancel.mutate({ month })}
        aria-label={`Leave ${name} open`}
      >
        Leave it open
      </Button>
    );
  }
  if (state === "closed" && isLastClosed && mayReopen) {
    return <ReopenButton month={month} onReopen={(reason) => reopen.mutate({ month, reason })} />;
  }
  return null;
}
