import { Decimal } from "decimal.js";
import {
  callsMeasure,
  costMeasure,
  costPerCallMeasure,
  type Measure,
} from "@/app/_components/charts/measures";
import type { SpendFigures } from "@/server/analytics/schemas";
import type { RuleId } from "@/server/incidents/schemas";
import { hitRateMeasure } from "../../cache/measures";

const repeatsMeasure: Measure<SpendFigures> = {
  label: "Share of repeats",
  kind: "share",
  sum: ({ retryCalls }) => String(retryCalls),
  per: ({ calls }) => calls,
};
const latencyMeasure: Measure<SpendFigures> = {
  label: "Mean latency",
  kind: "ms",
  sum: ({ latencyMs }) => String(latencyMs),
  per: ({ latencyCalls }) => latencyCalls,
};
/** As the rule compares it: means of a call, multiplied. */
const latencyCostMeasure: Measure<SpendFigures> = {
  label: "Latency × cost of a call, $·ms",
  kind: "count",
  sum: ({ costUsd, latencyMs }) => new Decimal(costUsd).times(latencyMs).toFixed(),
  per: ({ calls, unpricedCalls, latencyCalls }) => (calls - unpricedCalls) * latencyCalls,
};
const unpricedMeasure: Measure<SpendFigures> = {
  label: "Calls without a price",
  kind: "count",
  sum: ({ unpricedCalls }) => String(unpricedCalls),
};

const known = {
  cost: { name: "Cost", measure: costMeasure },
  calls: { name: "Calls", measure: callsMeasure },
  perCall: { name: "Per call", measure: costPerCallMeasure },
  latency: { name: "Latency", measure: latencyMeasure },
  latencyCost: { name: "Both", measure: latencyCostMeasure },
  hitRate: { name: "Cache", measure: hitRateMeasure },
  repeats: { name: "Repeats", measure: repeatsMeasure },
  unpriced: { name: "Unpriced", measure: unpricedMeasure },
} as const satisfies Record<string, { name: string; measure: Measure<SpendFigures> }>;
export type Drawn = keyof typeof known;
export const drawnOf = (drawn: Drawn) => known[drawn];

/** What the rule looks at stands first, then what else helps to understand it. */
export function drawnBy(rule: RuleId): readonly Drawn[] {
  switch (rule) {
    case "retry-rate":
      return ["repeats", "cost", "calls"];
    case "cost-without-traffic":
      return ["perCall", "cost", "calls"];
    case "latency-cost":
      return ["latencyCost", "perCall", "latency"];
    case "cache-hit-rate":
      return ["hitRate", "cost", "calls"];
    case "unattributed-share":
    case "silent-source":
      return ["calls", "cost"];
    case "unpriced-model":
      return ["unpriced", "calls"];
    default:
      return ["cost", "calls", "perCall"];
  }
}
