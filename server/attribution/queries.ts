import { z } from "zod";
import type { Db } from "@/server/db";
import { AttributeMap, defaultTagPolicy, TagPolicy, type TenantPolicy } from "./schemas";

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
  if (!found) return { revision: 0, tagPolicy: defaultTagPolicy, attributeMap: {}, pseudonymSalt: null };
  const row = Row.parse(found);
  return {
    revision: Number(row.revision),
    tagPolicy: { ...defaultTagPolicy, ...row.tagPolicy },
    attributeMap: row.attributeMap,
    pseudonymSalt: row.pseudonymise ? row.pseudonymSalt : null,
  };
}
