import { Money } from "@/app/_components/money";
import { Badge } from "@/app/_components/ui/badge";
import { formatInstant, formatInstantExactly } from "@/app/_format/dates";
import { formatCompact, formatCount, plural } from "@/app/_format/quantities";
import type { Outputs } from "@/app/_trpc/client";
import { useTenant } from "../_components/tenant-context";
import { Rejections } from "./rejections";

type Assessment = NonNullable<Outputs["imports"]["preview"]["assessment"]>;

const cell = "truncate px-3 py-1.5 first:pl-4 last:pr-4 sm:first:pl-5 sm:last:pr-5";

function Figure({ label, value, tone = "" }: { label: string; value: string; tone?: string }) {
  return (
    <div>
      <dt className="text-2xs text-ink-faint">{label}</dt>
      <dd className={`figures mt-0.5 text-sm font-medium ${tone}`}>{value}</dd>
    </div>
  );
}

/** The beginning of the file as it would be stored. Nothing has been. */
export function DryRun({ assessment, now }: { assessment: Assessment; now: Date }) {
  const { timeZone } = useTenant();
  return (
    <>
      <div className="flex flex-wrap items-end gap-x-8 gap-y-3 px-4 py-4 sm:px-5">
        <p className="basis-full text-xs font-medium text-ink-muted">
          Dry run of the first {plural(assessment.rowsRead, "row")}; nothing is stored yet
        </p>
        <dl className="flex flex-wrap gap-x-8 gap-y-3">
          <Figure label="Good" value={formatCount(assessment.good)} tone="text-good" />
          <Figure
            label="Rejected"
            value={formatCount(assessment.bad)}
            tone={assessment.bad > 0 ? "text-bad" : ""}
          />
          <Figure
            label="Unpriced"
            value={formatCount(assessment.unpriced)}
            tone={assessment.unpriced > 0 ? "text-warn" : ""}
          />
          <Figure label="Without a feature" value={formatCount(assessment.unattributed)} />
          <Figure
            label="Tokens in / out"
            value={`${formatCompact(assessment.inputTokens)} / ${formatCompact(assessment.outputTokens)}`}
          />
          <div>
            <dt className="text-2xs text-ink-faint">Cost</dt>
            <dd className="mt-0.5 text-sm font-medium">
              <Money usd={assessment.costUsd} />
            </dd>
          </div>
        </dl>
      </div>
      {assessment.first.length > 0 && (
        <div className="overflow-x-auto border-t">
          <table className="figures w-full min-w-140 text-sm">
            <caption className="sr-only">The first rows as the ledger would store them</caption>
            <thead className="text-left text-2xs text-ink-faint">
              <tr>
                {["Line", "Time", "Model", "Feature", "User"].map((name) => (
                  <th key={name} scope="col" className={`${cell} font-medium`}>
                    {name}
                  </th>
                ))}
                {["Tokens", "Cost"].map((name) => (
                  <th key={name} scope="col" className={`${cell} text-right font-medium`}>
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody className="divide-y">
              {assessment.first.map((call) => (
                <tr key={call.line}>
                  <td className={`${cell} text-ink-faint`}>{call.line}</td>
                  <td className={cell} title={formatInstantExactly(call.occurredAt, timeZone)}>
                    {formatInstant(call.occurredAt, timeZone, now)}
                  </td>
                  <td className={cell}>{call.model === "" ? call.kind : call.model}</td>
                  <td className={cell}>{call.feature ?? "–"}</td>
                  <td className={cell}>{call.userId ?? "–"}</td>
                  <td
                    className={`${cell} text-right`}
                    title={Object.entries(call.units)
                      .map(([bucket, units]) => `${bucket} ${formatCount(units)}`)
                      .join("\n")}
                  >
                    {formatCompact(Object.values(call.units).reduce((sum, units) => sum + units, 0))}
                  </td>
                  <td className={`${cell} text-right`}>
                    {call.costUsd === null ? (
                      <Badge tone="warn">{call.priceStatus}</Badge>
                    ) : (
                      <Money usd={call.costUsd} unit />
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {assessment.rejected.length > 0 && (
        <Rejections rejections={assessment.rejected} total={assessment.bad} />
      )}
    </>
  );
}
