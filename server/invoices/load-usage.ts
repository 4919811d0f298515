import type { Db } from "@/server/db";
import type { CorrectedMonth } from "./correct";
import { plansOfMonths } from "./invoice-queries";
import type { PlanOf } from "./plan-cache";
import type { PlanTerms } from "./plan-schemas";
import type { UsageRow } from "./usage";
import { statedBefore, type StatementKey, statementUsage } from "./usage-queries";

export interface AccountUsage {
  usage: UsageRow[];
  /** @param terms of months without an invoice */
  corrected: (terms: PlanTerms) => Promise<CorrectedMonth[]>;
}

/** What a statement has of these accounts, with what was known of the months that it corrects: all of it frozen. */
export async function loadUsage(
  db: Db,
  key: StatementKey,
  accountIds: readonly string[],
  planOf: PlanOf,
): Promise<(accountId: string) => AccountUsage> {
  const byAccount = await statementUsage(db, key, accountIds);
  const isCorrection = ({ kind }: UsageRow) => kind !== "usage";
  const months = [
    ...new Set(
      [...byAccount.values()]
        .flat()
        .filter(isCorrection)
        .map(({ ofMonth }) => ofMonth),
    ),
  ].sort();
  const before = await statedBefore(db, key, months, accountIds);
  const plans = await plansOfMonths(db, key.tenantId, months, accountIds);
  return (accountId) => {
    const usage = byAccount.get(accountId) ?? [];
    const ofAccount = new Set(usage.filter(isCorrection).map(({ ofMonth }) => ofMonth));
    return {
      usage,
      corrected: async (terms) => {
        const corrected: CorrectedMonth[] = [];
        for (const month of months.filter((other) => ofAccount.has(other))) {
          const plan = plans.find((other) => other.accountId === accountId && other.month === month);
          corrected.push({
            month,
            before: (before.get(accountId) ?? []).filter(({ ofMonth }) => ofMonth === month),
            terms: plan ? (await planOf(plan.planId, plan.version)).terms : terms,
          });
        }
        return corrected;
      },
    };
  };
}
