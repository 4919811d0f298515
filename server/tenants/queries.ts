import { z } from "zod";
import { Role } from "@/server/auth/permissions";
import type { Tenant } from "@/server/context";
import type { Db } from "@/server/db";

const Membership = z
  .object({
    id: z.string(),
    slug: z.string(),
    name: z.string(),
    timeZone: z.string(),
    latencyBufferMinutes: z.number(),
    role: Role,
  })
  .transform(({ role, ...tenant }): { tenant: Tenant; role: Role } => ({ tenant, role }));

export type Membership = z.infer<typeof Membership>;

/** A person's tenants by name; `slug` narrows it to one. Runs before a tenant is known, as the auth role. */
export async function membershipsOf(db: Db, personId: string, slug: string | null): Promise<Membership[]> {
  const rows = await db.$queryRaw`
    SELECT t.tenant_id AS id, t.slug, t.name, t.time_zone AS "timeZone",
           t.latency_buffer_minutes AS "latencyBufferMinutes", m.role
    FROM member m JOIN tenant t USING (tenant_id)
    WHERE m.person_id = ${personId}::uuid AND (${slug}::text IS NULL OR t.slug = ${slug})
    ORDER BY t.name, t.slug`;
  return z.array(Membership).parse(rows);
}

export interface NewTenant {
  id: string;
  slug: string;
  name: string;
  timeZone: string;
  createdAt: Date;
}

/** False when another tenant, perhaps one that this role cannot see, has the slug. */
export async function insertTenant(db: Db, tenant: NewTenant): Promise<boolean> {
  const inserted = await db.$executeRaw`
    INSERT INTO tenant (tenant_id, slug, name, time_zone, created_at)
    VALUES (${tenant.id}::uuid, ${tenant.slug}, ${tenant.name}, ${tenant.timeZone}, ${tenant.createdAt})
    ON CONFLICT (slug) DO NOTHING`;
  return inserted === 1;
}

export async function insertOwner(
  db: Db,
  owner: { tenantId: string; personId: string; createdAt: Date },
): Promise<void> {
  await db.member.createMany({ data: [{ ...owner, role: "owner" }] });
}

/** Whether Postgres, which cuts the days, knows the zone as well. */
export async function databaseKnowsZone(db: Db, timeZone: string): Promise<boolean> {
  const rows = await db.$queryRaw`
    SELECT 1 AS known FROM pg_timezone_names WHERE name = ${timeZone} LIMIT 1`;
  return z.array(z.unknown()).parse(rows).length === 1;
}

export interface TenantFacts {
  name: string;
  timeZone: string;
  latencyBufferMinutes: number;
}

/** As it is right now, held until the transaction ends; null when it is gone. */
export async function lockTenant(db: Db, tenantId: string): Promise<TenantFacts | null> {
  await db.$executeRaw`SELECT 1 FROM tenant WHERE tenant_id = ${tenantId}::uuid FOR NO KEY UPDATE`;
  return db.tenant.findUnique({
    where: { tenantId },
    select: { name: true, timeZone: true, latencyBufferMinutes: true },
  });
}

export async function updateTenantRow(db: Db, tenantId: string, facts: TenantFacts): Promise<void> {
  await db.tenant.updateMany({ where: { tenantId }, data: facts });
}
