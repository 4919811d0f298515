import { expect, it } from "vitest";
import { type RunEvent, stateAfter } from "./run-state";
import { type RunState, runStates } from "./schemas";

const events: RunEvent[] = ["previewed", "approved", "discarded", "finished", "failed", "retried"];
const allowed: Record<string, RunState> = {
  "previewing previewed": "previewed",
  "previewing failed": "failed",
  "previewing discarded": "discarded",
  "previewed approved": "running",
  "previewed discarded": "discarded",
  "running finished": "done",
  "running failed": "failed",
  "failed retried": "previewing",
  "failed discarded": "discarded",
};

const all = runStates.flatMap((state) => events.map((event) => [state, event] as const));
it.each(all)("a run that is %s and is then %s", (state, event) => {
  const after = allowed[`${state} ${event}`];
  if (after) expect(stateAfter(state, event)).toBe(after);
  else expect(() => stateAfter(state, event)).toThrow(expect.objectContaining({ code: "CONFLICT" }));
});

it("goes on with its calls when it failed after it was approved, and is not discarded", () => {
  expect(stateAfter("failed", "retried", true)).toBe("running");
  expect(() => stateAfter("failed", "discarded", true)).toThrow("failed");
});
