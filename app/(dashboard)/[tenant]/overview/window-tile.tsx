"use client";

import { changeOfTotals } from "@/app/_components/tables/breakdown-change";
import { Figure } from "@/app/_components/figure";
import { MetricTile } from "@/app/_components/metric-tile";
import { Money } from "@/app/_components/money";
import { formatDay } from "@/app/_format/dates";
import { formatExact, formatTotal } from "@/app/_format/money";
import { formatCompact, formatCount, plural } from "@/app/_format/quantities";
import type { Outputs } from "@/app/_trpc/client";
import type { Figure as ExplainedFigure } from "@/server/analytics/explain/explain-schemas";
import { Explain } from "../_explain/explain";
import { knownPartWords } from "../_scope/known-part";
import { useScope } from "../_scope/use-scope";
import { WhyButton } from "../_why/why-button";
import { costPer1kTokensOf, costPerCallOf } from "../models/measures";
import { type WindowShown, windowScope } from "./windows";

interface WindowTileProps {
  window: WindowShown;
  /** Undefined: still loading. */
  total: Outputs["reports"]["windows"]["total"] | undefined;
  /** Instant; null: not known. */
  firstCallAt: string | null;
}

/** What a window cost, against as many days before, and what a call and its tokens cost in it. */
export function WindowTile({ window, total, firstCallAt }: WindowTileProps) {
  const { scope, now } = useScope();
  const { report, compared } = windowScope(window, scope, now);
  const [current, previous] = [total?.[window.last], total?.[window.previous]];
  const explain = (figure: ExplainedFigure, shown: React.ReactNode) => (
    <Explain figure={figure} scope={report}>
      {shown}
    </Explain>
  );
  const isUnknown = current && current.calls > 0 && current.calls === current.unpricedCalls;
  return (
    <MetricTile
      label={`Last ${String(window.days)} days`}
      scope={`from ${formatDay(report.from)}, today so far included`}
      figure={
        current &&
        explain(
          "costUsd",
          isUnknown ? <span className="text-warn">unpriced</span> : <Money usd={current.costUsd} />,
        )
      }
      {...(current && previous && { change: changeOfTotals(current, previous) })}
      against={
        previous &&
        previous.calls > previous.unpricedCalls && (
          <span title={`${formatExact(previous.costUsd)} USD in the days before, up to this time of day`}>
            vs {formatTotal(previous.costUsd)} before
            {"compare" in compared && knownPartWords(compared.compare, firstCallAt, scope.timeZone, now)}
          </span>
        )
      }
      why={<WhyButton asked={compared} label={`the cost of the last ${String(window.days)} days`} />}
      lacks={
        current && current.unpricedCalls > 0
          ? `+ ${plural(current.unpricedCalls, "call")} unpriced (${formatCompact(current.unpricedTokens)} tokens)`
          : undefined
      }
      facts={
        current
          ? [
              {
                label: "Calls",
                title: `${formatCount(current.calls)} calls`,
                value: explain("calls", formatCompact(current.calls)),
              },
              {
                label: "Tokens in / out",
                title: `${formatCount(current.inputTokens)} in, ${formatCount(current.outputTokens)} out`,
                value: `${formatCompact(current.inputTokens)} / ${formatCompact(current.outputTokens)}`,
              },
              {
                label: "Per priced call",
                value: explain("costPerCall", <Figure kind="unitUsd" value={costPerCallOf(current)} />),
              },
              {
                label: "Per 1k tokens",
                value: explain(
                  "costPer1kTokens",
                  <Figure kind="unitUsd" value={costPer1kTokensOf(current)} />,
                ),
              },
            ]
          : []
      }
    />
  );
}
