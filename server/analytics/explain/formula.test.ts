import { describe, expect, it } from "vitest";
import type { SpendFigures } from "../schemas";
import { Figure } from "./explain-schemas";
import { formulaOf } from "./formula";

const nothing: SpendFigures = {
  calls: 0,
  inputTokens: 0,
  outputTokens: 0,
  cacheReadTokens: 0,
  costUsd: "0",
  unpricedCalls: 0,
  unpricedTokens: 0,
  partialCalls: 0,
  estimatedCalls: 0,
  reportedCalls: 0,
  errorCalls: 0,
  retryCalls: 0,
  retryCostUsd: "0",
  reasoningTokens: 0,
  cacheWriteTokens: 0,
  latencyMs: 0,
  latencyCalls: 0,
};
const figures: SpendFigures = {
  ...nothing,
  calls: 1_207,
  unpricedCalls: 3,
  unpricedTokens: 3_000,
  costUsd: "1234.500000000000000001",
  inputTokens: 2_000_000,
  outputTokens: 403_000,
  cacheReadTokens: 500_000,
  errorCalls: 12,
  retryCalls: 7,
  retryCostUsd: "2.5",
  latencyMs: 1_000,
  latencyCalls: 3,
};
const whole: SpendFigures = { ...figures, calls: 4_828, costUsd: "4938" };

describe("formulaOf", () => {
  it.each<[Figure, string, string]>([
    ["costUsd", "1234.500000000000000001", "$1,234.500000000000000001 = the cost of 1,204 calls with a known cost, added up"],
    ["calls", "1207", "1,207 = calls, every attempt counted"],
    ["unpricedCalls", "3", "3 = calls whose cost nobody knows; they are in no amount, of 1,207 calls"],
    ["inputTokens", "2000000", "2,000,000 = input tokens, cached ones included, of 1,207 calls"],
    ["retryCostUsd", "2.5", "$2.5 = the cost of 7 attempts after a first one, added up"],
    ["costPerCall", "1.025332225913621262", "$1.025332225913621262 = $1,234.500000000000000001 (cost) ÷ 1,204 (calls with a known cost)"],
    ["costPer1kTokens", "0.514375", "$0.514375 = $1,234,500.000000000000001 (cost × 1,000) ÷ 2,400,000 (tokens of calls with a known cost)"],
    ["cacheHitRate", "0.25", "0.25 = 500,000 (input tokens read from cache) ÷ 2,000,000 (input tokens, cached ones included)"],
    ["errorRate", "0.009942", "0.009942 = 12 (attempts that failed) ÷ 1,207 (calls)"],
    ["meanLatencyMs", "333.333333", "333.333333 ms = 1,000 ms (time that calls took) ÷ 3 (calls that told how long they took)"],
    ["costShare", "0.25", "0.25 = $1,234.500000000000000001 (cost of the group) ÷ $4,938 (cost of everything in the scope)"],
    ["callShare", "0.25", "0.25 = 1,207 (calls of the group) ÷ 4,828 (calls of everything in the scope)"],
  ])("%s", (figure, value, sentence) => {
    expect(formulaOf(figure, figures, whole)).toMatchObject({ value, sentence });
  }); // prettier-ignore

  it("keeps the sign before the currency", () =>
    expect(formulaOf("costUsd", { ...nothing, costUsd: "-1234.5" }, nothing).sentence).toContain(
      "−$1,234.5 =",
    ));

  it.each(Figure.options)(
    "%s has an answer, and one that is not a zero in disguise, for no calls",
    (figure) => {
      const { value, numerator, denominator, sentence } = formulaOf(figure, nothing, nothing);
      expect(value).toBe(denominator === null ? "0" : null);
      expect((numerator === null) === (denominator === null)).toBe(true);
      expect(sentence).not.toMatch(/NaN|undefined|Infinity/);
      if (denominator) expect(sentence).toContain("nothing to divide by");
    },
  );

  it.each(Figure.options)("%s is what its own terms come to", (figure) => {
    const { value, numerator, denominator } = formulaOf(figure, figures, whole);
    if (!numerator || !denominator) return;
    expect(Number(value)).toBeCloseTo(Number(numerator.value) / Number(denominator.value), 5);
  });
});
