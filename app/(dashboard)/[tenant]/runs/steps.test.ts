import { describe, expect, it } from "vitest";
import { dearestModel, type RunCall, stepsOf } from "./steps";

const call = (occurredAt: string, latencyMs: number | null, cumulativeUsd: string) =>
  ({ id: occurredAt, occurredAt, latencyMs, cumulativeUsd }) as RunCall;
const run = { firstAt: "2026-11-20T12:00:00.000Z", durationMs: 10_000, costUsd: "0.4" };
const placeOf = (one: RunCall, over: Partial<typeof run> = {}) => stepsOf([one], { ...run, ...over })[0];

describe("stepsOf", () => {
  it.each([
    ["at the start", "2026-11-20T12:00:00.000Z", 2_500, { afterMs: 0, start: 0, width: 0.25 }],
    ["amidst", "2026-11-20T12:00:05.000Z", 1_000, { afterMs: 5_000, start: 0.5, width: 0.1 }],
    ["longer than the run by what is left out", "2026-11-20T12:00:09.000Z", 4_000, { start: 0.9, width: 0.1 }],
    ["no latency told", "2026-11-20T12:00:05.000Z", null, { start: 0.5, width: 0 }],
  ])("places a call: %s", (_name, at, latencyMs, expected) => {
    const found = placeOf(call(at, latencyMs, "0"));
    expect(found).toMatchObject({ ...expected, width: expect.closeTo(expected.width, 9) as number });
  }); // prettier-ignore
  it("has no place to tell apart in a run of no length", () =>
    expect(placeOf(call(run.firstAt, 100, "0"), { durationMs: 0 })).toMatchObject({ start: 0, width: 0 }));
  it("counts calls, and tells how much of the cost was reached with each", () =>
    expect(
      stepsOf([call(run.firstAt, 1, "0.1"), call(run.firstAt, 1, "0.4")], run).map(({ nth, reached }) => [nth, reached]),
    ).toEqual([[1, 0.25], [2, 1]])); // prettier-ignore
  it("claims no share of a run that cost nothing", () =>
    expect(placeOf(call(run.firstAt, 1, "0"), { costUsd: "0" })?.reached).toBeNull());
});

describe("dearestModel", () => {
  const model = (name: string, costUsd: string) =>
    ({ kind: "llm", provider: "p", model: name, calls: 1, costUsd, unpricedCalls: 0 }) as const;
  it.each([
    ["half of it", [model("a", "0.2"), model("b", "0.2")], "a"],
    ["less than half", [model("a", "0.19"), model("b", "0.11"), model("c", "0.1")], null],
    ["the only one says nothing", [model("a", "0.4")], null],
    ["no model", [], null],
  ])("%s", (_name, models, found) => expect(dearestModel(models, "0.4")?.model ?? null).toBe(found));
  it("says nothing where nothing is priced", () =>
    expect(dearestModel([model("a", "0"), model("b", "0")], "0")).toBeNull());
});
