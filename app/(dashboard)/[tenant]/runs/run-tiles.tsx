"use client";

import { Figure } from "@/app/_components/figure";
import { MetricTile } from "@/app/_components/metric-tile";
import { Money } from "@/app/_components/money";
import { prepareChange } from "@/app/_components/prepare-change";
import { formatTotal, meanUsd } from "@/app/_format/money";
import { formatCount, formatShare, plural } from "@/app/_format/quantities";
import type { RunTotals } from "@/server/analytics/runs-schemas";

interface RunTilesProps {
  /** Undefined: still loading. */
  total: RunTotals | undefined;
  previous: RunTotals | null;
}

const part = (count: number, of: number) => (of === 0 ? "–" : formatShare(count / of));
const meanOf = ({ costUsd, runs, unpricedRuns }: RunTotals) => meanUsd(costUsd, runs - unpricedRuns);
/** "3 runs unpriced, 1 in part" */
function lacksOf({ unpricedRuns, partlyUnpricedRuns }: RunTotals): string | undefined {
  if (unpricedRuns + partlyUnpricedRuns === 0) return undefined;
  return `+ ${plural(unpricedRuns, "run")} unpriced, ${formatCount(partlyUnpricedRuns)} in part`;
}

/** What runs cost in all, what a typical one costs, and how many steps it takes. */
export function RunTiles({ total, previous }: RunTilesProps) {
  const mean = total && meanOf(total);
  const before = previous && meanOf(previous);
  const usd = (label: string, value: string | undefined) => ({
    label,
    value: <Figure kind="usd" value={value ?? null} />,
  });
  return (
    <div className="grid gap-4 md:grid-cols-2 xl:grid-cols-3">
      <MetricTile
        label="Cost of runs"
        scope={total && plural(total.runs, "run")}
        figure={total && <Money usd={total.costUsd} />}
        {...(total && {
          change: prepareChange({
            current: total.costUsd,
            previous: previous?.costUsd,
            isThere: total.runs > 0,
            wasThere: previous === null || previous.runs > 0,
          }),
        })}
        against={previous && `vs ${formatTotal(previous.costUsd)} before`}
        lacks={total && lacksOf(total)}
        facts={
          total
            ? [
                { label: "With failed steps", value: part(total.errorRuns, total.runs) },
                { label: "With retries", value: part(total.retryRuns, total.runs) },
                usd("Spent on retries", total.retryCostUsd),
              ]
            : []
        }
      />
      <MetricTile
        label="Mean per run"
        figure={mean === undefined ? undefined : <Figure kind="usd" value={mean} />}
        {...(mean !== undefined && {
          change: prepareChange({ current: mean, previous: previous === null ? undefined : before }),
        })}
        against={before !== null && `vs ${formatTotal(before)} before`}
        facts={
          total
            ? [
                usd("Median", total.cost?.p50),
                usd("p90", total.cost?.p90),
                usd("p99", total.cost?.p99),
                usd("Dearest", total.cost?.max),
              ]
            : []
        }
      />
      <MetricTile
        label="Steps of a run"
        scope="median"
        figure={total && (total.steps ? formatCount(total.steps.p50) : "–")}
        {...(total && {
          change: prepareChange({
            current: total.steps ? String(total.steps.p50) : null,
            previous: previous === null ? undefined : previous.steps && String(previous.steps.p50),
          }),
        })}
        worse="neither"
        facts={
          total
            ? [
                { label: "p90", value: total.steps ? formatCount(total.steps.p90) : "–" },
                { label: "p99", value: total.steps ? formatCount(total.steps.p99) : "–" },
                { label: "Most", value: total.steps ? formatCount(total.steps.max) : "–" },
              ]
            : []
        }
      />
    </div>
  );
}
