import { randomUUID } from "node:crypto";
import { recordAudit } from "@/server/audit/record";
import { actorId, requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { DomainError } from "@/server/errors";
import { asked } from "./asked";
import { openProvider, type OpenProvider } from "./credentials";
import { forgetDays, insertMeter, listMeterRows, lockBilling } from "./queries";
import { requireConnection } from "./require-connection";
import { AddMeterInput, maxMeters } from "./schemas";
import { dayMs, hourMs, hourOf } from "./window";

/**
 * Bills a measure of the ledger by a meter of Stripe's, from an hour on. Only meters that add up what they are sent: where
 * the last value of an hour wins, or events are counted, a difference could not be billed.
 * @throws DomainError INVALID_INPUT, CONFLICT; UNAVAILABLE when Stripe does not say
 */
export async function addMeter(
  ctx: Ctx,
  input: AddMeterInput,
  open: OpenProvider = openProvider,
): Promise<{ id: string }> {
  requireRight(ctx.actor, "billing:write");
  const { providerMeter, measure, startsAt, unitAmount } = AddMeterInput.parse(input);
  const tenantId = ctx.tenant.id;
  const from =
    startsAt === undefined ? new Date(hourOf(ctx.now).getTime() + hourMs) : hourOf(new Date(startsAt));
  if (ctx.now.getTime() - from.getTime() > 34 * dayMs)
    throw new DomainError("INVALID_INPUT", "Stripe takes usage of the last 35 days only.", {
      field: "startsAt",
    });
  const connection = await ctx.db.write((db) => requireConnection(db, tenantId));
  const meters = await asked(() => open(tenantId, connection, () => ctx.now).listMeters());
  const found = meters.find(({ id }) => id === providerMeter);
  if (!found?.active)
    throw new DomainError("INVALID_INPUT", "Stripe has no active meter of this id.", {
      field: "providerMeter",
    });
  if (!found.isSum)
    throw new DomainError("INVALID_INPUT", "This meter does not simply add up what it is sent.", {
      field: "providerMeter",
    });
  const id = randomUUID();
  await ctx.db.write(async (db) => {
    await lockBilling(db, tenantId);
    const active = (await listMeterRows(db, tenantId, connection.id)).filter(({ endsAt }) => endsAt === null);
    if (active.length >= maxMeters)
      throw new DomainError("CONFLICT", `A tenant bills by at most ${String(maxMeters)} meters.`);
    if (active.some(({ eventName }) => eventName === found.eventName))
      throw new DomainError("CONFLICT", "This meter is billed by already.");
    await insertMeter(db, tenantId, {
      id,
      connectionId: connection.id,
      providerMeter,
      eventName: found.eventName,
      customerKey: found.customerKey,
      valueKey: found.valueKey,
      measure,
      unitAmount: unitAmount ?? null,
      startsAt: from,
      createdBy: actorId(ctx.actor),
      createdAt: ctx.now,
    });
    await forgetDays(db, tenantId, connection.id);
    await recordAudit(db, ctx, {
      action: "billing.meter-added",
      subject: id,
      after: { providerMeter, eventName: found.eventName, measure, startsAt: from.toISOString() },
    });
  });
  return { id };
}
