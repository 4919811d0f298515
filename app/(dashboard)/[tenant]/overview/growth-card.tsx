"use client";

import { useQuery } from "@tanstack/react-query";
import { TrendingUp } from "lucide-react";
import { Failure } from "@/app/_components/failure";
import { Money } from "@/app/_components/money";
import { changeOfTotals } from "@/app/_components/tables/breakdown-change";
import { ChangeCell } from "@/app/_components/tables/change-cell";
import { CostCell } from "@/app/_components/tables/cost-cell";
import { ReportTable } from "@/app/_components/tables/report-table";
import { Card, CardHeader } from "@/app/_components/ui/card";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { useTRPC } from "@/app/_trpc/client";
import type { GrowthRow } from "@/server/analytics/windows/windows-schemas";
import { useTenant } from "../_components/tenant-context";
import { Explain } from "../_explain/explain";
import { CsvButton } from "../_export/csv-button";
import { groupWords } from "../_reports/groups";
import { live } from "../_reports/live";
import { withOnly } from "../_scope/filters";
import { useScope } from "../_scope/use-scope";
import { WhyButton } from "../_why/why-button";
import { callsHref } from "../calls/search-params";
import { growthQuestion } from "./questions";
import { windowScope, windowsShown } from "./windows";

const week = windowsShown[0];

/** Which groups grew fastest in a week; those that matter little are left out. */
export function GrowthCard({ groupBy }: { groupBy: "feature" | "team" }) {
  const { slug } = useTenant();
  const { scope, now } = useScope();
  const question = growthQuestion(scope, groupBy);
  const query = useQuery(useTRPC().reports.growth.queryOptions(question, live));
  const { noun, nouns, without } = groupWords[groupBy];
  const { report, compared } = windowScope(week, scope, now);
  const title = `Fastest growing ${nouns[1]}`;
  return (
    <Card>
      <CardHeader
        title={title}
        hint={
          query.data && query.data.rows.length > 0
            ? `Last 7 days against the 7 before. Costs under $1 or 20 calls are left out.`
            : undefined
        }
      >
        <CsvButton table="growth" input={question} of={`growing ${nouns[1]}`} />
      </CardHeader>
      {query.isError ? (
        <Failure error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <ReportTable<GrowthRow>
          caption={`${title}, by how much they grew`}
          rows={query.data?.rows}
          skeletonRows={4}
          keyOf={({ key }) => key ?? ""}
          name={{
            header: noun,
            of: ({ key }) => ({
              text: key ?? without,
              isNameless: key === null,
              href: callsHref(slug, {
                range: week.range,
                parts: withOnly(scope.parts, groupBy, key),
                order: "dearest",
              }),
            }),
          }}
          columns={[
            {
              key: "before",
              header: "Before",
              from: "sm",
              cell: ({ previous }) =>
                previous.calls > 0 && previous.calls === previous.unpricedCalls ? (
                  <span className="text-warn">unpriced</span>
                ) : (
                  <Money usd={previous.costUsd} className="text-ink-muted" />
                ),
            },
            {
              key: "cost",
              header: "Now",
              folded: { line: 1 },
              cell: ({ key, current }) => (
                <Explain figure="costUsd" scope={report} group={{ by: groupBy, key }}>
                  <CostCell
                    costUsd={current.costUsd}
                    calls={current.calls}
                    unpricedCalls={current.unpricedCalls}
                  />
                </Explain>
              ),
            },
            {
              key: "change",
              header: "Growth",
              folded: { line: 2 },
              cell: (row) => (
                <ChangeCell
                  change={changeOfTotals(row.current, row.previous)}
                  changeUsd={row.changeUsd}
                  why={
                    <WhyButton
                      asked={compared}
                      group={{ by: groupBy, key: row.key }}
                      label={`the cost of ${row.key ?? without} in a week`}
                    />
                  }
                />
              ),
            },
          ]}
          isStale={query.isPlaceholderData}
          fold="narrow"
          empty={
            <EmptyState icon={TrendingUp} title={`No ${nouns[0]} grew`} className="py-8">
              None with 20 calls and a dollar in the last 7 days cost more than in the 7 before.
            </EmptyState>
          }
        />
      )}
    </Card>
  );
}
