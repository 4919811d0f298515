import { describe, expect, it } from "vitest";
import type { HourCell } from "@/server/analytics/hours/hours-schemas";
import { hourCells, hourKind } from "./hour-cells";

const cell = (over: Partial<HourCell>): HourCell => ({
  weekday: 1,
  hour: 2,
  hours: 4,
  calls: 8,
  costUsd: "2",
  unpricedCalls: 0,
  meanCostUsd: "0.5",
  meanCalls: "2",
  ...over,
});

describe("hourCells", () => {
  it.each([
    ["a mean", {}, "0.5", "8"],
    ["nothing spent", { calls: 0, costUsd: "0", meanCostUsd: "0", meanCalls: "0" }, "0", "0"],
    ["some calls without a price", { unpricedCalls: 7 }, "0.5", "8"],
    ["no call with a price", { unpricedCalls: 8, meanCostUsd: "0" }, null, "8"],
    ["no such hour", { hours: 0, calls: 0, meanCostUsd: null, meanCalls: null }, null, null],
  ])("tells %s", (_name, over, cost, calls) => {
    expect(hourCells([cell(over)], "cost")[0]?.value).toBe(cost);
    expect(hourCells([cell(over)], "calls")[0]?.value).toBe(calls);
  });
});

describe("hourKind", () => {
  const of = (...means: (string | null)[]) =>
    hourKind(
      means.map((value) => ({ weekday: 1, hour: 1, calls: 1, value })),
      "cost",
    );
  it("writes more digits where all hours cost a few cents", () => {
    expect(of("0.0082", null, "0")).toBe("unitUsd");
    expect(of("0.0082", "0.1")).toBe("usd");
  });
  it("counts calls", () => expect(hourKind([], "calls")).toBe("count"));
});
