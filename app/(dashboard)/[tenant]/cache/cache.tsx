"use client";

import { Callout } from "@/app/_components/ui/callout";
import { FiguresTrendCard } from "../_reports/figures-trend-card";
import { ReportFrame } from "../_reports/report-frame";
import { CacheCard } from "./cache-card";
import { CacheTiles } from "./cache-tiles";
import { hitRateMeasure } from "./measures";
import { useCache } from "./use-cache";

export function Cache() {
  const table = useCache();
  const { data } = table.query;
  const total = data?.total.current;
  const isUnused =
    total !== undefined &&
    total.inputTokens > 0 &&
    total.cacheReadTokens === 0 &&
    total.cacheWriteTokens === 0;
  return (
    <ReportFrame title="Cache" watermark={data?.watermark} interval>
      {isUnused && (
        <Callout>
          No call of this range used a provider&apos;s prompt cache. Providers charge a tenth to half of the
          price for the start of a prompt that they have just seen: put instructions, tools and documents
          first and what changes last, and send{" "}
          <code className="font-mono text-xs">usage.cacheReadTokens</code> with each call.
        </Callout>
      )}
      {!table.query.isError && <CacheTiles total={data?.total} />}
      <FiguresTrendCard
        title="Hit rate over time"
        hint="Input tokens read from a provider's cache, of all input tokens."
        measure={hitRateMeasure}
        shape="lines"
      />
      <CacheCard table={table} />
    </ReportFrame>
  );
}
