import { type Outcome, readAnswer } from "./answer";
import { type Decision, decide } from "./decide";
import type { JobFunction } from "./functions";
import type { Call } from "./protocol";
import * as store from "./queries";
import type { Host } from "./host";
import { hasUnsettled, memos, type Move, nextMove, type Step, withChanges } from "./steps";
import { failedEvent, runsForEvent } from "./trigger";

/** Inngest's own bound: a loop that never ends is one, and every step is sent with every call. */
const stepsAtMost = 1_000;

/** Takes one run as far as it goes: to its end, to a failure that waits for another try, or to a sleep. */
export async function drive(host: Host, runId: string, functions: JobFunction[]): Promise<void> {
  const run = store.readRun(await host.transaction((db) => store.claimRun(db, runId)));
  let steps = await host.transaction((db) => store.loadSteps(db, run.id));
  const fn = functions.find(({ id }) => id === run.functionId);
  if (!fn) return fail(host, run, functions, "There is no such function any more.");
  if (run.attempt >= fn.maxAttempts)
    return fail(host, run, functions, "It was interrupted each time before it came to an end.");

  let explored = false;
  for (;;) {
    if (host.signal.aborted) return;
    if (steps.length > stepsAtMost) {
      return fail(host, run, functions, `The function has more than ${String(stepsAtMost)} steps.`);
    }
    const move = nextMove(steps, explored, host.now());
    if (move.kind === "stuck")
      return fail(host, run, functions, "The function waits for nothing and does not go on.");
    if (move.kind === "wait") {
      const pause = { until: move.until, attempt: run.attempt, failure: null };
      return host.transaction((db) => store.pauseRun(db, run.id, pause));
    }
    const decision =
      move.kind === "wake" ? woken(move.stepId, run.attempt) : await ask(host, run, fn, steps, move);
    if (decision === null) return;
    const { run: change } = decision;
    if (change.kind === "failed") return fail(host, run, functions, change.reason);
    await save(host, run, decision);
    if (change.kind !== "goes-on") return;
    run.attempt = change.attempt;
    steps = withChanges(steps, decision.steps);
    explored = move.kind === "explore" && decision.steps.every(({ state }) => state.kind !== "settled");
  }
}

function woken(stepId: string, attempt: number): Decision {
  return {
    steps: [{ id: stepId, state: { kind: "settled", memo: { type: "data", data: null } } }],
    run: { kind: "goes-on", attempt },
  };
}

/** Asks the SDK to go on with the run. Null: we were stopped meanwhile, and nothing is known of the answer. */
async function ask(
  host: Host,
  run: store.Run,
  fn: JobFunction,
  steps: Step[],
  move: Extract<Move, { kind: "step" | "explore" }>,
): Promise<Decision | null> {
  const asked = move.kind === "step" ? { stepId: move.stepId, attempt: move.attempt } : null;
  const outcome = await answerTo(host, callFor(run, fn, steps, asked));
  if (outcome === null) return null;
  const known = new Set(steps.map(({ id }) => id));
  return decide(
    { attempt: run.attempt, maxAttempts: fn.maxAttempts, asked, known, now: host.now() },
    outcome,
  );
}

function callFor(
  run: store.Run,
  fn: JobFunction,
  steps: Step[],
  asked: { stepId: string; attempt: number } | null,
): Call {
  const [event] = run.events;
  if (!event) throw new Error(`Job run ${run.id} has no event.`);
  const settled = memos(steps);
  const order = Object.keys(settled);
  const ctx = {
    run_id: run.id,
    attempt: asked?.attempt ?? run.attempt,
    max_attempts: fn.maxAttempts,
    disable_immediate_execution: hasUnsettled(steps),
    use_api: false as const,
    stack: { stack: order, current: order.length },
  };
  return {
    functionId: fn.id,
    stepId: asked?.stepId ?? "step",
    body: { event, events: run.events, steps: settled, ctx },
  };
}

async function answerTo(host: Host, call: Call): Promise<Outcome | null> {
  try {
    return readAnswer(await host.sdk.run(call, host.signal));
  } catch (error) {
    if (host.signal.aborted) return null;
    // Whether the step ran is unknown; it runs again, which is why every step may run twice (reliability P44).
    const reason = error instanceof Error ? `The answer was lost: ${error.message}` : "The answer was lost";
    return { kind: "refused", reason, retry: true, retryAfter: null };
  }
}

async function save(host: Host, run: store.Run, { steps, run: change }: Decision): Promise<void> {
  await host.transaction(async (db) => {
    for (const step of steps) await store.saveStep(db, run.id, step);
    if (change.kind === "goes-on") await store.keepAttempt(db, run.id, change.attempt);
    if (change.kind === "waits") await store.pauseRun(db, run.id, change);
    if (change.kind === "done") await store.finishRun(db, run.id, { failure: null, now: host.now() });
  });
  if (change.kind === "waits")
    host.log.warn({ functionId: run.functionId, runId: run.id, until: change.until }, change.failure);
}

async function fail(host: Host, run: store.Run, functions: JobFunction[], reason: string): Promise<void> {
  const now = host.now();
  await host.transaction(async (db) => {
    await store.finishRun(db, run.id, { failure: reason, now });
    await store.insertRuns(db, runsForEvent(functions, failedEvent(run, reason, now)), now);
  });
  host.log.error({ functionId: run.functionId, runId: run.id }, reason);
}
