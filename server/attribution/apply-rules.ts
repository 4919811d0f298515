import type { CallInput } from "@/server/calls/schemas";
import { type Arrival, holds, ruleValue } from "./rule-value";
import { type AttributionRule, type SettableField, settableFields } from "./schemas";

/** Whether the rule may replace a value that was sent: only if one of its conditions is about that very field. */
export function overwrites(rule: Pick<AttributionRule, "conditions">, field: SettableField): boolean {
  return rule.conditions.some((condition) => condition.field === field);
}

const matches = (rule: AttributionRule, call: CallInput, arrival: Arrival) =>
  rule.conditions.every((condition) => holds(condition, ruleValue(call, arrival, condition.field)));

/** What the rules say of a call as it was sent; for each field the first rule that may set it. Null when nothing. */
function decide(
  rules: readonly AttributionRule[],
  call: CallInput,
  arrival: Arrival,
): Map<SettableField, string> | null {
  let decided: Map<SettableField, string> | null = null;
  for (const rule of rules) {
    if (!matches(rule, call, arrival)) continue;
    for (const field of settableFields) {
      const value = rule.sets[field];
      if (value === undefined || decided?.has(field)) continue;
      if (ruleValue(call, arrival, field) !== undefined && !overwrites(rule, field)) continue;
      decided ??= new Map();
      decided.set(field, value);
    }
  }
  return decided;
}

function withPrompt(prompt: CallInput["prompt"], id: string): CallInput["prompt"] {
  if (prompt?.id !== undefined) return { ...prompt, id };
  // A hash without an id was the prompt itself, and must not turn into its version.
  return prompt?.version === undefined ? { id } : { id, version: prompt.version };
}

/** The call with what the rules say of it; the same object if they say nothing. */
export function applyRules(rules: readonly AttributionRule[], call: CallInput, arrival: Arrival): CallInput {
  if (rules.length === 0) return call;
  const decided = decide(rules, call, arrival);
  const shares = call.shares && shareRules(rules, call, call.shares, arrival);
  if (!decided && shares === call.shares) return call;
  const { promptId, ...plain } = Object.fromEntries(decided ?? []);
  return {
    ...call,
    ...plain,
    ...(promptId !== undefined && { prompt: withPrompt(call.prompt, promptId) }),
    ...(shares && { shares }),
  };
}

type Shares = NonNullable<CallInput["shares"]>;
const shareFields = ["feature", "team", "accountId"] as const;

/** A share is a row of the ledger by itself: what it leaves out is as in the call, and the rules see it so. */
function shareRules(
  rules: readonly AttributionRule[],
  call: CallInput,
  shares: Shares,
  arrival: Arrival,
): Shares {
  const after = shares.map((share) => {
    const decided = decide(rules, { ...call, ...share }, arrival);
    const sets = shareFields.flatMap((field) => {
      const value = decided?.get(field);
      return value === undefined ? [] : [[field, value] as const];
    });
    return sets.length === 0 ? share : { ...share, ...Object.fromEntries(sets) };
  });
  return after.some((share, at) => share !== shares[at]) ? after : shares;
}
