import { z } from "zod";
import type { Db } from "@/server/db";

const Owner = z.tuple([z.object({ chosenId: z.string().nullable(), usualId: z.string().nullable() })]);

/**
 * Who was chosen, if still a member, and who it is otherwise: the tenant's owner, the first of several. Null: there is none.
 */
export async function reviewOwners(db: Db, tenantId: string): Promise<z.infer<typeof Owner>[0]> {
  const rows = await db.$queryRaw`
    SELECT (SELECT s.owner_id::text FROM weekly_review_setting s JOIN member m ON m.tenant_id = s.tenant_id AND m.person_id = s.owner_id
        WHERE s.tenant_id = ${tenantId}::uuid) AS "chosenId",
      (SELECT person_id::text FROM member WHERE tenant_id = ${tenantId}::uuid AND role = 'owner'
        ORDER BY created_at, person_id LIMIT 1) AS "usualId"`;
  return Owner.parse(rows)[0];
}

export async function chooseOwner(
  db: Db,
  choice: { tenantId: string; ownerId: string; by: string; now: Date },
): Promise<void> {
  await db.$executeRaw`
    INSERT INTO weekly_review_setting (tenant_id, owner_id, updated_by, updated_at)
    VALUES (${choice.tenantId}::uuid, ${choice.ownerId}::uuid, ${choice.by}, ${choice.now}::timestamptz)
    ON CONFLICT (tenant_id) DO UPDATE
    SET owner_id = excluded.owner_id, updated_by = excluded.updated_by, updated_at = excluded.updated_at`;
}

export async function forgetChoice(db: Db, tenantId: string): Promise<void> {
  await db.weeklyReviewSetting.deleteMany({ where: { tenantId } });
}
