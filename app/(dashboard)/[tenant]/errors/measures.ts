import type { Measure } from "@/app/_components/charts/measures";
import type { SpendFigures } from "@/server/analytics/schemas";

/** Cost of attempts beyond the first, of those with a price. */
export const retryCostMeasure: Measure<SpendFigures> = {
  label: "Cost of retries",
  kind: "usd",
  sum: ({ retryCostUsd }) => retryCostUsd,
};
