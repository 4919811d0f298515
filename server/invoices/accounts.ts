import { recordAudit } from "@/server/audit/record";
import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import type { Db } from "@/server/db";
import { DomainError } from "@/server/errors";
import { holdBooks } from "@/server/periods/hold-books";
import { accountsAfter, deleteSettings, saveSetting } from "./account-queries";
import { findPlan } from "./plan-queries";
import { requireBiller } from "./requirements";
import { AccountInput, CustomerDetails, ListAccountsInput, SaveAccountInput } from "./schemas";

/** Accounts of statements in force and those that somebody has said something of, by id, and how each is billed. */
export async function listAccounts(ctx: Ctx, input: ListAccountsInput) {
  requireRight(ctx.actor, "reports:read");
  const { search, cursor, limit } = ListAccountsInput.parse(input);
  const rows = await ctx.db.read((db) =>
    accountsAfter(db, ctx.tenant.id, { search, after: cursor ?? null, limit: limit + 1 }),
  );
  const shown = rows.slice(0, limit);
  return {
    accounts: shown.map(({ isBilled, details, ...account }) => ({
      ...account,
      isBilled: isBilled ?? true,
      details: details ?? CustomerDetails.parse({}),
      /** Whether somebody has said anything of it. */
      isKnown: details !== null,
    })),
    nextCursor: rows.length > limit ? (shown.at(-1)?.accountId ?? null) : null,
  };
}

/** @throws DomainError INVALID_INPUT */
export async function requirePlan(db: Db, tenantId: string, id: string | null, field: string): Promise<void> {
  if (id === null) return;
  const plan = await findPlan(db, tenantId, id, undefined);
  if (plan?.retiredAt !== null)
    throw new DomainError("INVALID_INPUT", "There is no such rate plan, or it is retired.", { field });
}

/** By which plan an account is billed, and what its invoices say of it. @throws DomainError INVALID_INPUT */
export async function saveAccount(ctx: Ctx, input: SaveAccountInput): Promise<void> {
  const by = requireBiller(ctx);
  const setting = SaveAccountInput.parse(input);
  const { accountId, planId, isBilled, billFrom, billThrough, details } = setting;
  await ctx.db.write(async (db) => {
    await holdBooks(db, ctx);
    await requirePlan(db, ctx.tenant.id, planId, "planId");
    await saveSetting(db, ctx.tenant.id, setting, { by, at: ctx.now });
    const { tax, dueDays } = details;
    await recordAudit(db, ctx, {
      action: "billing-details.saved",
      subject: accountId,
      after: { planId, isBilled, billFrom, billThrough, dueDays, tax: tax?.kind ?? null },
    });
  });
}

/** Back to the default plan, under its own id. @throws DomainError NOT_FOUND */
export async function forgetAccount(ctx: Ctx, input: AccountInput): Promise<void> {
  requireBiller(ctx);
  const { accountId } = AccountInput.parse(input);
  await ctx.db.write(async (db) => {
    await holdBooks(db, ctx);
    if (!(await deleteSettings(db, ctx.tenant.id, [accountId])))
      throw new DomainError("NOT_FOUND", "Nobody has said anything of this account.");
    await recordAudit(db, ctx, { action: "billing-details.forgotten", subject: accountId });
  });
}
