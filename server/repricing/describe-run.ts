import type { RepricingRun } from "./queries";

/** A run as the wire has it. */
export function describeRun(run: RepricingRun, emails: ReadonlyMap<string, string>) {
  const { knownAt, requestedAt, approvedAt, finishedAt, progressedAt } = run;
  return {
    id: run.id,
    reason: run.reason,
    scope: run.scope,
    state: run.state,
    failure: run.failure,
    /** Prices are those that were known then. */
    knownAt: knownAt.toISOString(),
    /** An id of a person, or the name of the job that asked. */
    requestedBy: run.requestedBy,
    requestedByEmail: emails.get(run.requestedBy) ?? null,
    requestedAt: requestedAt.toISOString(),
    approvedBy: run.approvedBy,
    approvedByEmail: run.approvedBy === null ? null : (emails.get(run.approvedBy) ?? null),
    approvedAt: approvedAt?.toISOString() ?? null,
    finishedAt: finishedAt?.toISOString() ?? null,
    /** Of the preview until it is approved, of the calls themselves from then on. */
    progress: { seen: run.callsSeen, total: run.callsTotal, at: progressedAt.toISOString() },
    callsChanged: run.callsChanged,
    /** USD, decimal string: so much more (or less) than before. */
    deltaUsd: run.deltaUsd,
  };
}

export function peopleOf(runs: readonly RepricingRun[]): string[] {
  return [
    ...new Set(
      runs.flatMap(({ requestedBy, approvedBy }) => [
        requestedBy,
        ...(approvedBy === null ? [] : [approvedBy]),
      ]),
    ),
  ];
}
