import type { RuleId } from "@/server/incidents/schemas";

/** What messages call a rule. */
export const ruleNames = {
  "week-over-week": "Week over week",
  "day-over-mean": "Day above its mean",
  "hour-out-of-band": "Hour outside its band",
  spike: "Spike",
  budget: "Budget",
  "daily-pace": "Daily pace of the budget",
  forecast: "Forecast above the budget",
  "call-outlier": "Outlying call",
  "user-runaway": "Runaway user",
  "retry-rate": "Retry rate",
  "cost-without-traffic": "Cost without traffic",
  "latency-cost": "Latency and cost",
  "cache-hit-rate": "Cache hit rate",
  "unattributed-share": "Unattributed share",
  "unpriced-model": "Model without a price",
  "silent-source": "Silent source",
  "reconciliation-gap": "Gap to the provider's bill",
  loop: "Loop",
} satisfies Record<RuleId, string>;
