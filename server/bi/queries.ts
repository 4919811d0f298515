import { z } from "zod";
import type { Db } from "@/server/db";

export interface NewReader {
  id: string;
  roleName: string;
  verifier: string;
  name: string;
  createdBy: string;
  createdAt: Date;
}

const Made = z.tuple([
  z.object({ outcome: z.enum(["made", "tenant full", "server full", "server too old"]) }),
]);
const Changed = z.tuple([z.object({ roleName: z.string().nullable() })]);

// The functions take the tenant from the transaction, as the policies do.

/** Makes the role and maps it to the transaction's tenant, or says what there is no room for. */
export async function insertReader(db: Db, reader: NewReader) {
  const rows = await db.$queryRaw`
    SELECT bi_create_reader(${reader.id}::uuid, ${reader.roleName}, ${reader.verifier}, ${reader.name},
      ${reader.createdBy}, ${reader.createdAt}::timestamptz) AS outcome`;
  return Made.parse(rows)[0].outcome;
}

/** The role whose password was replaced and whose sessions were ended; null if the tenant has no such reader. */
export async function rotateReaderRole(
  db: Db,
  reader: { id: string; verifier: string; rotatedAt: Date },
): Promise<string | null> {
  const rows = await db.$queryRaw`
    SELECT bi_rotate_reader(${reader.id}::uuid, ${reader.verifier}, ${reader.rotatedAt}::timestamptz) AS "roleName"`;
  return Changed.parse(rows)[0].roleName;
}

/** The role that was dropped, sessions and all; null if the tenant has no such reader. */
export async function dropReaderRole(db: Db, id: string): Promise<string | null> {
  const rows = await db.$queryRaw`SELECT bi_revoke_reader(${id}::uuid) AS "roleName"`;
  return Changed.parse(rows)[0].roleName;
}

const shown = { id: true, roleName: true, name: true, createdAt: true, rotatedAt: true } as const;

export function listReaderRows(db: Db, tenantId: string) {
  return db.biLogin.findMany({
    where: { tenantId },
    select: shown,
    orderBy: [{ createdAt: "desc" }, { id: "asc" }],
  });
}

export function findReader(db: Db, reader: { tenantId: string; id: string }) {
  return db.biLogin.findUnique({
    where: { tenantId_id: { tenantId: reader.tenantId, id: reader.id } },
    select: { name: true },
  });
}
