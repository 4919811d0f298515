import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { totalInputTokens, totalOutputTokens } from "@/server/prices/buckets";
import { toBuckets } from "./token-buckets";

describe("toBuckets", () => {
  it.each([
    { name: "nothing", usage: {}, units: {} },
    { name: "totals alone", usage: { inputTokens: 10, outputTokens: 3 }, units: { freshInputTokens: 10, visibleOutputTokens: 3 } },
    { name: "cached input", usage: { inputTokens: 10, cacheReadTokens: 4 }, units: { freshInputTokens: 6, cacheReadTokens: 4 } },
    { name: "all of it cached", usage: { inputTokens: 4, cacheReadTokens: 4 }, units: { cacheReadTokens: 4 } },
    { name: "both cache writes", usage: { inputTokens: 9, cacheWrite5mTokens: 2, cacheWrite1hTokens: 3 }, units: { freshInputTokens: 4, cacheWrite5mTokens: 2, cacheWrite1hTokens: 3 } },
    { name: "reasoning", usage: { outputTokens: 10, reasoningTokens: 7 }, units: { visibleOutputTokens: 3, reasoningTokens: 7 } },
    { name: "audio both ways", usage: { inputTokens: 5, audioInputTokens: 5, outputTokens: 6, audioOutputTokens: 2 }, units: { audioInputTokens: 5, visibleOutputTokens: 4, audioOutputTokens: 2 } },
    { name: "a tool", usage: { toolUnits: 2 }, units: { toolUnits: 2 } },
  ])("splits $name", ({ usage, units }) => {
    const split = toBuckets(usage);
    const used = split.ok ? Object.fromEntries(Object.entries(split.units).filter(([, count]) => count > 0)) : split;
    expect(used).toEqual(units);
  }); // prettier-ignore

  it.each([
    {
      name: "one more cached than sent",
      usage: { inputTokens: 4, cacheReadTokens: 5 },
      field: "usage.inputTokens",
    },
    { name: "parts without their total", usage: { cacheReadTokens: 1 }, field: "usage.inputTokens" },
    {
      name: "more reasoning than output",
      usage: { outputTokens: 1, reasoningTokens: 2 },
      field: "usage.outputTokens",
    },
  ])("refuses $name", ({ usage, field }) => {
    expect(toBuckets(usage)).toMatchObject({ ok: false, field });
  });

  it("loses and adds no token: the buckets always sum to the totals", () => {
    const tokens = fc.integer({ min: 0, max: 1_000_000_000 });
    const usage = fc.record(
      { inputTokens: tokens, outputTokens: tokens, cacheReadTokens: tokens, cacheWrite5mTokens: tokens, cacheWrite1hTokens: tokens, audioInputTokens: tokens, reasoningTokens: tokens, audioOutputTokens: tokens },
      { requiredKeys: [] },
    ); // prettier-ignore
    fc.assert(
      fc.property(usage, (given) => {
        const split = toBuckets(given);
        if (!split.ok) return;
        expect(totalInputTokens(split.units)).toBe(given.inputTokens ?? 0);
        expect(totalOutputTokens(split.units)).toBe(given.outputTokens ?? 0);
        expect(Math.min(...Object.values(split.units))).toBeGreaterThanOrEqual(0);
      }),
      { seed: 20261121, numRuns: 2_000 },
    );
  });
});
