import { describe, expect, it } from "vitest";
import { changeOf, type VersionFacts } from "./prompt-change";

const sums = (calls: number, costUsd: string, unpricedCalls = 0) => ({ calls, costUsd, unpricedCalls });
const facts = (some: Partial<VersionFacts> = {}): VersionFacts => ({
  firstDay: "2026-10-10",
  halfDay: "2026-10-12",
  previous: { version: "1", ...sums(100, "1") },
  after: sums(40, "0.6"),
  ever: sums(1_000, "14"),
  inRange: sums(300, "4"),
  ...some,
});
const today = "2026-11-20";

describe("what a new version changed", () => {
  it("is the difference per call, times the calls since", () => {
    expect(changeOf(facts(), today)).toEqual({
      changedOn: "2026-10-10",
      halfOn: "2026-10-12",
      previousVersion: "1",
      before: { from: "2026-10-03", to: "2026-10-10", calls: 100, pricedCalls: 100, costUsd: "1", costPerCallUsd: "0.01" },
      after: { from: "2026-10-10", to: "2026-10-17", calls: 40, pricedCalls: 40, costUsd: "0.6", costPerCallUsd: "0.015" },
      perCallUsd: "0.005",
      change: "0.5",
      callsSince: 1_000,
      extraUsd: "5",
      extraInRangeUsd: "1.5",
    }); // prettier-ignore
  });

  it.each([
    ["twenty priced calls on either side are enough", { previous: { version: "1", ...sums(20, "1") }, after: sums(20, "2") }, "0.05"],
    ["nineteen before are too few", { previous: { version: "1", ...sums(19, "1") } }, null],
    ["nineteen after are too few", { after: sums(19, "2") }, null],
    ["unpriced calls do not count", { after: sums(30, "2", 11) }, null],
    ["unpriced calls are in no mean", { after: sums(50, "1.5", 20) }, "0.04"],
    ["it may be cheaper", { after: sums(50, "0.25") }, "-0.005"],
    ["nothing changes", { after: sums(50, "0.5") }, "0"],
  ] as const)("%s", (_, some, perCallUsd) => {
    expect(changeOf(facts(some), today)?.perCallUsd).toBe(perCallUsd);
  }); // prettier-ignore

  it("names the sides even when they are too small to compare", () => {
    const change = changeOf(facts({ after: sums(0, "0") }), "2026-10-10");
    expect(change).toMatchObject({ change: null, extraUsd: null, extraInRangeUsd: null });
    expect(change?.after).toEqual({ from: "2026-10-10", to: "2026-10-10", calls: 0, pricedCalls: 0, costUsd: "0", costPerCallUsd: null }); // prettier-ignore
  });

  it.each([
    ["2026-10-13", "2026-10-13"],
    ["2026-10-17", "2026-10-17"],
    ["2026-10-18", "2026-10-17"],
  ])("compares days that are over: on %s those before %s", (day, to) => {
    expect(changeOf(facts(), day)?.after).toMatchObject({ from: "2026-10-10", to });
  });

  it("has no ratio where calls cost nothing before, and is exact where a third is not", () => {
    const free = changeOf(facts({ previous: { version: null, ...sums(50, "0") } }), today);
    expect(free).toMatchObject({ perCallUsd: "0.015", change: null, previousVersion: null });
    const thirds = changeOf(
      facts({
        previous: { version: "1", ...sums(30, "0.1") },
        after: sums(30, "0.2"),
        ever: sums(30, "0.2"),
      }),
      today,
    );
    expect(thirds).toMatchObject({ extraUsd: "0.1", change: "1" });
  });

  it("is nothing for a prompt's first version", () => {
    expect(changeOf(facts({ previous: null }), today)).toBeNull();
  });
});
