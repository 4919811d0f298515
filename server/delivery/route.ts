import type { RuleId, Severity } from "@/server/incidents/schemas";
import type { Routes } from "./schemas";

export interface Routed {
  rule: RuleId;
  severity: Severity;
  /** Who spent on the subject; empty where that is nobody's. */
  teams: readonly string[];
}

const passes = <T>(allowed: readonly T[], of: readonly T[]) =>
  allowed.length === 0 || of.some((one) => allowed.includes(one));

/** Whether an incident goes to a destination with these routes. */
export function goesTo(routes: Routes, { rule, severity, teams }: Routed): boolean {
  return passes(routes.rules, [rule]) && passes(routes.severities, [severity]) && passes(routes.teams, teams);
}
