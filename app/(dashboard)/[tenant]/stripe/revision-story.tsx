"use client";

import { Badge } from "@/app/_components/ui/badge";
import { Button } from "@/app/_components/ui/button";
import { CopyButton } from "@/app/_components/ui/copy-button";
import { formatInstant, formatInstantExactly } from "@/app/_format/dates";
import { plural } from "@/app/_format/quantities";
import type { Measure, Mode } from "@/server/billing/schemas";
import { useRight, useTenant } from "../_components/tenant-context";
import { useBillingChanges } from "./use-billing-changes";
import { dashboardHref, nextSentence, type Revision, stateWords, valueWords } from "./words";

/** What happened to it so far, in order; instants that are not there are left out. */
function happened(revision: Revision): (readonly [string, string])[] {
  const { createdAt, triedAt, unsureSince, acceptedAt, settledAt, attempts, state } = revision;
  const lines = [
    [createdAt, "put into the outbox"],
    [triedAt, attempts === 1 ? "tried" : `tried the last time of ${plural(attempts, "try", "tries")}`],
    [unsureSince, "not known to have arrived since"],
    [acceptedAt, "accepted by Stripe"],
    [settledAt, state === "confirmed" ? "found in Stripe’s sum of the hour" : stateWords[state].label],
  ] as const;
  return lines.flatMap(([at, what]) => (at === null ? [] : [[at, what] as const]));
}

interface RevisionStoryProps {
  revision: Revision;
  measure: Measure;
  mode: Mode | null;
  now: Date;
}

/** One revision of an hour: what it says, what was tried, what came of it, and what is next. */
export function RevisionStory({ revision, measure, mode, now }: RevisionStoryProps) {
  const { timeZone } = useTenant();
  const mayWrite = useRight("billing:write");
  const { retry } = useBillingChanges();
  const { id, value, state, identifier, attempts, failure, failureCode, next, generation } = revision;
  const isFirst = revision.revision === 1;
  return (
    <li className="py-3 text-sm">
      <p className="flex flex-wrap items-center gap-2">
        <span className="font-medium">{isFirst ? "First" : `Correction ${String(revision.revision - 1)}`}</span>
        <Badge tone={stateWords[state].tone}>{stateWords[state].label}</Badge>
        {generation > 0 && <Badge title="Stripe may remember the name before.">name {generation + 1}</Badge>}
        <span className="figures ml-auto">{valueWords(measure, value)}</span>
      </p>
      <ul className="figures mt-1.5 space-y-0.5 text-xs text-ink-muted">
        {happened(revision).map(([at, what]) => (
          <li key={what}>
            <time dateTime={at} title={formatInstantExactly(at, timeZone)}>
              {formatInstant(at, timeZone, now)}
            </time>{" "}
            {what}
          </li>
        ))}
      </ul>
      {failure !== null && (
        <p className="mt-1.5 rounded-md border border-bad-line bg-bad-soft px-2.5 py-1.5 text-xs wrap-anywhere">
          {failure}
          {failureCode !== null && <code className="ml-1.5 text-ink-muted">{failureCode}</code>}
        </p>
      )}
      {next !== null && (
        <p className="mt-1.5 text-xs">
          <span className="text-ink-muted">Next: </span>
          {nextSentence(next, timeZone, now)}
        </p>
      )}
      <div className="mt-2 flex flex-wrap items-center gap-2">
        {state === "refused" && next?.step === "retry" && mayWrite && (
          <Button size="sm" disabled={retry.isPending} onClick={() => retry.mutate({ id })}>
            Try again
          </Button>
        )}
        <CopyButton text={identifier} label="Copy its name" />
        {attempts > 0 && <CopyButton text={`${identifier}/${String(attempts)}`} label="Copy the request’s key" />}
        {attempts > 0 && mode !== null && (
          <a
            href={dashboardHref(mode, "logs")}
            target="_blank"
            rel="noreferrer"
            title="Look for the request’s idempotency key there"
            className="text-xs text-accent underline underline-offset-2"
          >
            Stripe’s request log
          </a>
        )}
      </div>
      <p className="mt-1.5 font-mono text-2xs break-all text-ink-faint">{identifier}</p>
    </li>
  );
} // prettier-ignore
