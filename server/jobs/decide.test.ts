import { describe, expect, it } from "vitest";
import { readAnswer } from "./answer";
import { decide, type Situation } from "./decide";
import type { Op } from "./protocol";
import { nextMove, type Step } from "./steps";

const now = new Date("2026-03-01T00:00:00.000Z");
const later = (seconds: number) => new Date(now.getTime() + seconds * 1000);
const situation = (changes: Partial<Situation> = {}): Situation => ({
  attempt: 1,
  maxAttempts: 3,
  asked: null,
  known: new Set(),
  now,
  ...changes,
});
const ops = (...list: Op[]) => ({ kind: "ops" as const, ops: list, retryAfter: null });
const error = { name: "Error", message: "no luck", stack: "secret" };
const asked = { stepId: "s", attempt: 1 };

describe("decide", () => {
  it("keeps what a step gave, and starts counting tries anew", () => {
    expect(decide(situation(), ops({ id: "s", op: "StepRun", data: 7 }))).toEqual({
      steps: [{ id: "s", state: { kind: "settled", memo: { type: "data", data: 7 } } }],
      run: { kind: "goes-on", attempt: 0 },
    });
  });

  it("keeps the error of a step that has no tries left, for the function to catch", () => {
    expect(decide(situation(), ops({ id: "s", op: "StepFailed", error })).steps).toEqual([
      { id: "s", state: { kind: "settled", memo: { type: "error", error } } },
    ]);
  });

  it("waits after a step's error, with its message and without its stack", () => {
    expect(decide(situation(), ops({ id: "s", op: "StepError", error })).run).toEqual({
      kind: "waits",
      until: later(30),
      attempt: 2,
      failure: "no luck",
    });
  });

  it("lets a planned step wait by itself and the run go on with the others", () => {
    expect(decide(situation({ asked }), ops({ id: "s", op: "StepError", error }))).toEqual({
      steps: [{ id: "s", state: { kind: "planned", attempt: 2, retryAt: later(30) } }],
      run: { kind: "goes-on", attempt: 1 },
    });
  });

  it("fails a planned step, not the run, when the answers of all its tries were lost", () => {
    const lost = { kind: "refused" as const, reason: "lost", retry: true, retryAfter: null };
    expect(decide(situation({ asked: { stepId: "s", attempt: 2 } }), lost)).toEqual({
      steps: [
        {
          id: "s",
          state: { kind: "settled", memo: { type: "error", error: { name: "Error", message: "lost" } } },
        },
      ],
      run: { kind: "goes-on", attempt: 1 },
    });
  });

  it.each([
    ["the last try", { attempt: 2 }, true],
    ["an error that no try will mend", { attempt: 0 }, false],
  ])("fails the run after %s", (_name, changes, retry) => {
    const outcome = { kind: "refused" as const, reason: "broken", retry, retryAfter: null };
    expect(decide(situation(changes), outcome).run).toEqual({ kind: "failed", reason: "broken" });
  });

  it("does not start a sleep or a plan again that it knows", () => {
    const known = new Set(["nap", "plan"]);
    const reported = ops(
      { id: "nap", op: "Sleep", name: "1h" },
      { id: "plan", op: "StepPlanned" },
      { id: "new", op: "Sleep", name: "1h" },
    );
    expect(decide(situation({ known }), reported).steps).toEqual([
      { id: "new", state: { kind: "sleeping", until: later(3_600) } },
    ]);
  });
});

describe("readAnswer", () => {
  const answer = { status: 500, noRetry: false, retryAfter: null, body: "" };
  it.each([
    ["an error of the function", { ...answer, body: JSON.stringify(error) }, "no luck", true],
    [
      "one without retry",
      { ...answer, status: 400, noRetry: true, body: JSON.stringify(error) },
      "no luck",
      false,
    ],
    [
      "a step that is gone",
      { ...answer, body: '{"error":"Could not find step"}' },
      "Could not find step",
      true,
    ],
    ["a proxy's page", { ...answer, status: 502, body: "<html>" }, "answered 502", true],
    ["steps in no known form", { ...answer, status: 206, body: '{"op":"x"}' }, "answered 206", true],
  ])("%s", (_name, given, reason, retry) => {
    expect(readAnswer(given)).toEqual({ kind: "refused", reason, retry, retryAfter: null });
  });
});

describe("nextMove", () => {
  const settled: Step = { id: "done", state: { kind: "settled", memo: { type: "data", data: 1 } } };
  const planned = (retryAt: Date | null): Step => ({
    id: "plan",
    state: { kind: "planned", attempt: 0, retryAt },
  });
  const sleeping = (until: Date): Step => ({ id: "nap", state: { kind: "sleeping", until } });
  it.each([
    ["a new run is explored", [], false, { kind: "explore" }],
    [
      "planned steps come first",
      [settled, planned(null)],
      false,
      { kind: "step", stepId: "plan", attempt: 0 },
    ],
    [
      "a step that waits for its next try leaves the rest free",
      [planned(later(1))],
      false,
      { kind: "explore" },
    ],
    ["a sleep that is over ends", [sleeping(now)], true, { kind: "wake", stepId: "nap" }],
    [
      "nothing new: until the earliest",
      [planned(later(9)), sleeping(later(5))],
      true,
      { kind: "wait", until: later(5) },
    ],
    ["nothing new and nothing to wait for", [settled], true, { kind: "stuck" }],
  ])("%s", (_name, steps, explored, move) => {
    expect(nextMove(steps, explored, now)).toEqual(move);
  });
});
