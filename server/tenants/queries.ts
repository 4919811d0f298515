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
