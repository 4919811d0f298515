import { expect, it } from "vitest";
import { silenceMs, stateOf } from "./run-state";

const now = new Date("2026-11-21T12:00:00Z");
it.each([
  ["running", silenceMs, "running"],
  ["running", silenceMs + 1, "interrupted"],
  ["done", silenceMs * 100, "done"],
  ["failed", silenceMs * 100, "failed"],
] as const)("an import that is %s and silent for %d ms is shown as %s", (state, ms, shown) => {
  expect(stateOf({ state, progressedAt: new Date(now.getTime() - ms) }, now)).toBe(shown);
});
