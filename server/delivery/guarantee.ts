import type { RuleId, Severity } from "@/server/incidents/schemas";
import type { Guarantee } from "./schemas";

const ofBudgets: readonly RuleId[] = ["budget", "daily-pace", "forecast"];

/**
 * No channel lets a message be sent twice and arrive once, so one must choose: to lose one now and then, or to repeat one.
 * What is about a budget, and what is critical, is rather repeated.
 */
export function guaranteeOf(incident: { rule: RuleId; severity: Severity }): Guarantee {
  return incident.severity === "critical" || ofBudgets.includes(incident.rule)
    ? "at_least_once"
    : "at_most_once";
}
