import { recordAudit } from "@/server/audit/record";
import { actorId, requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { lockGate, readSettings, writeSettings } from "./queries";
import { GateSettings } from "./schemas";

export async function gateSettings(ctx: Ctx): Promise<GateSettings> {
  requireRight(ctx.actor, "budgets:read");
  return ctx.db.read((db) => readSettings(db, ctx.tenant.id));
}

/** All of them at once: what is left out is as delivered. */
export async function setGateSettings(ctx: Ctx, input: Partial<GateSettings>): Promise<GateSettings> {
  requireRight(ctx.actor, "budgets:write");
  const settings = GateSettings.parse(input);
  await ctx.db.write(async (db) => {
    await lockGate(db, ctx.tenant.id);
    const before = await readSettings(db, ctx.tenant.id);
    await writeSettings(db, ctx.tenant.id, settings, { actor: actorId(ctx.actor), at: ctx.now });
    await recordAudit(db, ctx, {
      action: "gate.settings-changed",
      subject: ctx.tenant.id,
      before: { ...before },
      after: { ...settings },
    });
  });
  return settings;
}
