"use client";

import { Figure } from "@/app/_components/figure";
import { MetricTile } from "@/app/_components/metric-tile";
import { Money } from "@/app/_components/money";
import { toGeometry } from "@/app/_format/money";
import { formatCompact, formatCount, plural } from "@/app/_format/quantities";
import { Explain } from "../_explain/explain";
import { useScope } from "../_scope/use-scope";
import type { ReportProps } from "./report";

const tokens = (perCall: string | null) =>
  perCall === null ? "–" : formatCompact(Math.round(toGeometry(perCall)));

/** What the prompt costs, in all and per call. */
export function PromptTiles({ report }: Pick<ReportProps, "report">) {
  const { scope } = useScope();
  const group = report && ({ by: "prompt", key: report.prompt } as const);
  const unpriced = report?.unpricedCalls ?? 0;
  const isUnknown = report !== undefined && report.calls > 0 && unpriced === report.calls;
  return (
    <div className="grid gap-4 md:grid-cols-2">
      <MetricTile
        label="Cost"
        figure={
          report && (
            <Explain figure="costUsd" scope={scope.report} group={group}>
              {isUnknown ? <span className="text-warn">unpriced</span> : <Money usd={report.costUsd} />}
            </Explain>
          )
        }
        lacks={unpriced > 0 ? `+ ${plural(unpriced, "call")} unpriced` : undefined}
        facts={
          report
            ? [
                { label: "Of all cost", value: <Figure kind="share" value={report.costShare} /> },
                { label: "Calls", value: formatCount(report.calls) },
                { label: "Failed", value: <Figure kind="share" value={report.errorRate} /> },
              ]
            : []
        }
      />
      <MetricTile
        label="Cost per call"
        figure={
          report && (
            <Explain figure="costPerCall" scope={scope.report} group={group}>
              <Figure kind="unitUsd" value={report.costPerCallUsd} />
            </Explain>
          )
        }
        facts={
          report
            ? [
                { label: "Tokens in", value: tokens(report.inputTokensPerCall) },
                { label: "Tokens out", value: tokens(report.outputTokensPerCall) },
                {
                  label: "Versions",
                  value: formatCount(report.versions.length + (report.rest?.versions ?? 0)),
                },
              ]
            : []
        }
      />
    </div>
  );
}
