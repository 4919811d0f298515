import type { AttributionRun } from "./run-query";

/** How much of its stretch of time a run has behind it, from 0 to 1: where calls are evenly spread, also its progress. */
function shareDone({ state, from, to, cursorAt }: AttributionRun): number {
  if (state === "done") return 1;
  if (cursorAt === null) return 0;
  return (Date.parse(cursorAt) - from.getTime()) / (to.getTime() - from.getTime());
}

/** A run as the wire has it. */
export function describeRun(run: AttributionRun) {
  return {
    id: run.id,
    kind: run.kind,
    ruleId: run.ruleId,
    ruleVersion: run.ruleVersion,
    reverts: run.reverts,
    from: run.from.toISOString(),
    to: run.to.toISOString(),
    state: run.state,
    failure: run.failure,
    requestedBy: run.requestedBy,
    requestedAt: run.requestedAt.toISOString(),
    finishedAt: run.finishedAt?.toISOString() ?? null,
    progressedAt: run.progressedAt.toISOString(),
    shareDone: shareDone(run),
    callsSeen: run.callsSeen,
    callsChanged: run.callsChanged,
    /** Of closed months, left as they are. */
    callsFrozen: run.callsFrozen,
    /** USD, decimal string: what the changed calls cost. */
    movedUsd: run.movedUsd,
  };
}
