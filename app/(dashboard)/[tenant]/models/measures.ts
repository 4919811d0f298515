import { costPerCallMeasure, type Measure, measureOf } from "@/app/_components/charts/measures";
import { sumUsd } from "@/app/_format/money";
import type { SpendFigures } from "@/server/analytics/schemas";

/** Tokens of calls without a price are left out below as their cost is above. */
const costPer1kTokens: Measure<SpendFigures> = {
  label: "Cost per 1,000 tokens",
  kind: "unitUsd",
  sum: ({ costUsd }) => costUsd,
  per: ({ inputTokens, outputTokens, unpricedTokens }) =>
    (inputTokens + outputTokens - unpricedTokens) / 1_000,
};

const latency: Measure<SpendFigures> = {
  label: "Mean latency",
  kind: "ms",
  sum: ({ latencyMs }) => String(latencyMs),
  per: ({ latencyCalls }) => latencyCalls,
};

/** USD as a decimal string; null: no call has a price. */
export const costPerCallOf = (figures: SpendFigures) => measureOf(costPerCallMeasure, [figures]);
/** USD as a decimal string; null: no tokens of calls with a price. */
export const costPer1kTokensOf = (figures: SpendFigures) => measureOf(costPer1kTokens, [figures]);
/** Milliseconds as a decimal string; null: no call told its latency. */
export const meanLatencyOf = (figures: SpendFigures) => measureOf(latency, [figures]);

/** Of several groups together. */
export const costOf = (all: readonly SpendFigures[]) => sumUsd(all.map(({ costUsd }) => costUsd));
