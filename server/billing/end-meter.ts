import { recordAudit } from "@/server/audit/record";
import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { DomainError } from "@/server/errors";
import { endMeterRow, findMeter, lockBilling } from "./queries";
import { MeterInput } from "./schemas";
import { hourMs, hourOf } from "./window";

/** No hour after this one is billed by the meter; those before still are, and are still corrected. @throws DomainError NOT_FOUND */
export async function endMeter(ctx: Ctx, input: MeterInput): Promise<void> {
  requireRight(ctx.actor, "billing:write");
  const { id } = MeterInput.parse(input);
  const tenantId = ctx.tenant.id;
  await ctx.db.write(async (db) => {
    await lockBilling(db, tenantId);
    const meter = await findMeter(db, tenantId, id);
    if (!meter) throw new DomainError("NOT_FOUND", "There is no such meter.");
    if (meter.endsAt) return;
    const endsAt = new Date(hourOf(ctx.now).getTime() + hourMs);
    await endMeterRow(db, tenantId, id, endsAt);
    await recordAudit(db, ctx, {
      action: "billing.meter-ended",
      subject: id,
      after: { endsAt: endsAt.toISOString() },
    });
  });
}
