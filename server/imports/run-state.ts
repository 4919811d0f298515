import type { ImportRun } from "./queries";

/** A running import saves its progress every few seconds; after so long a silence its process is gone. */
export const silenceMs = 60_000;

export type RunState = ImportRun["state"] | "interrupted";

export function stateOf(run: Pick<ImportRun, "state" | "progressedAt">, now: Date): RunState {
  const isSilent = now.getTime() - run.progressedAt.getTime() > silenceMs;
  return run.state === "running" && isSilent ? "interrupted" : run.state;
}

/** As the wire has it. */
export function describeRun(run: ImportRun, now: Date) {
  const { startedAt, finishedAt, progressedAt, ...facts } = run;
  return {
    ...facts,
    state: stateOf(run, now),
    startedAt: startedAt.toISOString(),
    finishedAt: finishedAt?.toISOString() ?? null,
    progressedAt: progressedAt.toISOString(),
  };
}
