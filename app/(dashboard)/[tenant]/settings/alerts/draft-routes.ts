import type { RuleId, Severity } from "@/server/incidents/schemas";
import { ruleNames } from "@/server/delivery/rule-names";
import type { Routes } from "@/server/delivery/schemas";

/** Routes as a form holds them: teams as somebody types them. */
export interface DraftRoutes {
  teams: string;
  severities: readonly Severity[];
  rules: readonly RuleId[];
}

export const draftOf = ({ teams, severities, rules }: Routes): DraftRoutes => ({
  teams: teams.join(", "),
  severities,
  rules,
});

/** Names between commas or on lines of their own; each once. */
export function routesOf({ teams, severities, rules }: DraftRoutes): Routes {
  const names = teams.split(/[,\n]/).map((name) => name.trim());
  return {
    teams: [...new Set(names.filter((name) => name !== ""))],
    severities: [...severities],
    rules: [...rules],
  };
}

/** With or without one of a list. */
export function toggled<T>(list: readonly T[], one: T, isIn: boolean): T[] {
  const others = list.filter((other) => other !== one);
  return isIn ? [...others, one] : others;
}

/** "team search or sales, critical, budget"; "every incident". */
export function routesInWords({ teams, severities, rules }: Routes): string {
  const parts = [
    teams.length > 0 && `${teams.length === 1 ? "team" : "teams"} ${teams.join(", ")}`,
    severities.length > 0 && severities.join(" or "),
    rules.length > 0 && rules.map((rule) => ruleNames[rule].toLowerCase()).join(", "),
  ];
  const said = parts.filter((part) => part !== false);
  return said.length === 0 ? "every incident" : said.join(" · ");
}
