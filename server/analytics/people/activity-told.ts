import type { Ctx } from "@/server/context";
import type { Db } from "@/server/db";
import { activityState } from "@/server/activity/state-query";

/** Up to when it was counted who was there. */
export interface ActivityTold {
  /** An instant; null: not yet. */
  refreshedAt: string | null;
  /** Days wait to be counted anew, or all of them do, in another zone. */
  isProvisional: boolean;
}

/** To be read in the transaction of the question. */
export async function activityTold(db: Db, { tenant }: Ctx): Promise<ActivityTold> {
  const state = await activityState(db, tenant.id);
  const [waiting] = await db.$queryRaw<{ waits: boolean }[]>`
    SELECT EXISTS (SELECT FROM activity_dirty WHERE tenant_id = ${tenant.id}::uuid)
      OR EXISTS (SELECT FROM activity_pending WHERE tenant_id = ${tenant.id}::uuid) AS waits`;
  return {
    refreshedAt: state?.refreshedAt.toISOString() ?? null,
    isProvisional: state?.timeZone !== tenant.timeZone || waiting?.waits !== false,
  };
}
