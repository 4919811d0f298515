import { z } from "zod";
import { Scope } from "@/server/auth/permissions";
import type { Tenant } from "@/server/context";
import type { Db } from "@/server/db";
import { KeyPins } from "./schemas";

const KeyCandidate = z.object({
  keyId: z.string(),
  digest: z.instanceof(Uint8Array),
  scopes: z.array(Scope),
  pins: KeyPins,
  expiresAt: z.date().nullable(),
  revokedAt: z.date().nullable(),
  lastUsedAt: z.date().nullable(),
  tenantId: z.string(),
  slug: z.string(),
  tenantName: z.string(),
  timeZone: z.string(),
  latencyBufferMinutes: z.number(),
});

export type KeyCandidate = Omit<z.infer<typeof KeyCandidate>, TenantColumn> & { tenant: Tenant };
type TenantColumn = "tenantId" | "slug" | "tenantName" | "timeZone" | "latencyBufferMinutes";

/** Keys of that public id, of any tenant: short ids may meet by chance, digests do not. Runs as the auth role. */
export async function keysByPublicId(db: Db, publicId: string): Promise<KeyCandidate[]> {
  const rows = await db.$queryRaw`
    SELECT k.id AS "keyId", k.digest, k.scopes, k.pins, k.expires_at AS "expiresAt", k.revoked_at AS "revokedAt",
           k.last_used_at AS "lastUsedAt", t.tenant_id AS "tenantId", t.slug, t.name AS "tenantName",
           t.time_zone AS "timeZone", t.latency_buffer_minutes AS "latencyBufferMinutes"
    FROM api_key k JOIN tenant t USING (tenant_id)
    WHERE k.public_id = ${publicId}`;
  return z
    .array(KeyCandidate)
    .parse(rows)
    .map(({ tenantId, slug, tenantName, timeZone, latencyBufferMinutes, ...key }) => ({
      ...key,
      tenant: { id: tenantId, slug, name: tenantName, timeZone, latencyBufferMinutes },
    }));
}

/** Never moves backwards, whichever of our processes writes last. Runs as the auth role. */
export async function touchKey(
  db: Db,
  key: { tenantId: string; keyId: string; usedAt: Date },
): Promise<void> {
  await db.$executeRaw`
    UPDATE api_key SET last_used_at = ${key.usedAt}
    WHERE tenant_id = ${key.tenantId}::uuid AND id = ${key.keyId}::uuid
      AND (last_used_at IS NULL OR last_used_at < ${key.usedAt})`;
}

export interface NewKey {
  tenantId: string;
  id: string;
  publicId: string;
  digest: Buffer;
  name: string;
  scopes: readonly Scope[];
  pins: z.infer<typeof KeyPins>;
  createdBy: string | null;
  createdAt: Date;
  expiresAt: Date | null;
}

export async function insertKey(db: Db, key: NewKey): Promise<void> {
  await db.$executeRaw`
    INSERT INTO api_key (tenant_id, id, public_id, digest, name, scopes, pins, created_by, created_at, expires_at)
    VALUES (${key.tenantId}::uuid, ${key.id}::uuid, ${key.publicId}, ${key.digest}, ${key.name}, ${[...key.scopes]},
            ${JSON.stringify(key.pins)}::jsonb, ${key.createdBy}::uuid, ${key.createdAt}, ${key.expiresAt})`;
}

const shown = {
  id: true,
  publicId: true,
  name: true,
  scopes: true,
  pins: true,
  createdAt: true,
  expiresAt: true,
  revokedAt: true,
  lastUsedAt: true,
} as const;

/** Newest first; the digest is not even readable for this role. */
export async function listKeys(db: Db, tenantId: string) {
  const rows = await db.apiKey.findMany({
    where: { tenantId },
    select: shown,
    orderBy: [{ createdAt: "desc" }, { id: "asc" }],
  });
  return rows.map((row) => ({
    ...row,
    scopes: z.array(Scope).parse(row.scopes),
    pins: KeyPins.parse(row.pins),
  }));
}

/** The key as it was when this call revoked it; null if it is absent, another tenant's, or revoked already. */
export async function revokeKeyRow(db: Db, key: { tenantId: string; id: string; revokedAt: Date }) {
  const changed = await db.apiKey.updateManyAndReturn({
    where: { tenantId: key.tenantId, id: key.id, revokedAt: null },
    data: { revokedAt: key.revokedAt },
    select: { name: true, publicId: true },
  });
  return changed[0] ?? null;
}

export async function keyExists(db: Db, key: { tenantId: string; id: string }): Promise<boolean> {
  return (await db.apiKey.count({ where: key })) > 0;
}
