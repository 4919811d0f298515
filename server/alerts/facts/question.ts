import type { Budget } from "@/server/budgets/schemas";
import type { RuleId } from "@/server/incidents/schemas";
import type { Settings } from "../settings";

/** What some rules want to look at. */
export interface FactsQuestion {
  rules: readonly RuleId[];
  settings: Settings;
  /** The instants of the first and the last judgement. */
  first: Date;
  last: Date;
  /** Those in force at the last. */
  budgets: readonly Budget[];
  /** Of each budget's month, USD as a decimal string. */
  forecasts?: ReadonlyMap<string, string> | undefined;
}
