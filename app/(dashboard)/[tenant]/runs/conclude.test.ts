import { expect, it } from "vitest";
import type { RunTotals } from "@/server/analytics/runs-schemas";
import { strayRun } from "./conclude";

const median = (p50: string) => ({ cost: { p50 } }) as Pick<RunTotals, "cost">;
const rows = [{ costUsd: "2.5" }, { costUsd: "0.1" }];

it.each([
  ["far beyond the median", rows, median("0.1"), 25],
  ["just ten times", rows, median("0.25"), 10],
  ["less than ten times", rows, median("0.26"), null],
  ["a median of nothing", rows, median("0"), null],
  ["no run whose cost is known", rows, { cost: null }, null],
  ["no runs", [], median("0.1"), null],
])("tells the dearest run where it is astray: %s", (_name, found, total, timesMedian) =>
  expect(strayRun(found, total)?.timesMedian ?? null).toBe(timesMedian),
);
