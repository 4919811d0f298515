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

/** Names that every object inherits are no attributes of anybody. */
const nullPrototype = (map: AttributeMap): AttributeMap =>
  Object.assign(Object.create(null) as AttributeMap, map);

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
  if (!found) {
    const attributeMap = nullPrototype({});
    return { revision: 0, tagPolicy: defaultTagPolicy, attributeMap, pseudonymSalt: null, rules: [] };
  }
  const row = Row.parse(found);
  return {
    revision: Number(row.revision),
    tagPolicy: { ...defaultTagPolicy, ...row.tagPolicy },
    attributeMap: nullPrototype(row.attributeMap),
    pseudonymSalt: row.pseudonymise ? row.pseudonymSalt : null,
    rules: await activeRules(db, tenantId),
  };
}

/**
 * Makes the policy's row if there is none, and holds it until the transaction ends: changes of a tenant's policy and
 * rules go one after the other. What processes remember of the tenant is stale from then on.
 */
export async function raiseRevision(db: Db, tenantId: string, now: Date): Promise<void> {
  await db.$executeRaw`
    INSERT INTO tenant_policy (tenant_id, updated_at) VALUES (${tenantId}::uuid, ${now}::timestamptz)
    ON CONFLICT (tenant_id) DO UPDATE SET revision = tenant_policy.revision + 1, updated_at = excluded.updated_at`;
}

export async function savePolicy(
  db: Db,
  tenantId: string,
  changes: { tagPolicy: TagPolicy } | { attributeMap: AttributeMap },
): Promise<void> {
  await db.tenantPolicy.updateMany({ where: { tenantId }, data: changes });
}

const ruleColumns = {
  id: true,
  version: true,
  name: true,
  conditions: true,
  sets: true,
  position: true,
} as const;
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

const RuleVersion = RuleRow.extend({ retired: z.boolean(), knownFrom: z.date(), setBy: z.string() });
export type RuleVersion = z.infer<typeof RuleVersion>;

/** The newest version of each rule, those in force first; or, of one rule, all of them, the newest first. */
export async function listRuleVersions(db: Db, tenantId: string, id: string | null): Promise<RuleVersion[]> {
  const columns = { ...ruleColumns, retired: true, knownFrom: true, setBy: true };
  const rows =
    id === null
      ? await db.attributionRule.findMany({
          where: { tenantId },
          orderBy: [{ id: "asc" }, { version: "desc" }],
          distinct: ["id"],
          select: columns,
        })
      : await db.attributionRule.findMany({
          where: { tenantId, id },
          orderBy: { version: "desc" },
          select: columns,
        });
  return z.array(RuleVersion).parse(rows);
}

export async function findRule(
  db: Db,
  tenantId: string,
  id: string,
  version: number | "newest",
): Promise<RuleVersion | null> {
  const row = await db.attributionRule.findFirst({
    where: { tenantId, id, ...(version !== "newest" && { version }) },
    orderBy: { version: "desc" },
    select: { ...ruleColumns, retired: true, knownFrom: true, setBy: true },
  });
  return row && RuleVersion.parse(row);
}

export async function insertRuleVersion(db: Db, tenantId: string, rule: RuleVersion): Promise<void> {
  await db.attributionRule.createMany({ data: [{ tenantId, ...rule }] });
}
