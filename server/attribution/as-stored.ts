import { DomainError } from "@/server/errors";
import { pseudonymise } from "@/server/privacy/pseudonym";
import type { RuleCondition, TenantPolicy } from "./schemas";

function oneAsStored(policy: TenantPolicy, tenantId: string, condition: RuleCondition): RuleCondition {
  if (condition.field !== "userId" || condition.op === "isMissing" || policy.pseudonymSalt === null)
    return condition;
  if (condition.op === "startsWith") {
    throw new DomainError("INVALID_INPUT", "User ids are pseudonyms here, whose beginnings mean nothing.", {
      field: "conditions",
    });
  }
  return { ...condition, value: pseudonymise(policy, tenantId, condition.value) };
}

/** Rules speak of what the ledger holds: where that is pseudonyms, so must they. @throws DomainError INVALID_INPUT */
export function asStored(
  policy: TenantPolicy,
  tenantId: string,
  conditions: readonly RuleCondition[],
): RuleCondition[] {
  return conditions.map((condition) => oneAsStored(policy, tenantId, condition));
}
