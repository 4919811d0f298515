import { messageOf, type Outcome } from "./answer";
import type { Op } from "./protocol";
import { retryAt, sleepUntil } from "./retry";
import type { Step, StepState } from "./steps";

/** What becomes of the run itself. */
export type RunChange =
  | { kind: "goes-on"; attempt: number }
  | { kind: "waits"; until: Date; attempt: number; failure: string }
  | { kind: "done" }
  | { kind: "failed"; reason: string };

export interface Decision {
  steps: Step[];
  run: RunChange;
}

export interface Situation {
  /** Failed tries of the function at the place where it is. */
  attempt: number;
  maxAttempts: number;
  /** The planned step that was asked for; null when the function was to go on by itself. */
  asked: { stepId: string; attempt: number } | null;
  /** Steps that already have a row. */
  known: ReadonlySet<string>;
  now: Date;
}

/** What an answer changes: the heart of the runner, without clock, network or database. */
export function decide(situation: Situation, outcome: Outcome): Decision {
  if (outcome.kind === "finished") return { steps: [], run: { kind: "done" } };
  if (outcome.kind === "refused") return triedInVain(situation, outcome);
  const decision: Decision = {
    steps: [],
    run: { kind: "goes-on", attempt: situation.asked ? situation.attempt : 0 },
  };
  for (const op of outcome.ops) {
    if (op.op === "RunComplete") return { ...decision, run: { kind: "done" } };
    if (op.op === "StepError") {
      const own = op.id === situation.asked?.stepId ? situation : { ...situation, asked: null };
      const failed = triedInVain(own, {
        reason: messageOf(op.error),
        retry: true,
        retryAfter: outcome.retryAfter,
      });
      return { ...failed, steps: [...decision.steps, ...failed.steps] };
    }
    const state = stateAfter(op, situation.now);
    if (state === null) {
      const what = `${op.op} of step "${op.displayName ?? op.name ?? op.id}"`;
      return {
        steps: [],
        run: { kind: "failed", reason: `The embedded job runner does not offer ${what}; Inngest does.` },
      };
    }
    if (state.kind === "settled" || !situation.known.has(op.id)) decision.steps.push({ id: op.id, state });
  }
  return decision;
}

/** Null: an operation that only a real Inngest server has (waiting for events and signals, invoking functions, …). */
function stateAfter(op: Op, now: Date): StepState | null {
  switch (op.op) {
    case "StepRun":
      return { kind: "settled", memo: { type: "data", data: op.data ?? null } };
    case "StepFailed":
      return { kind: "settled", memo: { type: "error", error: op.error } };
    case "StepPlanned":
      return { kind: "planned", attempt: 0, retryAt: null };
    case "Sleep": {
      const until = sleepUntil(op.name ?? "", now);
      return until && { kind: "sleeping", until };
    }
    default:
      return null;
  }
}

/** A try that failed: again later, until none is left. A planned step then fails by itself, so that the function may catch it. */
function triedInVain(
  { attempt, maxAttempts, asked, now }: Situation,
  { reason, retry, retryAfter }: { reason: string; retry: boolean; retryAfter: string | null },
): Decision {
  const failures = (asked?.attempt ?? attempt) + 1;
  const until = retryAt(failures, retryAfter, now);
  const exhausted = !retry || failures >= maxAttempts;
  if (asked) {
    const state: StepState = exhausted
      ? { kind: "settled", memo: { type: "error", error: { name: "Error", message: reason } } }
      : { kind: "planned", attempt: failures, retryAt: until };
    return { steps: [{ id: asked.stepId, state }], run: { kind: "goes-on", attempt } };
  }
  if (exhausted) return { steps: [], run: { kind: "failed", reason } };
  return { steps: [], run: { kind: "waits", until, attempt: failures, failure: reason } };
}
