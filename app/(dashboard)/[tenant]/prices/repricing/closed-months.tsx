"use client";

import { useQuery } from "@tanstack/react-query";
import { Card, CardHeader } from "@/app/_components/ui/card";
import { Link } from "@/app/_components/ui/link";
import { formatDate, formatMonth } from "@/app/_format/dates";
import { useTRPC } from "@/app/_trpc/client";
import { useRight, useTenant } from "../../_components/tenant-context";

/** Which months are closed, and the way to where they are. */
export function ClosedMonths() {
  const { slug, timeZone } = useTenant();
  const mayClose = useRight("periods:write");
  const trpc = useTRPC();
  const periods = useQuery(trpc.periods.list.queryOptions());
  if (!periods.data) return null;
  return (
    <Card className="mt-4">
      <CardHeader
        title="Closed months"
        hint="What happened in a closed month is frozen: its reports stay as they are, and what turns out to have been wrong is booked as a correction in the month in which it is found."
      >
        <Link href={`/${slug}/statements`} className="text-sm text-accent hover:underline">
          {mayClose ? "Close a month" : "Statements"}
        </Link>
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
