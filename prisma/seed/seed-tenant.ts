import { randomUUID } from "node:crypto";
import { recordAudit } from "@/server/audit/record";
import type { Role } from "@/server/auth/permissions";
import { createContext, type Ctx, type Tenant } from "@/server/context";
import { insertTenant } from "@/server/tenants/queries";

export interface SeedTenant extends Tenant {
  createdAt: Date;
  members: readonly { personId: string; role: Role }[];
}

/** The context in which a tenant is filled: everything is allowed, nothing is announced. */
export function seedContext(overrides: Partial<Tenant> & { now?: Date } = {}): Ctx {
  const { now = new Date(), ...tenant } = overrides;
  const id = tenant.id ?? randomUUID();
  return createContext({
    tenant: {
      id,
      slug: `t-${id.slice(0, 8)}`,
      name: "A tenant",
      timeZone: "UTC",
      latencyBufferMinutes: 60,
      ...tenant,
    },
    actor: { kind: "system", job: "seed" },
    now,
  });
}

/** Makes the tenant of a context. Its calls may be there already: nothing shows before it has a member. */
export async function seedTenant(
  ctx: Ctx,
  overrides: Partial<Pick<SeedTenant, "createdAt" | "members">> = {},
): Promise<void> {
  const { createdAt = ctx.now, members = [] } = overrides;
  const { id, slug, name, timeZone } = ctx.tenant;
  await ctx.db.write(async (db) => {
    const isNew = await insertTenant(db, { id, slug, name, timeZone, createdAt });
    if (!isNew) throw new Error(`There is a tenant ${slug} already.`);
    await db.member.createMany({
      data: members.map(({ personId, role }) => ({ tenantId: id, createdAt, personId, role })),
    });
    await recordAudit(db, ctx, { action: "tenant.created", subject: id, after: { name, slug, timeZone } });
  });
}
