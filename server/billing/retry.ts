import { recordAudit } from "@/server/audit/record";
import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { DomainError } from "@/server/errors";
import { findExport, renewExport } from "./export-queries";
import { requireConnection } from "./require-connection";
import { ExportInput } from "./schemas";
import { identifierOf, isTooLong } from "./window";

/**
 * Sends a refused row again, under a new name: Stripe remembers the old one, though it never counted it.
 * @throws DomainError NOT_FOUND; CONFLICT when it was not refused, or can only be refused
 */
export async function retryExport(ctx: Ctx, input: ExportInput): Promise<void> {
  requireRight(ctx.actor, "billing:write");
  const { id } = ExportInput.parse(input);
  const tenantId = ctx.tenant.id;
  await ctx.db.write(async (db) => {
    const row = await findExport(db, tenantId, id);
    if (!row) throw new DomainError("NOT_FOUND", "There is no such hour of usage.");
    const connection = await requireConnection(db, tenantId);
    if (row.connectionId !== connection.id)
      throw new DomainError(
        "CONFLICT",
        "This hour belongs to an account of Stripe's that is not connected now.",
      );
    if (row.state !== "refused" || isTooLong(row.value))
      throw new DomainError(
        "CONFLICT",
        "Only what Stripe refused, and could take another time, is sent again.",
      );
    const generation = row.generation + 1;
    const identifier = identifierOf({ ...row, generation });
    await renewExport(db, tenantId, id, { identifier, generation, now: ctx.now });
    await recordAudit(db, ctx, { action: "billing.export-retried", subject: id, after: { identifier } });
  });
}
