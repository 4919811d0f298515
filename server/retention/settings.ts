import { recordAudit } from "@/server/audit/record";
import { actorId, requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import type { Db } from "@/server/db";
import { lockSettings, readSettings, writeSettings } from "./queries";
import { RetentionSettings, type RetentionSettingsInput } from "./schemas";

/** For whoever is in a transaction already. */
export const retentionSettings = (db: Db, tenantId: string): Promise<RetentionSettings> =>
  readSettings(db, tenantId);

export async function showRetentionSettings(ctx: Ctx): Promise<RetentionSettings> {
  requireRight(ctx.actor, "reports:read");
  return ctx.db.read((db) => readSettings(db, ctx.tenant.id));
}

/** All of them at once: what is left out is as delivered. Taken back by setting what `before` says. */
export async function setRetentionSettings(ctx: Ctx, input: RetentionSettingsInput) {
  requireRight(ctx.actor, "tenant:write");
  const settings = RetentionSettings.parse(input);
  const { id: tenantId } = ctx.tenant;
  return ctx.db.write(async (db) => {
    await lockSettings(db, tenantId);
    const before = await readSettings(db, tenantId);
    await writeSettings(db, tenantId, settings, { actor: actorId(ctx.actor), at: ctx.now });
    await recordAudit(db, ctx, {
      action: "retention.settings-changed",
      subject: tenantId,
      before: { ...before },
      after: { ...settings },
    });
    return { settings, before };
  });
}
