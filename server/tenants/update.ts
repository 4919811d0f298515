import { recordAudit } from "@/server/audit/record";
import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { DomainError } from "@/server/errors";
import { databaseKnowsZone, lockTenant, type TenantFacts, updateTenantRow } from "./queries";
import { UpdateTenantInput } from "./schemas";

/**
 * Changes the tenant's name, reporting zone or latency buffer. Another zone cuts other days: they are rebuilt after this.
 * @throws DomainError INVALID_INPUT for a zone that Postgres does not know
 */
export async function updateTenant(ctx: Ctx, input: UpdateTenantInput): Promise<TenantFacts> {
  requireRight(ctx.actor, "tenant:write");
  const changes = UpdateTenantInput.parse(input);
  const { before, after } = await ctx.db.write(async (db) => {
    const before = await lockTenant(db, ctx.tenant.id);
    if (!before) throw new DomainError("NOT_FOUND", "There is no such tenant.");
    const after: TenantFacts = { ...before, ...changes };
    if (after.timeZone !== before.timeZone && !(await databaseKnowsZone(db, after.timeZone))) {
      throw new DomainError("INVALID_INPUT", "This time zone is not known here.", { field: "timeZone" });
    }
    await updateTenantRow(db, ctx.tenant.id, after);
    await recordAudit(db, ctx, {
      action: "tenant.updated",
      subject: ctx.tenant.id,
      before: { ...before },
      after: { ...after },
    });
    return { before, after };
  });
  if (after.timeZone !== before.timeZone) {
    await ctx.emit({ name: "tenant/zone-changed", data: { tenantId: ctx.tenant.id } });
  }
  return after;
}
