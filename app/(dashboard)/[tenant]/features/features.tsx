"use client";

import { BreakdownCard } from "../_reports/breakdown-card";
import { ReportFrame } from "../_reports/report-frame";
import { StackedTrendCard } from "../_reports/stacked-trend-card";
import { useBreakdown } from "../_reports/use-breakdown";
import { FeatureTabs } from "./feature-tabs";

export function Features() {
  const table = useBreakdown("feature");
  return (
    <ReportFrame title="Features" watermark={table.query.data?.watermark} tabs={<FeatureTabs />} interval>
      <StackedTrendCard groupBy="feature" title="Cost by feature" />
      <BreakdownCard
        groupBy="feature"
        table={table}
        title="What each feature costs"
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
