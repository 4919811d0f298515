"use client";

import { Link } from "@/app/_components/ui/link";
import { Figure } from "@/app/_components/figure";
import { MetricTile } from "@/app/_components/metric-tile";
import { Money } from "@/app/_components/money";
import { prepareChange } from "@/app/_components/prepare-change";
import { formatTotal, toGeometry } from "@/app/_format/money";
import { formatCompact, formatShare, plural } from "@/app/_format/quantities";
import type { Outputs } from "@/app/_trpc/client";
import { useTenant } from "../_components/tenant-context";
import { Explain } from "../_explain/explain";
import { callsHref } from "../calls/search-params";
import { useScope } from "../_scope/use-scope";
import { WhyButton } from "../_why/why-button";
import { changeOfFailures, KnownMoney } from "./failure-columns";
import { failureCost } from "./failure-figures";
import { failedCompared, failedParts } from "./questions";

type Total = Outputs["reports"]["errors"]["total"];

/** How often calls fail, and what those that failed cost. Undefined: still loading. */
export function ErrorTiles({ total }: { total: Total | undefined }) {
  const { slug } = useTenant();
  const { scope, params } = useScope();
  const current = total?.current;
  const previous = total?.previous ?? null;
  const cost = current && failureCost(current.failures);
  const before = previous && failureCost(previous.failures);
  return (
    <div className="grid gap-4 md:grid-cols-2">
      <MetricTile
        label="Error rate"
        figure={
          current && (
            <Explain figure="errorRate" scope={scope.report}>
              <Figure kind="share" value={current.errorRate} />
            </Explain>
          )
        }
        {...(current && {
          change: prepareChange({
            current: current.errorRate,
            previous: previous === null ? undefined : previous.errorRate,
          }),
        })}
        against={
          previous &&
          previous.errorRate !== null &&
          `vs ${formatShare(toGeometry(previous.errorRate))} before`
        }
        facts={
          current
            ? [
                {
                  label: "Failed",
                  value: (
                    <Link
                      href={callsHref(slug, { ...params, parts: failedParts(scope), order: "dearest" })}
                      className="hover:underline hover:underline-offset-2"
                    >
                      {plural(current.errorCalls, "call")}
                    </Link>
                  ),
                },
                { label: "Of all", value: plural(current.calls, "call") },
              ]
            : []
        }
      />
      <MetricTile
        label="Cost of failed calls"
        figure={
          cost &&
          (cost.isUnknown ? <span className="text-warn">unpriced</span> : <Money usd={cost.costUsd} />)
        }
        {...(current && { change: changeOfFailures(current.failures, previous && previous.failures) })}
        against={before && !before.isUnknown && `vs ${formatTotal(before.costUsd)} before`}
        why={<WhyButton asked={failedCompared(scope)} label="the cost of failed calls" />}
        lacks={
          cost && cost.unpricedCalls > 0
            ? `+ ${plural(cost.unpricedCalls, "failed call")} unpriced`
            : undefined
        }
        facts={
          current
            ? [
                { label: "Billed", value: <KnownMoney {...current.failures.billed} /> },
                {
                  label: "Maybe billed",
                  title: "Nobody said whether the provider bills them",
                  value: <KnownMoney {...current.failures.unknown} />,
                },
                { label: "Not billed", value: `${formatCompact(current.failures.notBilled.calls)} calls` },
              ]
            : []
        }
      />
    </div>
  );
}
