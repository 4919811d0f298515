import { Money } from "@/app/_components/money";
import { formatTotal } from "@/app/_format/money";
import { formatCount, formatShare, plural } from "@/app/_format/quantities";
import type { Evidence } from "@/server/kill-review/schemas";
import { monthName } from "../words";

interface Fact {
  label: string;
  value: React.ReactNode;
  detail?: string;
}

const missing = "–";

function factsOf(evidence: Evidence): Fact[] {
  const { conversion, forecast, usesRatio, activeUsers, unpricedCalls } = evidence;
  return [
    {
      label: "Uses",
      value: formatCount(evidence.uses),
      detail: `${plural(evidence.requests, "request")}, ${plural(evidence.events, "event")}${usesRatio === null ? "" : `; ${formatShare(Number(usesRatio))} of the two months before`}`,
    },
    {
      label: "Active users",
      value: activeUsers === null ? missing : formatCount(activeUsers),
      ...(activeUsers === null ? { detail: "no users are sent with it" } : {}),
    },
    {
      label: "Cost",
      value: <Money usd={evidence.costUsd} />,
      detail: [
        evidence.costShare === null ? null : `${formatShare(Number(evidence.costShare))} of all`,
        unpricedCalls > 0 ? `+ ${plural(unpricedCalls, "call")} unpriced` : null,
      ].filter((part) => part !== null).join("; "),
    },
    { label: "Cost per user", value: evidence.perUserUsd === null ? missing : <Money usd={evidence.perUserUsd} unit /> },
    { label: "Cost per use", value: evidence.perUseUsd === null ? missing : <Money usd={evidence.perUseUsd} unit /> },
    {
      label: "Conversions",
      value: conversion ? formatCount(conversion.count) : missing,
      detail: conversion
        ? `${conversion.event}${conversion.eachUsd === null ? "" : `, ${formatTotal(conversion.eachUsd)} each`}`
        : "no event is chosen for it",
    },
    {
      label: "Next month",
      value: forecast ? <Money usd={forecast.expectedUsd} /> : missing,
      detail: forecast ? `${formatTotal(forecast.lowUsd)} to ${formatTotal(forecast.highUsd)} in four of five cases` : "nothing can be foretold",
    },
  ]; // prettier-ignore
}

/** What a feature was to the month, figure by figure. */
export function EvidenceFacts({ evidence }: { evidence: Evidence }) {
  return (
    <dl className="grid grid-cols-2 gap-x-5 gap-y-3 text-sm sm:grid-cols-4 print:grid-cols-4">
      {factsOf(evidence).map(({ label, value, detail }) => (
        <div key={label} className="min-w-0">
          <dt className="text-2xs text-ink-faint">{label}</dt>
          <dd className="figures wrap-anywhere">
            {value}
            {detail !== undefined && detail !== "" && (
              <span className="block text-2xs text-ink-muted">{detail}</span>
            )}
          </dd>
        </div>
      ))}
      <div className="col-span-2 min-w-0 sm:col-span-4">
        <dt className="text-2xs text-ink-faint">Cost of the months before</dt>
        <dd className="figures flex flex-wrap gap-x-4 gap-y-1 text-xs text-ink-muted">
          {evidence.months.slice(0, -1).map(({ month, costUsd, isPartial }) => (
            <span key={month}>
              {monthName(month)} {costUsd === null ? missing : formatTotal(costUsd)}
              {isPartial && " (known in part)"}
            </span>
          ))}
        </dd>
      </div>
    </dl>
  );
}
