import type { AuditFacts } from "@/server/audit/chain";
import type { Budget } from "./schemas";

/** What the log says of a budget. Whom it is for may be a person, and what was noted may name one: neither is in it. */
export function auditedFacts({
  subject,
  period,
  amountUsd,
  thresholds,
  enforcement,
  ownerId,
}: Budget): AuditFacts {
  const isPerson = subject.kind === "user" || subject.kind === "account";
  return {
    subjectKind: subject.kind,
    ...(!isPerson && { subjectKey: subject.key }),
    period,
    amountUsd,
    thresholds: [...thresholds],
    enforcement,
    ownerId,
  };
}
