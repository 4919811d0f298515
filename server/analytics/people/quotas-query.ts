import { z } from "zod";
import type { Db } from "@/server/db";

const Quota = z.object({
  id: z.string(),
  version: z.number(),
  user: z.string(),
  amountUsd: z.string(),
  enforcement: z.enum(["ask", "deny"]).nullable(),
});
export type Quota = z.infer<typeof Quota>;

/** The monthly budgets in force of these users, by user. */
export async function quotasOf(
  db: Db,
  tenantId: string,
  users: readonly string[],
): Promise<Map<string, Quota>> {
  const rows = await db.$queryRaw`
    SELECT id::text AS id, version, subject_key AS user, trim_scale(amount_usd)::text AS "amountUsd", enforcement
    FROM budget WHERE tenant_id = ${tenantId}::uuid AND subject_kind = 'user' AND period = 'month' AND valid_to IS NULL
      AND subject_key = ANY (${[...users]}::text[])`;
  return new Map(
    z
      .array(Quota)
      .parse(rows)
      .map((quota) => [quota.user, quota]),
  );
}
