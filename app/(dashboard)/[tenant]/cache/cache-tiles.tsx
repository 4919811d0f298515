"use client";

import { Figure } from "@/app/_components/figure";
import { MetricTile } from "@/app/_components/metric-tile";
import { prepareChange } from "@/app/_components/prepare-change";
import { formatExact, formatTotal, toGeometry } from "@/app/_format/money";
import { formatCompact, formatCount, formatShare, plural } from "@/app/_format/quantities";
import type { CacheFigures } from "@/server/analytics/cache/cache-schemas";
import { Explain } from "../_explain/explain";
import { useScope } from "../_scope/use-scope";
import { changeOfRate } from "./cache-columns";

interface CacheTilesProps {
  /** Undefined: still loading. */
  total: { current: CacheFigures; previous: CacheFigures | null } | undefined;
}

const tokensOf = (label: string, count: number) => ({
  label,
  title: `${formatCount(count)} tokens`,
  value: formatCompact(count),
});
const usdOf = (label: string, usd: string | null) => ({
  label,
  title: usd === null ? undefined : `${formatExact(usd)} USD`,
  value: <Figure kind="usd" value={usd} />,
});

/** How much of the input the cache answered, and what that was worth. */
export function CacheTiles({ total }: CacheTilesProps) {
  const { scope } = useScope();
  const current = total?.current;
  const previous = total?.previous ?? null;
  const unrated = current?.unratedTokens ?? 0;
  return (
    <div className="grid gap-4 md:grid-cols-2">
      <MetricTile
        label="Hit rate"
        figure={
          current && (
            <Explain figure="cacheHitRate" scope={scope.report}>
              <Figure kind="share" value={current.hitRate} />
            </Explain>
          )
        }
        {...(total && { change: changeOfRate(total.current, previous) })}
        worse="down"
        against={
          previous && previous.hitRate !== null && `vs ${formatShare(toGeometry(previous.hitRate))} before`
        }
        facts={
          current
            ? [
                tokensOf("Read from the cache", current.cacheReadTokens),
                tokensOf("Written to it", current.cacheWriteTokens),
                tokensOf("All input", current.inputTokens),
              ]
            : []
        }
      />
      <MetricTile
        label="Saved, net"
        scope="an estimate"
        figure={current && <Figure kind="usd" value={current.netSavingUsd} />}
        {...(current && {
          change: prepareChange({
            current: current.netSavingUsd,
            previous: previous === null ? undefined : previous.netSavingUsd,
          }),
        })}
        worse="down"
        against={
          previous && previous.netSavingUsd !== null && `vs ${formatTotal(previous.netSavingUsd)} before`
        }
        lacks={unrated > 0 ? `+ ${plural(unrated, "cached token")} whose rates nobody knows` : undefined}
        facts={
          current
            ? [
                usdOf("Saved by reading", current.savedByReadingUsd),
                usdOf("Paid for writing", current.paidForWritingUsd),
                usdOf("Without a cache", current.costWithoutCacheUsd),
              ]
            : []
        }
      />
    </div>
  );
}
