import { createLoader, createSerializer, parseAsString, parseAsStringLiteral } from "nuqs/server";
import { settableFields, type SettableField } from "@/server/attribution/schemas";
import { type RuleOrigin, ruleOrigins } from "../origin";

/** What a new rule begins with: where the table of unattributed dollars was clicked. */
const newRuleParams = {
  field: parseAsStringLiteral(ruleOrigins),
  value: parseAsString,
  sets: parseAsStringLiteral(settableFields),
};

export const loadNewRuleParams = createLoader(newRuleParams);
const serialize = createSerializer(newRuleParams);

export interface AskedRule {
  field: RuleOrigin;
  value: string;
  sets: SettableField;
}

export function newRuleHref(slug: string, asked: AskedRule): string {
  return serialize(`/${slug}/attribution/rules`, asked);
}
