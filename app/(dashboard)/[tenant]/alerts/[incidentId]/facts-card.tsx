import type { ReactNode } from "react";
import { Money } from "@/app/_components/money";
import { Card } from "@/app/_components/ui/card";
import { formatInstant, formatInstantExactly } from "@/app/_format/dates";
import { formatTotalChange, toGeometry } from "@/app/_format/money";
import { formatChange } from "@/app/_format/quantities";
import { changeOf } from "@/app/_format/money";
import { useTenant } from "../../_components/tenant-context";
import { stretchWords } from "../../_scope/words";
import { figureWords } from "../figure-words";
import { wholeStretch } from "./around";
import type { IncidentAnswer } from "./incident";
import { budgetRules } from "./links";

interface FactProps {
  label: string;
  title?: string;
  children: ReactNode;
  beneath?: ReactNode;
}

function Fact({ label, title, children, beneath }: FactProps) {
  return (
    <div title={title} className="min-w-0">
      <dt className="text-2xs text-ink-faint">{label}</dt>
      <dd className="figures mt-0.5 text-base font-medium text-ink">{children}</dd>
      {beneath !== undefined && <dd className="text-xs text-ink-muted">{beneath}</dd>}
    </div>
  );
}

const unknown = <span className="font-normal text-ink-muted">–</span>;

/** What the rule compared, and what it comes to in dollars. */
export function FactsCard({ incident, now }: { incident: IncidentAnswer["incident"]; now: Date }) {
  const { timeZone } = useTenant();
  const { rule, actual, expected, unit, impactUsd, monthEndUsd, level, lastWindow, openedAt, seenAt, state } =
    incident;
  const change = expected === null ? null : changeOf(actual, expected);
  const lastSeen = stretchWords(wholeStretch({ ...incident, window: lastWindow }, timeZone), timeZone, now);
  return (
    <Card className="px-4 py-4 sm:px-5">
      <dl className="grid grid-cols-2 gap-x-6 gap-y-4 sm:grid-cols-3 lg:grid-cols-6">
        <Fact
          label={rule === "forecast" ? "Forecast" : "Actual"}
          title={actual}
          beneath={change === null ? undefined : formatChange(change)}
        >
          {figureWords(actual, unit)}
        </Fact>
        <Fact
          label={budgetRules.includes(rule) ? "Budget" : "Expected"}
          title={expected ?? undefined}
          beneath={expected === null ? "Nothing to compare with" : undefined}
        >
          {expected === null ? unknown : figureWords(expected, unit)}
        </Fact>
        <Fact label="Beyond expected" beneath={impactUsd === null ? "Not told in USD" : undefined}>
          {impactUsd === null ? (
            unknown
          ) : (
            <Money usd={impactUsd} className={toGeometry(impactUsd) > 0 ? "text-bad" : undefined} />
          )}
        </Fact>
        {level === null ? (
          <Fact
            label="By the end of the month"
            beneath={
              monthEndUsd === null ? undefined : state === "resolved" ? "had it gone on" : "if it goes on"
            }
          >
            {monthEndUsd === null ? (
              unknown
            ) : (
              <data value={monthEndUsd}>{formatTotalChange(monthEndUsd)}</data>
            )}
          </Fact>
        ) : (
          <Fact label="Threshold passed" beneath="of the budget">
            {String(level)}%
          </Fact>
        )}
        <Fact label="Found" title={formatInstantExactly(openedAt, timeZone)}>
          <span className="text-sm">{formatInstant(openedAt, timeZone, now)}</span>
        </Fact>
        <Fact label="Last seen" title={formatInstantExactly(seenAt, timeZone)}>
          <span className="text-sm">{lastSeen}</span>
        </Fact>
      </dl>
    </Card>
  );
}
