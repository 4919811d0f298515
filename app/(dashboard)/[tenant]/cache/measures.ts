import type { Measure } from "@/app/_components/charts/measures";
import type { SpendFigures } from "@/server/analytics/schemas";

/** Input tokens that a provider's cache answered, of all input tokens. */
export const hitRateMeasure: Measure<SpendFigures> = {
  label: "Hit rate",
  kind: "share",
  sum: ({ cacheReadTokens }) => String(cacheReadTokens),
  per: ({ inputTokens }) => inputTokens,
};
