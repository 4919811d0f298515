"use client";

import { Figure } from "@/app/_components/figure";
import type { Column } from "@/app/_components/tables/column";
import type { BreakdownRow } from "@/server/analytics/schemas";
import { Explain } from "../_explain/explain";
import { BreakdownCard } from "../_reports/breakdown-card";
import { HoursCard } from "../_reports/hours-card";
import { ReportFrame } from "../_reports/report-frame";
import { useBreakdown } from "../_reports/use-breakdown";
import { useScope } from "../_scope/use-scope";
import { LatencyCard } from "./latency-card";
import { costPer1kTokensOf } from "./measures";
import { ShareCard } from "./share-card";
import { UnpricedModels } from "./unpriced-models";
import { useGroupHref } from "./use-group-href";

export function Models() {
  const { scope } = useScope();
  const groupBy = scope.groupBy === "provider" ? "provider" : "model";
  const table = useBreakdown(groupBy);
  const hrefOf = useGroupHref(groupBy);
  const total = table.query.data?.total.current;
  const costPer1k: Column<BreakdownRow, never> = {
    key: "cost-per-1k",
    header: "Per 1k tokens",
    about: "Cost over the tokens, in and out, of calls that have a price",
    from: "lg",
    cell: ({ key, current }) => (
      <Explain figure="costPer1kTokens" scope={scope.report} group={{ by: groupBy, key }}>
        <Figure kind="unitUsd" value={costPer1kTokensOf(current)} className="text-ink-muted" />
      </Explain>
    ),
    ...(total && {
      total: (
        <Explain figure="costPer1kTokens" scope={scope.report}>
          <Figure kind="unitUsd" value={costPer1kTokensOf(total)} />
        </Explain>
      ),
    }),
  };
  return (
    <ReportFrame title="Models" watermark={table.query.data?.watermark}>
      <UnpricedModels />
      <div className="grid gap-4 xl:grid-cols-2">
        <ShareCard groupBy={groupBy} />
        <LatencyCard groupBy={groupBy} />
      </div>
      <BreakdownCard
        groupBy={groupBy}
        table={table}
        title={groupBy === "model" ? "What each model costs" : "What each provider costs"}
        headOf={({ key }) => ({ href: hrefOf(key) })}
        pick={({ cost, share, callShare, change, calls, costPerCall, latency, unpriced }) => [
          cost,
          share,
          { ...callShare, from: "md" },
          change,
          calls,
          costPerCall,
          costPer1k,
          { ...latency, from: "lg" },
          unpriced,
        ]}
      />
      <HoursCard />
    </ReportFrame>
  );
}
