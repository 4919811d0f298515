"use client";

import { CalendarDays } from "lucide-react";
import { Money } from "@/app/_components/money";
import type { Column } from "@/app/_components/tables/column";
import { ReportTable } from "@/app/_components/tables/report-table";
import { Badge } from "@/app/_components/ui/badge";
import { Card, CardHeader } from "@/app/_components/ui/card";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { formatAgo, formatDay } from "@/app/_format/dates";
import { formatTotalChange } from "@/app/_format/money";
import { useTenant } from "../_components/tenant-context";
import type { ChosenBill } from "./choose-bill";
import { type BillDay, billHref, causeNames, isZero } from "./words";

const badges = {
  unread: <Badge tone="warn">not read</Badge>,
  provisional: (
    <Badge tone="accent" title="Until two reads a day apart say the same">
      provisional
    </Badge>
  ),
  final: <Badge tone="good">final</Badge>,
} as const;

/** The two largest causes of a day, in words. */
function Causes({ causes }: Pick<BillDay, "causes">) {
  const names = [...new Set(causes.map(({ cause }) => causeNames[cause]))];
  return (
    <>
      {names.slice(0, 2).join(", ") || "–"}
      {names.length > 2 && ` and ${String(names.length - 2)} more`}
    </>
  );
}

const columns: Column<BillDay>[] = [
  {
    key: "state",
    header: "State",
    align: "start",
    folded: { line: 2 },
    cell: ({ state, isCorrected, beforeUsd, billUsd }) => (
      <span className="flex flex-wrap items-center gap-1.5">
        {badges[state]}
        {isCorrected && <Badge tone="warn">corrected</Badge>}
        {beforeUsd !== null && billUsd !== null && (
          <span className="text-xs text-ink-muted">
            was <Money usd={beforeUsd} />, is <Money usd={billUsd} />
          </span>
        )}
      </span>
    ),
  },
  { key: "bill", header: "Billed", from: "sm", cell: ({ billUsd }) => (billUsd === null ? "–" : <Money usd={billUsd} />) },
  { key: "ledger", header: "Ledger", from: "sm", cell: ({ ledgerUsd }) => (ledgerUsd === null ? "–" : <Money usd={ledgerUsd} />) },
  {
    key: "gap",
    header: "Difference",
    folded: { line: 1 },
    cell: ({ gapUsd }) => gapUsd === null ? "–" : <data value={gapUsd} title={`${gapUsd} USD`}>{isZero(gapUsd) ? "none" : formatTotalChange(gapUsd)}</data>,
  },
  { key: "causes", header: "Causes", align: "start", from: "md", folded: { line: 2 }, cell: (day) => <Causes causes={day.causes} /> },
]; // prettier-ignore

interface DaysCardProps {
  bill: ChosenBill;
  days: readonly BillDay[] | undefined;
  opened: string | null;
  now: string;
}

/** The month day by day; each opens line by line. */
export function DaysCard({ bill, days, opened, now }: DaysCardProps) {
  const { slug, timeZone } = useTenant();
  return (
    <Card>
      <CardHeader
        title="Days"
        hint="Days of UTC, as providers bill. One is provisional until two reads a day apart say the same."
      />
      <ReportTable
        caption="Bill against ledger by day"
        rows={days}
        keyOf={({ day }) => day}
        name={{
          header: "Day",
          of: ({ day, state, readAt }) => ({
            text: formatDay(day),
            ...(state !== "unread" && { href: billHref(slug, { ...bill, day }) }),
            ...(day === opened && { badge: <Badge>open above</Badge> }),
            detail: readAt === null ? "Nobody knows what was billed" : `read ${formatAgo(readAt, new Date(now), timeZone)}`, // prettier-ignore
          }),
        }}
        columns={columns}
        empty={
          <EmptyState icon={CalendarDays} title="No day is over yet">
            The first day of the month can be compared tomorrow.
          </EmptyState>
        }
      />
    </Card>
  );
}
