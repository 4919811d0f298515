"use client";

import { Figure } from "@/app/_components/figure";
import { MetricTile } from "@/app/_components/metric-tile";
import { Money } from "@/app/_components/money";
import { prepareChange } from "@/app/_components/prepare-change";
import { formatTotal, toGeometry } from "@/app/_format/money";
import { formatShare, plural } from "@/app/_format/quantities";
import type { Outputs } from "@/app/_trpc/client";
import { groupWords } from "../_reports/groups";
import type { People } from "./offers";

type Spread = Outputs["reports"]["userSpread"];

interface TileProps {
  /** Undefined: still loading. */
  spread: Spread | undefined;
  by: People;
}

/** What a typical one costs: the mean beside those that half, nine tenths and all but one of a hundred stay below. */
function MeanTile({ spread, by }: TileProps) {
  const { noun, nouns } = groupWords[by];
  const mean = spread && (spread.perUser?.meanUsd ?? null);
  const before = spread?.previous ? (spread.previous.perUser?.meanUsd ?? null) : undefined;
  const unpriced = spread?.unpricedCalls ?? 0;
  const at = (label: string, usd: string | undefined) => ({
    label,
    value: <Figure kind="usd" value={usd ?? null} />,
  });
  return (
    <MetricTile
      label={`Mean per ${noun.toLowerCase()}`}
      scope={spread && plural(spread.users.count, ...nouns)}
      figure={mean === undefined ? undefined : <Figure kind="usd" value={mean} />}
      {...(mean !== undefined && { change: prepareChange({ current: mean, previous: before }) })}
      against={before && `vs ${formatTotal(before)} before`}
      lacks={unpriced > 0 ? `+ ${plural(unpriced, "call")} unpriced, in no amount` : undefined}
      facts={[
        at("Median", spread?.perUser?.p50Usd),
        at("p90", spread?.perUser?.p90Usd),
        at("p99", spread?.perUser?.p99Usd),
        at("Dearest", spread?.perUser?.maxUsd),
      ]}
    />
  );
}

function TopTile({ spread, by, top, label }: TileProps & { top: "top1" | "top10"; label: string }) {
  const { nouns } = groupWords[by];
  const found = spread?.[top];
  const before = spread?.previous ? spread.previous[top].costShare : undefined;
  return (
    <MetricTile
      label={`${label} of ${nouns[1]}`}
      scope={found && plural(found.users, ...nouns)}
      figure={found && <Figure kind="share" value={found.costShare} />}
      {...(found && { change: prepareChange({ current: found.costShare, previous: before }) })}
      worse="neither"
      against={before && `vs ${formatShare(toGeometry(before))} before`}
      facts={[
        { label: "Their cost", value: found && <Money usd={found.costUsd} /> },
        { label: `Of what ${nouns[1]} cost`, value: spread && <Money usd={spread.costUsd} /> },
      ]}
    />
  );
}

/** How unequally the cost is spread. */
export function SpreadTiles(props: TileProps) {
  return (
    <div className="grid gap-4 md:grid-cols-2 xl:grid-cols-3">
      <MeanTile {...props} />
      <TopTile {...props} top="top1" label="Top 1%" />
      <TopTile {...props} top="top10" label="Top 10%" />
    </div>
  );
}
