"use client";

import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Badge } from "@/app/_components/ui/badge";
import { formatInstantExactly } from "@/app/_format/dates";
import { formatExact } from "@/app/_format/money";
import { type Outputs, useTRPC } from "@/app/_trpc/client";
import { useTenant } from "../_components/tenant-context";

type Related = Outputs["calls"]["related"];
type EarlierState = Related["history"][number];

const causes: Record<EarlierState["cause"], string> = {
  repricing: "Priced anew",
  attribution: "A rule was applied",
  trace: "A parent or another report brought tags",
  erasure: "A person was erased",
};
const reasons: Record<Related["reports"][number]["reason"], string> = {
  response: "reported the same provider response",
  aggregate: "sums up its children, which count",
};

const amount = (usd: string | null) => (usd === null ? "unpriced" : formatExact(usd));

function Section({ title, note, children }: { title: string; note: string; children: ReactNode }) {
  return (
    <section className="mt-5">
      <h3 className="text-2xs font-medium text-ink-faint">{title}</h3>
      <p className="mb-1 text-xs text-ink-muted">{note}</p>
      <ul className="divide-y text-sm">{children}</ul>
    </section>
  );
}

function Row({ name, detail, value }: { name: ReactNode; detail: ReactNode; value: ReactNode }) {
  return (
    <li className="flex items-baseline justify-between gap-3 py-1.5">
      <div className="min-w-0">
        <div className="truncate">{name}</div>
        <div className="text-xs text-ink-muted">{detail}</div>
      </div>
      <div className="figures shrink-0">{value}</div>
    </li>
  );
}

function before(state: EarlierState): string {
  const tags = [state.feature ?? "no feature", state.userId, state.team, state.promptId].filter(Boolean);
  return `${amount(state.costUsd)}, ${tags.join(" · ")}`;
}

/** What else is known of a call: its other reports, whom it served, what it was before. Nothing if there is nothing. */
export function RelatedFacts({ id }: { id: string }) {
  const { timeZone } = useTenant();
  const related = useQuery(useTRPC().calls.related.queryOptions({ id }));
  if (!related.data) return null;
  const { reports, shares, history, corrections } = related.data;
  return (
    <>
      {reports.length > 0 && (
        <Section title="Also reported by" note="Kept and linked to this call, in no total.">
          {reports.map((report) => (
            <Row
              key={report.id}
              name={<span className="font-mono text-xs">{report.id}</span>}
              detail={`${report.source} ${reasons[report.reason]}${report.countedUntil === null ? "" : `; counted until ${formatInstantExactly(report.countedUntil, timeZone)}`}`}
              value={<s className="text-ink-faint">{amount(report.costUsd)}</s>}
            />
          ))}
        </Section>
      )}
      {shares.length > 0 && (
        <Section
          title="Shared"
          note="One call served several. Its tokens and cost are split by weight, to the last digit."
        >
          {shares.map((share) => (
            <Row
              key={share.id}
              name={
                <>
                  {share.userId ?? share.accountId ?? share.feature ?? share.team ?? share.id}
                  {share.id === id && <Badge className="ml-2">this share</Badge>}
                </>
              }
              detail={`weight ${share.weight}`}
              value={amount(share.costUsd)}
            />
          ))}
        </Section>
      )}
      {corrections.length > 0 && (
        <Section
          title="Corrected"
          note="Its month is closed, so the difference is booked where it was found."
        >
          {corrections.map((correction) => (
            <Row
              key={correction.runId}
              name={`Costs ${formatExact(correction.costUsd)} by now`}
              detail={`booked ${formatInstantExactly(correction.bookedAt, timeZone)}`}
              value={formatExact(correction.deltaUsd)}
            />
          ))}
        </Section>
      )}
      {history.length > 0 && (
        <Section title="Before" note="What this call was, the newest change first.">
          {history.map((state) => (
            <Row
              key={`${state.supersededAt} ${state.cause}`}
              name={causes[state.cause]}
              detail={before(state)}
              value={
                <span className="text-xs text-ink-muted">
                  {formatInstantExactly(state.supersededAt, timeZone)}
                </span>
              }
            />
          ))}
        </Section>
      )}
    </>
  );
}
