import { Prisma } from "@/prisma/generated/client";
import type { Measure } from "@/server/rollups/shape";
import { SpendFigures } from "./schemas";

/** The measures that each figure adds up. */
const figureOf = {
  calls: ["calls"],
  inputTokens: [
    "fresh_input_tokens",
    "cache_read_tokens",
    "cache_write_5m_tokens",
    "cache_write_1h_tokens",
    "audio_input_tokens",
  ],
  outputTokens: ["visible_output_tokens", "reasoning_tokens", "audio_output_tokens"],
  cacheReadTokens: ["cache_read_tokens"],
  costUsd: ["cost_usd"],
  unpricedCalls: ["unpriced_calls"],
  unpricedTokens: ["unpriced_tokens"],
  partialCalls: ["partial_calls"],
  estimatedCalls: ["estimated_calls"],
  reportedCalls: ["reported_calls"],
  errorCalls: ["error_calls"],
  retryCalls: ["retry_calls"],
  retryCostUsd: ["retry_cost_usd"],
  reasoningTokens: ["reasoning_tokens"],
  cacheWriteTokens: ["cache_write_5m_tokens", "cache_write_1h_tokens"],
  latencyMs: ["latency_ms"],
  latencyCalls: ["latency_calls"],
} as const satisfies Record<keyof SpendFigures, readonly Measure[]>;

export const figureNames = Object.keys(figureOf) as (keyof SpendFigures)[];

/** Of no calls. */
export const noFigures = SpendFigures.parse(
  Object.fromEntries(
    figureNames.map((name) => [name, name === "costUsd" || name === "retryCostUsd" ? "0" : 0]),
  ),
);

/** 1.500000000000000000 → 1.5: the same amount, as people write it. */
export const plainUsd = (text: string) => (text.includes(".") ? text.replace(/\.?0+$/, "") : text);

/** A figure summed over rows of roll-ups. */
export const sumOf = (name: keyof SpendFigures, condition?: string) =>
  `coalesce(sum(${figureOf[name].join(" + ")})${condition === undefined ? "" : ` FILTER (WHERE ${condition})`}, 0)`;

/**
 * Select list of every figure as text, named as SpendFigures (after `prefix`).
 * @param condition which rows count
 */
export function figuresSql(prefix = "", condition?: string): Prisma.Sql {
  return Prisma.raw(
    figureNames.map((name) => `${sumOf(name, condition)}::text AS "${prefix}${name}"`).join(", "),
  );
}

/** Amounts as people write them. */
export const tidyFigures = <T extends Pick<SpendFigures, "costUsd" | "retryCostUsd">>(figures: T): T => ({
  ...figures,
  costUsd: plainUsd(figures.costUsd),
  retryCostUsd: plainUsd(figures.retryCostUsd),
});
