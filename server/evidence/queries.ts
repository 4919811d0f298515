import { z } from "zod";
import type { Db } from "@/server/db";

const text = z.string();
const Correction = z.object({
  ofMonth: text,
  accountId: text,
  team: text,
  feature: text,
  provider: text,
  model: text,
  runId: text,
  priceVersionId: text.nullable(),
  priceRuleId: text.nullable(),
  calls: text,
  beforeUsd: text,
  afterUsd: text,
  deltaUsd: text,
});
/** Corrections of what calls cost, summed as far as they are of one run and one price. */
export type CorrectionSum = z.infer<typeof Correction>;

/** The corrections booked in [from, to), in one order: they are never edited, and none is booked in the past. */
export async function listCorrections(
  db: Db,
  { tenantId, from, to }: { tenantId: string; from: string; to: string },
  skip: number,
  limit: number,
): Promise<CorrectionSum[]> {
  const rows = await db.$queryRaw`
    SELECT to_char(month, 'YYYY-MM') AS "ofMonth", coalesce(account_id, '') AS "accountId", coalesce(team, '') AS team,
      coalesce(feature, '') AS feature, provider, model, run_id::text AS "runId", price_version_id::text AS "priceVersionId",
      price_rule_id::text AS "priceRuleId", count(*)::text AS calls, trim_scale(sum(cost_usd - delta_usd))::text AS "beforeUsd",
      trim_scale(sum(cost_usd))::text AS "afterUsd", trim_scale(sum(delta_usd))::text AS "deltaUsd"
    FROM call_correction
    WHERE tenant_id = ${tenantId}::uuid AND booked_at >= ${from}::timestamptz AND booked_at < ${to}::timestamptz
    GROUP BY month, 2, 3, 4, provider, model, run_id, price_version_id, price_rule_id
    ORDER BY month, 2, 3, 4, provider, model, run_id, price_version_id, price_rule_id OFFSET ${skip} LIMIT ${limit}`;
  return z.array(Correction).parse(rows);
}
