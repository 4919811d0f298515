"use client";

import { useQuery } from "@tanstack/react-query";
import { Tags } from "lucide-react";
import { Failure } from "@/app/_components/failure";
import { Figure } from "@/app/_components/figure";
import type { Column } from "@/app/_components/tables/column";
import { CostCell } from "@/app/_components/tables/cost-cell";
import { ReportTable } from "@/app/_components/tables/report-table";
import { Card, CardHeader } from "@/app/_components/ui/card";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { plural } from "@/app/_format/quantities";
import { useTRPC } from "@/app/_trpc/client";
import type { PlanFacts } from "@/server/analytics/people/plans";
import { live } from "../../_reports/live";
import { planSentence } from "./plan-words";

const percentile = (key: "p50Usd" | "p90Usd" | "p95Usd" | "p99Usd" | "maxUsd", header: string, from?: "md" | "lg"): Column<PlanFacts> => ({
  key,
  header,
  about: "What one of them cost in the last 30 days",
  ...(from && { from }),
  ...(key === "p90Usd" && { folded: { line: 2, before: "p90" } as const }),
  cell: ({ perPayer }) => <Figure kind="usd" value={perPayer?.[key] ?? null} className="text-ink-muted" />,
}); // prettier-ignore

const columns: readonly Column<PlanFacts>[] = [
  {
    key: "price",
    header: "Price",
    about: "The MRR of the one in the middle",
    folded: { line: 2, before: "price" },
    cell: ({ priceUsd }) => <Figure kind="usd" value={priceUsd} />,
  },
  {
    key: "cost",
    header: "Cost",
    about: "In the last 30 days",
    folded: { line: 1 },
    cell: ({ costUsd, unpricedCalls, callers }) => (
      <CostCell costUsd={costUsd} calls={unpricedCalls + callers} unpricedCalls={unpricedCalls} />
    ),
  },
  percentile("p50Usd", "p50", "md"),
  percentile("p90Usd", "p90"),
  percentile("p95Usd", "p95", "lg"),
  percentile("p99Usd", "p99", "lg"),
  percentile("maxUsd", "Dearest", "md"),
];

/** What each plan is sold for against what its users cost. */
export function PlansCard() {
  const query = useQuery(useTRPC().reports.plans.queryOptions(undefined, live));
  const { data } = query;
  const of = data?.of ?? "user";
  return (
    <Card>
      <CardHeader
        title="Plans against their users"
        hint="What each cost in the last 30 days, against the plan’s price a month. Who costs more than they pay for is a power user on a plan that is too cheap."
      />
      {query.isError ? (
        <Failure error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <ReportTable<PlanFacts>
          caption="Plans, the dearest first"
          rows={data?.plans}
          keyOf={({ plan }) => plan ?? ""}
          name={{
            header: "Plan",
            of: (facts) => ({
              text: facts.plan ?? "No plan",
              isNameless: facts.plan === null,
              badge: <span className="text-2xs text-ink-faint">{plural(facts.payers, of)}</span>,
              detail: (
                <span className="block whitespace-normal">
                  {planSentence(facts, of, data?.minUsers ?? 0)}
                </span>
              ),
            }),
          }}
          columns={columns}
          isStale={query.isPlaceholderData}
          skeletonRows={4}
          empty={
            <EmptyState icon={Tags} title="No plans yet" className="py-8">
              Say each user’s plan and MRR with <code className="font-mono">/v1/identify</code>, and see which
              plan is too cheap for those who use it most.
            </EmptyState>
          }
        />
      )}
    </Card>
  );
}
