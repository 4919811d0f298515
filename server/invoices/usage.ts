import type { Month } from "@/server/periods/schemas";
import { type TokenBucket, tokenBuckets } from "@/server/prices/buckets";
import { Usd } from "@/server/prices/decimal";
import type { UsageComponent } from "./plan-schemas";

/** What a statement has of an account, by kind, month that it is about, feature and model. Counts are decimal strings. */
export type UsageRow = Record<TokenBucket, string> & {
  kind: "usage" | "late" | "price";
  ofMonth: Month;
  feature: string;
  model: string;
  calls: string;
  costUsd: string;
  unpricedCalls: string;
};

export type Measure = "tokens" | "calls" | "cost";

export function measureOf(component: UsageComponent): Measure {
  switch (component.kind) {
    case "cost_plus":
      return "cost";
    case "per_token":
      return "tokens";
    case "per_call":
      return "calls";
    case "tiers":
      return component.measure;
  }
}

const holds = (list: readonly string[], value: string) => list.length === 0 || list.includes(value);

export function isOf(component: UsageComponent, { feature, model }: UsageRow): boolean {
  return holds(component.models, model) && holds(component.features, feature);
}

const zero = new Usd(0);

/** What a row adds to a component. Calls that were priced anew are no new calls: they add a cost alone. */
function measured(component: UsageComponent, row: UsageRow): Usd {
  const measure = measureOf(component);
  if (measure === "cost") return new Usd(row.costUsd);
  if (row.kind === "price") return zero;
  if (measure === "calls") return new Usd(row.calls);
  const chosen = "tokenClasses" in component ? component.tokenClasses : [];
  const classes: readonly TokenBucket[] = chosen.length > 0 ? chosen : tokenBuckets;
  return classes.reduce((sum, bucket) => sum.plus(row[bucket]), zero);
}

/** How much of the rows a component charges for: tokens, calls, or USD of cost. */
export function quantityOf(component: UsageComponent, rows: readonly UsageRow[]): Usd {
  return rows
    .filter((row) => isOf(component, row))
    .reduce((sum, row) => sum.plus(measured(component, row)), zero);
}
