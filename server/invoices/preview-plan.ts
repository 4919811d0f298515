import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { Usd } from "@/server/prices/decimal";
import { computeInvoice } from "./compute";
import type { PlanPreview } from "./documents";
import { loadUsage } from "./load-usage";
import { monthsWithBooks } from "./month-queries";
import { customerOf } from "./parties";
import { planCache } from "./plan-cache";
import { PreviewPlanInput } from "./plan-schemas";
import { loadSettings } from "./settings";
import { statementInForce } from "./statement-query";
import { costByAccount } from "./usage-queries";

/** Accounts of one answer; sums are of all. */
const shown = 100;
const atOnce = 200;

/**
 * What accounts of a closed month would be billed by a plan that nobody has saved, the dearest first; whichever plan they have.
 * Fees of accounts without calls are not in it.
 * @returns null where no month is closed, or the one that was asked for is not
 */
export async function previewPlan(ctx: Ctx, input: PreviewPlanInput): Promise<PlanPreview | null> {
  requireRight(ctx.actor, "reports:read");
  const { terms, month: asked } = PreviewPlanInput.parse(input);
  const { id: tenantId } = ctx.tenant;
  return ctx.db.read(async (db) => {
    for (const month of asked === undefined ? await monthsWithBooks(db, tenantId) : [asked]) {
      const statement = await statementInForce(db, tenantId, month);
      if (!statement) continue;
      const key = { tenantId, month, revision: statement.revision };
      const accountIds = (await costByAccount(db, key)).flatMap(({ accountId }) => accountId || []);
      const planOf = planCache(db, tenantId);
      const accounts: PlanPreview["accounts"] = [];
      for (let at = 0; at < accountIds.length; at += atOnce) {
        const batch = accountIds.slice(at, at + atOnce);
        const settings = await loadSettings(db, ctx, batch);
        const usageOf = await loadUsage(db, key, batch, planOf);
        for (const accountId of batch) {
          const { usage, corrected } = usageOf(accountId);
          const details = settings.accounts.get(accountId)?.details;
          const { costUsd, netUsd, lines } = computeInvoice({ month, terms, tax: details?.tax ?? null, usage, corrected: await corrected(terms), manual: [] }); // prettier-ignore
          const { name } = customerOf(accountId, details);
          accounts.push({ accountId, customerName: name, costUsd, netUsd, lines });
        }
      }
      accounts.sort((one, other) => new Usd(other.netUsd).comparedTo(one.netUsd));
      const sum = (name: "costUsd" | "netUsd") =>
        accounts.reduce((total, account) => total.plus(account[name]), new Usd(0));
      return {
        month,
        accounts: accounts.slice(0, shown),
        count: accounts.length,
        costUsd: sum("costUsd").toFixed(18),
        netUsd: sum("netUsd").toFixed(2),
      };
    }
    return null;
  });
}
