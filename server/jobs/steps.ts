import type { Memo } from "./protocol";

/** One step of a run, as far as it has come. */
export type StepState =
  | { kind: "settled"; memo: Memo }
  | { kind: "planned"; attempt: number; retryAt: Date | null }
  | { kind: "sleeping"; until: Date };

export interface Step {
  id: string;
  state: StepState;
}

/** What to do next with a run. */
export type Move =
  | { kind: "wake"; stepId: string }
  | { kind: "step"; stepId: string; attempt: number }
  | { kind: "explore" }
  | { kind: "wait"; until: Date }
  | { kind: "stuck" };

/**
 * Ends sleeps that are over, then runs planned steps one by one, then lets the function go on from what they gave.
 * @param steps in the order in which they were settled or found
 * @param explored whether the function was already asked with exactly these results
 */
export function nextMove(steps: Step[], explored: boolean, now: Date): Move {
  for (const { id, state } of steps) {
    if (state.kind === "sleeping" && state.until <= now) return { kind: "wake", stepId: id };
  }
  for (const { id, state } of steps) {
    if (state.kind === "planned" && (state.retryAt === null || state.retryAt <= now)) {
      return { kind: "step", stepId: id, attempt: state.attempt };
    }
  }
  if (!explored) return { kind: "explore" };
  const waits = steps.flatMap(({ state }) =>
    state.kind === "sleeping"
      ? [state.until.getTime()]
      : state.kind === "planned" && state.retryAt
        ? [state.retryAt.getTime()]
        : [],
  );
  return waits.length > 0 ? { kind: "wait", until: new Date(Math.min(...waits)) } : { kind: "stuck" };
}

/** The settled steps, as the SDK wants them. */
export function memos(steps: Step[]): Record<string, Memo> {
  return Object.fromEntries(
    steps.flatMap(({ id, state }) => (state.kind === "settled" ? [[id, state.memo]] : [])),
  );
}

/** While a step is under way or waits, the SDK must only report and never run one on its own account. */
export function hasUnsettled(steps: Step[]): boolean {
  return steps.some(({ state }) => state.kind !== "settled");
}

/** The steps after a decision, in the order in which the database has them: what changed comes last. */
export function withChanges(steps: Step[], changes: Step[]): Step[] {
  const changed = new Set(changes.map(({ id }) => id));
  return [...steps.filter(({ id }) => !changed.has(id)), ...changes];
}
