"use client";

import { useQuery } from "@tanstack/react-query";
import { Failure } from "@/app/_components/failure";
import { MetricTile } from "@/app/_components/metric-tile";
import { Money } from "@/app/_components/money";
import { Callout } from "@/app/_components/ui/callout";
import { Card } from "@/app/_components/ui/card";
import { formatDay, formatMonth } from "@/app/_format/dates";
import { formatTotalChange } from "@/app/_format/money";
import { formatShare, plural } from "@/app/_format/quantities";
import { useTRPC } from "@/app/_trpc/client";
import { CausesCard } from "./causes-card";
import type { ChosenBill } from "./choose-bill";
import { DayCard } from "./day-card";
import { DaysCard } from "./days-card";
import { SignOffCard } from "./sign-off-card";
import { TrendCard } from "./trend-card";
import { type BillMonth, providerName } from "./words";

const daysNamed = 6;

function Unread({ unreadDays, days }: Pick<BillMonth, "unreadDays" | "days">) {
  if (unreadDays.length === 0) return null;
  const named = unreadDays.slice(0, daysNamed).map((day) => formatDay(day));
  const more = unreadDays.length - named.length;
  return (
    <Callout tone="warn">
      Nobody has read the bill of {plural(unreadDays.length, "day")} of {days.length}: {named.join(", ")}
      {more > 0 && ` and ${String(more)} more`}. They are in no figure here, on neither side.
    </Callout>
  );
}

function Unmatched({ unmatched: { bill, ledger } }: Pick<BillMonth, "unmatched">) {
  if (bill.length === 0 && ledger.length === 0) return null;
  return (
    <Callout tone="warn">
      {bill.length > 0 && `The bill names models that the price book does not know: ${bill.join(", ")}. `}
      {ledger.length > 0 && `Calls name models that it does not know: ${ledger.join(", ")}.`}
    </Callout>
  );
}

export function BillOfMonth({
  bill,
  months,
  day,
  now,
}: {
  bill: ChosenBill;
  months: readonly string[];
  day: string | null;
  now: string;
}) {
  const compared = useQuery(useTRPC().bills.month.queryOptions(bill));
  const { data } = compared;
  if (compared.isError)
    return (
      <Card>
        <Failure error={compared.error} onRetry={() => void compared.refetch()} />
      </Card>
    );
  const scope = `${providerName(bill.provider)}, ${formatMonth(bill.month)}, UTC`;
  const share = data?.unexplainedShare ?? null;
  return (
    <>
      <div className="grid gap-4 md:grid-cols-2 xl:grid-cols-4">
        <MetricTile label="Billed" scope={scope} figure={data && <Money usd={data.billUsd} />} />
        <MetricTile label="In the ledger" figure={data && <Money usd={data.ledgerUsd} />} />
        <MetricTile
          label="Difference"
          figure={data && <span title={`${data.gapUsd} USD`}>{formatTotalChange(data.gapUsd)}</span>}
        />
        <MetricTile
          label="Unexplained"
          figure={data && (share === null ? "–" : formatShare(Number(share)))}
          against={data && <Money usd={data.unexplainedUsd} />}
        />
      </div>
      {data && <Unread {...data} />}
      {data && <Unmatched {...data} />}
      <div className="grid gap-4 xl:grid-cols-[3fr_2fr]">
        <CausesCard month={data} />
        <div className="space-y-4">
          <SignOffCard bill={bill} month={data} />
          <TrendCard bill={bill} months={months} />
        </div>
      </div>
      {day !== null && <DayCard bill={bill} day={day} />}
      <DaysCard bill={bill} days={data?.days} opened={day} now={now} />
    </>
  );
}
