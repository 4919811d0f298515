import type { AuditFacts } from "@/server/audit/chain";
import type { RuleCondition, RuleField } from "./schemas";
import type { RuleVersion } from "./queries";

/** The audit log can forget nobody, so what may name a person stays out of it; the rule's own row can. */
const mayNameSomebody = (field: RuleField) =>
  field === "userId" || field === "accountId" || field.startsWith("tags.");

function conditionText(condition: RuleCondition): string {
  const { field, op } = condition;
  if (condition.op === "isMissing" || mayNameSomebody(field)) return `${field} ${op}`;
  return `${field} ${op} ${condition.value}`;
}

/** A version of a rule as the audit log tells it. */
export function auditRule(rule: RuleVersion): AuditFacts {
  const { accountId, ...sets } = rule.sets;
  return {
    name: rule.name,
    version: rule.version,
    position: rule.position,
    conditions: rule.conditions.map(conditionText),
    sets: { ...sets, ...(accountId !== undefined && { accountId: "(not noted)" }) },
    retired: rule.retired,
  };
}
