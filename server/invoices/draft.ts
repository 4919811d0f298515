import { randomUUID } from "node:crypto";
import type { Ctx } from "@/server/context";
import type { Db } from "@/server/db";
import { computeInvoice, type ManualLine } from "./compute";
import { loadUsage } from "./load-usage";
import { partiesNow } from "./outdated";
import { decideBilling } from "./parties";
import { planCache } from "./plan-cache";
import { type DraftToSave, saveDraft } from "./save-queries";
import { loadSettings } from "./settings";
import type { StatementHead } from "@/server/statements/schemas";

export interface DraftOf {
  accountId: string;
  /** The draft that is made anew; undefined: a new one. */
  id?: string | undefined;
  replaces?: string | null;
  manual: readonly ManualLine[];
}

export type Drafted = { id: string } | { id: null; reason: "no_plan" | "not_billed" | "nothing" };

/**
 * Makes or remakes drafts of a month from its frozen statement, for accounts that were chosen, in the caller's transaction,
 * which holds the books.
 * @returns by account what became of it; `nothing`: there is nothing to bill
 */
export async function draftAccounts(
  db: Db,
  ctx: Ctx,
  { month, revision }: Pick<StatementHead, "month" | "revision">,
  drafts: readonly DraftOf[],
  by: string,
): Promise<Map<string, Drafted>> {
  const { id: tenantId } = ctx.tenant;
  const accountIds = drafts.map(({ accountId }) => accountId);
  const settings = await loadSettings(db, ctx, accountIds);
  const planOf = planCache(db, tenantId);
  const usageOf = await loadUsage(db, { tenantId, month, revision }, accountIds, planOf);
  const made = new Map<string, Drafted>();
  for (const { accountId, id, replaces = null, manual } of drafts) {
    const billing = decideBilling(settings.accounts.get(accountId), settings.issuer.defaultPlanId, month);
    if (billing.planId === null) {
      made.set(accountId, { id: null, reason: billing.reason });
      continue;
    }
    const plan = await planOf(billing.planId);
    const { usage, corrected } = usageOf(accountId);
    const { tax } = settings.accounts.get(accountId)?.details ?? { tax: null };
    const computed = computeInvoice({ month, terms: plan.terms, tax, usage, corrected: await corrected(plan.terms), manual }); // prettier-ignore
    if (usage.length === 0 && computed.lines.every(({ kind }) => kind === "tax")) {
      made.set(accountId, { id: null, reason: "nothing" });
      continue;
    }
    const draft: DraftToSave = {
      id: id ?? randomUUID(),
      month,
      statementRevision: revision,
      accountId,
      plan,
      ...partiesNow(settings, accountId, plan.terms.tax),
      replaces,
      computed,
      by,
      at: ctx.now,
    };
    await saveDraft(db, tenantId, draft);
    made.set(accountId, { id: draft.id });
  }
  return made;
}
