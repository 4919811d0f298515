import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { currentTenantBook } from "@/server/contracts/load-tenant-book";
import { Usd } from "@/server/prices/decimal";
import { decide } from "./decide";
import { periodStarts } from "./decide-together";
import { estimate } from "./estimate";
import { measured } from "./measure";
import { pinned } from "./pinned";
import { keyOf, loadAccounts, loadRuns, readSettings } from "./queries";
import { CheckInput, type Decision, type GateSettings } from "./schemas";
import { subjectsOf } from "./subjects";

export interface CheckAnswer extends Decision {
  /** Of every budget that the call comes under; decimal strings, USD. */
  budgets: {
    budgetId: string;
    subject: { kind: string; key: string };
    period: "month" | "day";
    enforcement: "ask" | "deny" | null;
    limitUsd: string;
    spentUsd: string;
    heldUsd: string;
    /** Never less than nothing. */
    leftUsd: string;
  }[];
  whenUnreachable: GateSettings["whenUnreachable"];
}

/**
 * What the gate would say of a call now, and what is left of each budget. Holds nothing, and counts for no loop.
 * @throws DomainError INVALID_INPUT
 */
export async function check(ctx: Ctx, input: CheckInput): Promise<CheckAnswer> {
  requireRight(ctx.actor, "gate:use");
  const asked = pinned(ctx.actor, CheckInput.parse(input));
  const book = await currentTenantBook(ctx);
  const cost = estimate(book, asked.estimate, asked.feature ?? null, ctx.now);
  const { id: tenantId } = ctx.tenant;
  return ctx.db.read(async (db) => {
    const stored = await loadAccounts(db, tenantId, subjectsOf(asked), periodStarts(ctx));
    const anew = new Map((await measured(db, ctx, stored)).map((account) => [keyOf(account), account]));
    const accounts = stored.map((account) => anew.get(keyOf(account)) ?? account);
    const runs = await loadRuns(db, tenantId, asked.run ? [asked.run.id] : []);
    const settings = await readSettings(db, tenantId);
    const decision = decide(
      {
        estimateUsd: cost.usd,
        estimateTokens: cost.tokens,
        model: cost.model,
        acknowledged: false,
        accounts,
        run: asked.run ? (runs.get(asked.run.id) ?? null) : null,
        pace: { loopPerMinute: null, usdPerMinute: new Usd(0) },
      },
      settings,
    );
    return {
      ...decision,
      budgets: accounts.map(({ budgetId, subject, period, enforcement, limitUsd, spentUsd, heldUsd }) => ({
        budgetId,
        subject,
        period,
        enforcement,
        limitUsd: limitUsd.toFixed(),
        spentUsd: spentUsd.toFixed(),
        heldUsd: heldUsd.toFixed(),
        leftUsd: Usd.max(limitUsd.minus(spentUsd).minus(heldUsd), 0).toFixed(),
      })),
      whenUnreachable: settings.whenUnreachable,
    };
  });
}
