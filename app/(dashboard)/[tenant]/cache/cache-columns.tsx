import type { ReactNode } from "react";
import { ChangeMark } from "@/app/_components/change-mark";
import { Figure } from "@/app/_components/figure";
import { Money } from "@/app/_components/money";
import { prepareChange } from "@/app/_components/prepare-change";
import type { Column } from "@/app/_components/tables/column";
import { formatCompact, formatCount, formatShare, plural } from "@/app/_format/quantities";
import { toGeometry } from "@/app/_format/money";
import type { CacheFigures, CacheInput, CacheRow } from "@/server/analytics/cache/cache-schemas";

type CacheColumn = Column<CacheRow, CacheInput["order"]>;

/** How a hit rate differs from the one before; without input in one of the two there is nothing to compare. */
export const changeOfRate = (current: CacheFigures, previous: CacheFigures | null) =>
  prepareChange({
    current: current.hitRate,
    previous: previous === null ? undefined : previous.hitRate,
    isThere: current.inputTokens > 0,
    wasThere: previous === null || previous.inputTokens > 0,
  });

function HitRate({ current, previous }: Pick<CacheRow, "current" | "previous">) {
  return (
    <span className="inline-flex flex-col items-end">
      <Figure kind="share" value={current.hitRate} className="font-medium text-ink" />
      {previous && (
        <span className="text-xs text-ink-muted" title="Hit rate of the stretch compared with">
          before {previous.hitRate === null ? "–" : formatShare(toGeometry(previous.hitRate))}
        </span>
      )}
    </span>
  );
}

function Saved({ figures: { netSavingUsd, unratedTokens } }: { figures: CacheFigures }) {
  const isLoss = netSavingUsd?.startsWith("-") ?? false;
  return (
    <span className="inline-flex flex-col items-end">
      <Figure
        kind="usd"
        value={netSavingUsd}
        className={isLoss ? "font-medium text-warn" : "font-medium text-ink"}
      />
      {unratedTokens > 0 && (
        <span
          className="text-xs text-warn"
          title={`${plural(unratedTokens, "cached token")} without a known rate`}
        >
          + {formatCompact(unratedTokens)} tokens unrated
        </span>
      )}
    </span>
  );
}

const muted = "text-ink-muted";
const tokens = (count: number) => (
  <span className={muted} title={formatCount(count)}>
    {formatCompact(count)}
  </span>
);

/** Around a hit rate: the way to where it comes from. Null: that of the total. */
type ExplainRate = (row: CacheRow | null, rate: ReactNode) => ReactNode;

/** The columns of the cache's table. Undefined total: still loading. */
export function cacheColumns(
  total: Pick<CacheRow, "current" | "previous"> | undefined,
  explain: ExplainRate = (_row, rate) => rate,
): readonly CacheColumn[] {
  const column = (
    key: string,
    header: string,
    of: (row: Pick<CacheRow, "current" | "previous">) => ReactNode,
    more: Omit<CacheColumn, "key" | "header" | "cell" | "total"> = {},
  ): CacheColumn => ({ key, header, cell: of, ...(total && { total: of(total) }), ...more });
  return [
    {
      key: "hit-rate",
      header: "Hit rate",
      about: "Input tokens read from the cache, of all input tokens",
      order: "hitRate",
      folded: { line: 2, before: "hit rate" },
      cell: (row) => explain(row, <HitRate current={row.current} previous={row.previous} />),
      ...(total && { total: explain(null, <HitRate current={total.current} previous={total.previous} />) }),
    },
    column("change", "Change", ({ current, previous }) => <ChangeMark change={changeOfRate(current, previous)} worse="down" />, {
      about: "Of the hit rate, against the stretch compared with",
      from: "md",
    }), // prettier-ignore
    column("net", "Saved, net", ({ current }) => <Saved figures={current} />, {
      about: "Saved by reading, less what writing cost more than fresh input",
      order: "saving",
      folded: { line: 1 },
    }),
    column("read", "By reading", ({ current }) => <Figure kind="usd" value={current.savedByReadingUsd} className={muted} />, {
      about: "What the tokens read would have cost more as fresh input",
      from: "lg",
    }), // prettier-ignore
    column("written", "Paid for writing", ({ current }) => <Figure kind="usd" value={current.paidForWritingUsd} className={muted} />, {
      about: "What the tokens written cost more than fresh input",
      from: "lg",
    }), // prettier-ignore
    column("cost", "Cost", ({ current }) => <Money usd={current.costUsd} className={muted} />, {
      order: "cost",
      folded: { line: 2, before: "cost" },
    }),
    column("without", "Without a cache", ({ current }) => <Figure kind="usd" value={current.costWithoutCacheUsd} className={muted} />, {
      about: "What these calls would have cost with all of their input fresh",
      from: "md",
    }), // prettier-ignore
    column("input", "Input tokens", ({ current }) => tokens(current.inputTokens), {
      order: "inputTokens",
      from: "xl",
    }),
  ];
}
