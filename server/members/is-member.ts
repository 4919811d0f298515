import type { Db } from "@/server/db";

/** Whether the person is a member now, and so can answer for something. */
export async function isMember(db: Db, tenantId: string, personId: string): Promise<boolean> {
  return (await db.member.count({ where: { tenantId, personId } })) > 0;
}
