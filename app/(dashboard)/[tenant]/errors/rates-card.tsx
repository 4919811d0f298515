"use client";

import { SearchX } from "lucide-react";
import { ReportTable } from "@/app/_components/tables/report-table";
import { Card, CardHeader } from "@/app/_components/ui/card";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { Segmented } from "@/app/_components/ui/segmented";
import { formatCount } from "@/app/_format/quantities";
import type { Outputs } from "@/app/_trpc/client";
import { Explain } from "../_explain/explain";
import { CsvButton } from "../_export/csv-button";
import { useTenant } from "../_components/tenant-context";
import { groupWords } from "../_reports/groups";
import { callsHref } from "../calls/search-params";
import { withOnly } from "../_scope/filters";
import { useScope } from "../_scope/use-scope";
import { WhyButton } from "../_why/why-button";
import { longestOf } from "./classes-card";
import { failureColumns, rateColumns, type RateRow } from "./failure-columns";
import { failureCost } from "./failure-figures";
import { errorsQuestion, failedCompared, failedParts } from "./questions";

const options = [
  { value: "feature", label: "Features" },
  { value: "model", label: "Models" },
] as const;

interface RatesCardProps {
  data: Outputs["reports"]["errors"] | undefined;
  isStale: boolean;
  by: "feature" | "model";
  onBy: (by: "feature" | "model") => void;
}

/** How often each feature or model fails, and what that costs. */
export function RatesCard({ data, isStale, by, onBy }: RatesCardProps) {
  const { slug } = useTenant();
  const { scope, params } = useScope();
  const { noun, nouns, without } = groupWords[by];
  const found = data && (by === "feature" ? data.features : data.models);
  const total: RateRow | undefined = data?.total;
  const { rate, before } = rateColumns(total, (row, shown) => (
    <Explain figure="errorRate" scope={scope.report} {...(row && { group: { by, key: row.key } })}>
      {shown}
    </Explain>
  ));
  const { cost, change, failed } = failureColumns<RateRow>({
    total,
    longestUsd: longestOf(found?.rows ?? []),
    why: (row) => (
      <WhyButton
        asked={failedCompared(scope)}
        group={row ? { by, key: row.key } : undefined}
        label={`the cost of failed calls of ${row ? (row.key ?? without) : `all ${nouns[1]}`}`}
      />
    ),
  });
  const columns = [cost, change, rate, before, failed];
  const rest = found ? found.groups - found.rows.length : 0;
  return (
    <Card className="overflow-hidden">
      <CardHeader
        title={`Error rate by ${noun.toLowerCase()}`}
        hint={
          rest > 0 ? `Those whose failures cost most; ${formatCount(rest)} more are in the total.` : undefined
        }
      >
        <Segmented label="Error rate by" value={by} options={options} onChange={onBy} />
        <CsvButton table="errors" input={{ ...errorsQuestion(scope), by }} of={`error rates by ${by}`} />
      </CardHeader>
      <ReportTable<RateRow>
        caption={`Error rate by ${noun.toLowerCase()}, those first whose failures cost most`}
        rows={found?.rows}
        keyOf={({ key }) => key ?? ""}
        name={{
          header: noun,
          of: ({ key, current }) => ({
            text: key ?? without,
            isNameless: key === null,
            detail: `${formatCount(current.errorCalls)} of ${formatCount(current.calls)} calls`,
            href: callsHref(slug, {
              ...params,
              parts: withOnly(failedParts(scope), by, key),
              order: "dearest",
            }),
          }),
        }}
        columns={columns}
        total={{
          label: found ? `All ${formatCount(found.groups)} ${nouns[1]}` : "Total",
          unpricedCalls: total && failureCost(total.current.failures).unpricedCalls,
        }}
        isStale={isStale}
        skeletonRows={5}
        empty={
          <EmptyState icon={SearchX} title={`No ${nouns[1]} here`} className="py-8">
            No call of this range matches the filters. Choose a longer range, or take a filter away.
          </EmptyState>
        }
      />
    </Card>
  );
}
