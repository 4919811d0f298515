import type { CallInput } from "@/server/calls/schemas";
import { matchModel } from "@/server/prices/match-model";
import type { NamedRuleField, RuleCondition, RuleField } from "./schemas";

/** What is known of a call besides what its sender says. */
export interface Arrival {
  source: string;
  keyId: string | null;
}

type Value = string | undefined;

/** Each field as the ledger will hold it, so that a rule finds the same calls at ingest and in the past. */
const valueOf: Record<NamedRuleField, (call: CallInput, arrival: Arrival) => Value> = {
  feature: (call) => call.feature,
  userId: (call) => call.userId,
  accountId: (call) => call.accountId,
  team: (call) => call.team,
  environment: (call) => call.environment,
  promptId: ({ prompt }) => prompt?.id ?? prompt?.hash,
  promptVersion: ({ prompt }) => prompt?.version ?? (prompt?.id === undefined ? undefined : prompt.hash),
  route: (call) => call.route,
  region: (call) => call.region,
  model: (call) => call.model,
  provider: (call) => call.provider ?? matchModel("", call.model ?? "")?.provider,
  source: (_call, { source }) => source,
  keyId: (_call, { keyId }) => keyId ?? undefined,
};

const isFree = (field: RuleField): field is `tags.${string}` => field.startsWith("tags.");

export function ruleValue(call: CallInput, arrival: Arrival, field: RuleField): Value {
  if (!isFree(field)) return valueOf[field](call, arrival);
  const key = field.slice("tags.".length);
  return call.tags && Object.hasOwn(call.tags, key) ? call.tags[key] : undefined;
}

export function holds(condition: RuleCondition, value: Value): boolean {
  switch (condition.op) {
    case "is":
      return value === condition.value;
    case "isNot":
      return value !== condition.value;
    case "startsWith":
      return value?.startsWith(condition.value) ?? false;
    case "isMissing":
      return value === undefined;
  }
}
