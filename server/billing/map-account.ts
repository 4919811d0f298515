import { recordAudit } from "@/server/audit/record";
import { actorId, requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { DomainError } from "@/server/errors";
import { asked } from "./asked";
import { openProvider, type OpenProvider } from "./credentials";
import { deleteMapping, forgetDays, lockBilling, saveMapping } from "./queries";
import { requireConnection } from "./require-connection";
import { MapAccountInput, UnmapAccountInput } from "./schemas";

/**
 * Whom of Stripe's customers an account is. Hours of the account that nobody was billed for yet are billed from now on;
 * hours that somebody was billed for stay theirs.
 * @throws DomainError INVALID_INPUT when Stripe has no such customer; CONFLICT
 */
export async function mapAccount(
  ctx: Ctx,
  input: MapAccountInput,
  open: OpenProvider = openProvider,
): Promise<void> {
  requireRight(ctx.actor, "billing:write");
  const { accountId, customerId } = MapAccountInput.parse(input);
  const tenantId = ctx.tenant.id;
  const connection = await ctx.db.write((db) => requireConnection(db, tenantId));
  const { customers } = await asked(() => open(tenantId, connection, () => ctx.now).listCustomers());
  const customer = customers.find(({ id }) => id === customerId);
  if (!customer)
    throw new DomainError("INVALID_INPUT", "Stripe has no such customer in this mode.", {
      field: "customerId",
    });
  await ctx.db.write(async (db) => {
    await lockBilling(db, tenantId);
    const mapping = {
      accountId,
      customerId,
      name: customer.name,
      mappedBy: actorId(ctx.actor),
      mappedAt: ctx.now,
    };
    await saveMapping(db, tenantId, connection.id, mapping);
    await forgetDays(db, tenantId, connection.id);
    await recordAudit(db, ctx, {
      action: "billing.account-mapped",
      subject: accountId,
      after: { customerId },
    });
  });
}

/** Hours to come of the account are billed to nobody, and listed. @throws DomainError NOT_FOUND, CONFLICT */
export async function unmapAccount(ctx: Ctx, input: UnmapAccountInput): Promise<void> {
  requireRight(ctx.actor, "billing:write");
  const { accountId } = UnmapAccountInput.parse(input);
  const tenantId = ctx.tenant.id;
  await ctx.db.write(async (db) => {
    await lockBilling(db, tenantId);
    const connection = await requireConnection(db, tenantId);
    if (!(await deleteMapping(db, tenantId, connection.id, accountId)))
      throw new DomainError("NOT_FOUND", "This account is mapped to nobody.");
    await recordAudit(db, ctx, { action: "billing.account-unmapped", subject: accountId });
  });
}
