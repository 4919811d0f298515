import type { FigureKind } from "@/app/_format/figures";
import type { Outputs } from "@/app/_trpc/client";
import type { Figure } from "@/server/analytics/explain/explain-schemas";

type Explained = Outputs["reports"]["explain"];

/** What a figure is called where it stands by itself. */
export const figureLabels: Record<Figure, string> = {
  costUsd: "Cost",
  calls: "Calls",
  inputTokens: "Input tokens",
  outputTokens: "Output tokens",
  cacheReadTokens: "Cache read tokens",
  cacheWriteTokens: "Cache write tokens",
  reasoningTokens: "Reasoning tokens",
  unpricedCalls: "Unpriced calls",
  unpricedTokens: "Unpriced tokens",
  partialCalls: "Partly priced calls",
  estimatedCalls: "Estimated calls",
  reportedCalls: "Calls with a reported cost",
  errorCalls: "Failed calls",
  retryCalls: "Retries",
  retryCostUsd: "Cost of retries",
  latencyMs: "Total latency",
  latencyCalls: "Calls with a latency",
  costPerCall: "Cost per call",
  costPer1kTokens: "Cost per 1,000 tokens",
  tokensPerCall: "Tokens per call",
  inputTokensPerCall: "Input tokens per call",
  outputTokensPerCall: "Output tokens per call",
  cacheHitRate: "Cache hit rate",
  errorRate: "Error rate",
  retryRate: "Share of calls that are retries",
  retryCostShare: "Share of cost spent on retries",
  unpricedShare: "Share of calls without a price",
  meanLatencyMs: "Mean latency",
  costShare: "Share of cost",
  callShare: "Share of calls",
};

/** How it is written: a cost by itself to the cent, the cost of one thing with more digits. */
export function kindOf({ formula }: Pick<Explained, "formula">): FigureKind {
  switch (formula.unit) {
    case "usd":
      return formula.denominator === null ? "usd" : "unitUsd";
    case "fraction":
      return "share";
    default:
      return formula.unit;
  }
}
