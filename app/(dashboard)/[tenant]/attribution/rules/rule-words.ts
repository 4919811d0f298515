import {
  type NamedRuleField,
  type RuleCondition,
  ruleFields,
  type SettableField,
} from "@/server/attribution/schemas";

export const fieldLabels: Record<NamedRuleField, string> = {
  feature: "feature",
  userId: "user",
  accountId: "account",
  team: "team",
  environment: "environment",
  promptId: "prompt",
  promptVersion: "prompt version",
  route: "route",
  region: "region",
  model: "model",
  provider: "provider",
  source: "source",
  keyId: "API key",
};

export const settableLabels: Record<SettableField, string> = {
  feature: "feature",
  team: "team",
  environment: "environment",
  accountId: "account",
  promptId: "prompt",
};

export const operatorLabels: Record<RuleCondition["op"], string> = {
  is: "is",
  isNot: "is not",
  startsWith: "starts with",
  isMissing: "is missing",
};

export const isNamed = (field: string): field is NamedRuleField =>
  (ruleFields as readonly string[]).includes(field);

interface ConditionWords {
  field: string;
  operator: string;
  /** Null: the operator needs none. */
  value: string | null;
}

/** @param keyNames names of API keys by id, as far as the reader may know them */
export function conditionWords(
  condition: RuleCondition,
  keyNames: ReadonlyMap<string, string>,
): ConditionWords {
  const { field, op } = condition;
  const value = op === "isMissing" ? null : condition.value;
  return {
    field: isNamed(field) ? fieldLabels[field] : `tag ${field.slice("tags.".length)}`,
    operator: operatorLabels[op],
    value: field === "keyId" && value !== null ? (keyNames.get(value) ?? value) : value,
  };
}
