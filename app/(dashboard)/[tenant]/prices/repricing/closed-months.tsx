"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { toast } from "sonner";
import { ConfirmButton } from "@/app/_components/forms/confirm-button";
import { Card, CardHeader } from "@/app/_components/ui/card";
import { formatDate, formatMonth } from "@/app/_format/dates";
import { errorSentence } from "@/app/_format/errors";
import { useTRPC } from "@/app/_trpc/client";
import { localDay } from "@/server/calendar/local-day";
import { useRight, useTenant } from "../../_components/tenant-context";

/** The month before the one that this day is in. */
function monthBefore(day: string): string {
  const [year = 0, month = 1] = day.split("-").map(Number);
  return new Date(Date.UTC(year, month - 2, 1)).toISOString().slice(0, 7);
}

/** Which months are closed, and the way to close the last one. */
export function ClosedMonths({ now }: { now: string }) {
  const { timeZone } = useTenant();
  const mayClose = useRight("periods:write");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const periods = useQuery(trpc.periods.list.queryOptions());
  const close = useMutation(
    trpc.periods.close.mutationOptions({
      onSuccess: () => void toast.success("The month is closed."),
      onError: (error) => void toast.error(errorSentence(error)),
      onSettled: () => queries.invalidateQueries(trpc.periods.list.queryFilter()),
    }),
  );
  if (!periods.data) return null;
  const last = monthBefore(localDay(new Date(now), timeZone));
  const isLastClosed = periods.data.some(({ month }) => month === last);
  return (
    <Card className="mt-4">
      <CardHeader
        title="Closed months"
        hint="What happened in a closed month is frozen: its reports stay as they are, and what turns out to have been wrong is booked as a correction in the month in which it is found."
      >
        {mayClose && !isLastClosed && (
          <ConfirmButton
            label={`Close ${formatMonth(last)}`}
            title={`Close ${formatMonth(last)}?`}
            confirm="Close the month"
            onConfirm={() => close.mutate({ month: last })}
          >
            Its calls keep their cost and tags for good; later changes become corrections. A closed month
            cannot be opened again.
          </ConfirmButton>
        )}
      </CardHeader>
      {periods.data.length === 0 ? (
        <p className="border-t px-5 py-4 text-sm text-ink-muted">None yet: every month is open.</p>
      ) : (
        <ul className="divide-y border-t">
          {periods.data.map((period) => (
            <li
              key={period.month}
              className="flex flex-wrap justify-between gap-2 px-4 py-2.5 text-sm sm:px-5"
            >
              <span className="figures font-medium">{formatMonth(period.month)}</span>
              <span className="text-xs text-ink-muted">
                closed {formatDate(period.closedAt, timeZone)} · days of {period.timeZone}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
