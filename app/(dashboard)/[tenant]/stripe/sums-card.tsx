"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Gauge } from "lucide-react";
import { Failure } from "@/app/_components/failure";
import type { Column } from "@/app/_components/tables/column";
import { ReportTable } from "@/app/_components/tables/report-table";
import { Card, CardHeader } from "@/app/_components/ui/card";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { plural } from "@/app/_format/quantities";
import { useTRPC } from "@/app/_trpc/client";
import type { ExportState } from "@/server/billing/schemas";
import { Amount } from "./amount";
import { scopeOf } from "./search-params";
import { type Sums, sumOver } from "./sum-over";
import { useStripeParams } from "./use-stripe";
import { measureWords } from "./words";

type Meter = Sums["meters"][number];

const column = (
  key: string,
  header: string,
  about: string,
  states: readonly ExportState[],
  isBad = false,
): Column<Meter> => ({
  key,
  header,
  about,
  folded: { line: 2 },
  cell: (meter) => {
    const { value, rows } = sumOver(meter, states);
    // Without headers a row says only what there is.
    if (rows === 0) return <span className="hidden text-ink-faint @2xl:inline">–</span>;
    return (
      <span className={isBad ? "text-bad" : undefined}>
        <Amount measure={meter.measure} value={value} />
        <span className="@2xl:hidden"> {header.toLowerCase()}</span>
        <span className="hidden text-2xs text-ink-faint @2xl:block">{plural(rows, "row")}</span>
      </span>
    );
  },
});

const columns: Column<Meter>[] = [
  column("delivered", "Delivered", "What Stripe accepted, in its sums or not yet", ["sent", "confirmed"]),
  column("confirmed", "Confirmed", "Of it, what Stripe’s own sums hold", ["confirmed"]),
  column("waiting", "Waiting", "On its way, or not known to have arrived", ["pending", "unknown"]),
  column("refused", "Refused", "What Stripe refused, with a reason", ["refused"], true),
  column("too_old", "Too old", "Older than the 35 days that Stripe takes usage for", ["too_old"], true),
];

/** What was put into the outbox by each meter, and how far it is. */
export function SumsCard() {
  const [params] = useStripeParams();
  const sums = useQuery(
    useTRPC().billing.sums.queryOptions(scopeOf(params), {
      placeholderData: keepPreviousData,
    }),
  );
  return (
    <Card>
      <CardHeader
        title="What was sent"
        hint="By meter. Corrections are counted with their sign, so that each sum is what Stripe should bill."
      />
      {sums.isError ? (
        <Failure error={sums.error} onRetry={() => void sums.refetch()} />
      ) : (
        <ReportTable
          caption="What was sent to Stripe, by meter"
          rows={sums.data?.meters ?? (sums.data === null ? [] : undefined)}
          keyOf={({ id }) => id}
          name={{
            header: "Meter",
            of: ({ eventName, measure, endsAt }) => ({
              text: eventName,
              detail: `${measureWords[measure].label}${endsAt === null ? "" : ", ended"}`,
            }),
          }}
          columns={columns}
          skeletonRows={2}
          isStale={sums.isPlaceholderData}
          empty={
            <EmptyState icon={Gauge} title="No meter yet" className="py-8">
              A meter of Stripe’s is fed with tokens, calls or cost of each account, hour by hour. Add one in
              the settings.
            </EmptyState>
          }
        />
      )}
    </Card>
  );
}
