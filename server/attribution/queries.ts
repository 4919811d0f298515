import { z } from "zod";
import type { Db } from "@/server/db";
import {
  AttributeMap,
  type AttributionRule,
  defaultTagPolicy,
  RuleCondition,
  RuleSets,
  TagPolicy,
  type TenantPolicy,
} from "./schemas";

const Row = z.object({
  revision: z.bigint(),
  tagPolicy: TagPolicy,
  attributeMap: AttributeMap,
  pseudonymise: z.boolean(),
  pseudonymSalt: z.instanceof(Uint8Array).nullable(),
});

/** The tenant's policy; a tenant that never set one has the defaults. */
export async function readPolicy(db: Db, tenantId: string): Promise<TenantPolicy> {
  const found = await db.tenantPolicy.findUnique({
    where: { tenantId },
    select: {
      revision: true,
      tagPolicy: true,
      attributeMap: true,
      pseudonymise: true,
      pseudonymSalt: true,
    },
  });
  if (!found)
    return { revision: 0, tagPolicy: defaultTagPolicy, attributeMap: {}, pseudonymSalt: null, rules: [] };
  const row = Row.parse(found);
  return {
    revision: Number(row.revision),
    tagPolicy: { ...defaultTagPolicy, ...row.tagPolicy },
    attributeMap: row.attributeMap,
    pseudonymSalt: row.pseudonymise ? row.pseudonymSalt : null,
    rules: await activeRules(db, tenantId),
  };
}

/** Makes the policy's row if there is none. What processes remember of the tenant is stale from then on. */
export async function raiseRevision(db: Db, tenantId: string, now: Date): Promise<void> {
  await db.$executeRaw`
    INSERT INTO tenant_policy (tenant_id, updated_at) VALUES (${tenantId}::uuid, ${now}::timestamptz)
    ON CONFLICT (tenant_id) DO UPDATE SET revision = tenant_policy.revision + 1, updated_at = excluded.updated_at`;
}

const RuleRow = z.object({
  id: z.string(),
  version: z.number(),
  name: z.string(),
  conditions: z.array(RuleCondition),
  sets: RuleSets,
  position: z.number(),
});

/** The newest version of each rule that is in force, in order. */
export async function activeRules(db: Db, tenantId: string): Promise<AttributionRule[]> {
  const rows = await db.$queryRaw`
    SELECT id, version, name, conditions, sets, position FROM (
      SELECT DISTINCT ON (id) * FROM attribution_rule WHERE tenant_id = ${tenantId}::uuid ORDER BY id, version DESC
    ) AS newest
    WHERE NOT retired ORDER BY position, id`;
  return z.array(RuleRow).parse(rows);
}
