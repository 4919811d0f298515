"use client";

import { BreakdownCard } from "../_reports/breakdown-card";
import { ReportFrame } from "../_reports/report-frame";
import { StackedTrendCard } from "../_reports/stacked-trend-card";
import { useBreakdown } from "../_reports/use-breakdown";

export function Teams() {
  const table = useBreakdown("team");
  return (
    <ReportFrame title="Teams" watermark={table.query.data?.watermark} interval>
      <StackedTrendCard groupBy="team" title="Cost by team" />
      <BreakdownCard
        groupBy="team"
        table={table}
        title="What each team spends"
        pick={({ cost, share, cumulative, change, calls, costPerCall, tokens, errors, unpriced }) => [
          cost,
          share,
          cumulative,
          change,
          calls,
          costPerCall,
          tokens,
          errors,
          unpriced,
        ]}
      />
    </ReportFrame>
  );
}
