import { expect, it } from "vitest";
import type { CacheFigures } from "@/server/analytics/cache/cache-schemas";
import { largestChance } from "./conclude";

const row = (key: string | null, inputTokens: number, cacheReadTokens: number) => ({
  key,
  current: {
    inputTokens,
    cacheReadTokens,
    hitRate: inputTokens === 0 ? null : String(cacheReadTokens / inputTokens),
  } as CacheFigures,
});
const all = (rows: ReturnType<typeof row>[]) => ({
  inputTokens: rows.reduce((sum, { current }) => sum + current.inputTokens, 0),
  cacheReadTokens: rows.reduce((sum, { current }) => sum + current.cacheReadTokens, 0),
});

it.each([
  ["nothing", [], null],
  ["no input", [row("a", 0, 0)], null],
  ["everything read from the cache", [row("a", 100, 100)], null],
  ["a hit rate that is good already", [row("a", 100, 20)], null],
  ["a hit rate just below", [row("a", 1_000, 199)], "a"],
  ["the most fresh input, not the lowest rate", [row("a", 1_000, 150), row("b", 300, 0)], "a"],
  ["a trace of the input", [row("a", 10_000, 5_000), row("b", 500, 0)], null],
  ["the first of equals", [row("a", 100, 0), row(null, 100, 0)], "a"],
])("finds where a cache could do most: %s", (_name, rows, key) =>
  expect(largestChance(rows, all(rows))?.key ?? null).toBe(key),
);

it("says how much of all fresh input it is", () => {
  const rows = [row("a", 800, 0), row("b", 400, 200)];
  expect(largestChance(rows, all(rows))).toEqual({
    key: "a",
    freshTokens: 800,
    shareOfFresh: 0.8,
    hitRate: 0,
  });
});
