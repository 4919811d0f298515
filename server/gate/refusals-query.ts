import { z } from "zod";
import { arrayLiteral } from "@/server/calls/array-literal";
import type { Db } from "@/server/db";
import { inAll, type Refusal, refusalReasons } from "./refusals";

export async function saveRefusals(
  db: Db,
  tenantId: string,
  minute: Date,
  refusals: readonly Refusal[],
): Promise<void> {
  if (refusals.length === 0) return;
  const column = (of: (refusal: Refusal) => string | number) => arrayLiteral(inAll(refusals), of);
  await db.$executeRaw`
    INSERT INTO gate_refusal (tenant_id, minute, feature, reason, refused, peak)
    SELECT ${tenantId}::uuid, ${minute}::timestamptz, * FROM unnest(${column(({ feature }) => feature)}::text[],
      ${column(({ reason }) => reason)}::text[], ${column(({ refused }) => refused)}::integer[], ${column(({ peak }) => peak)}::numeric[])
    ON CONFLICT (tenant_id, minute, feature, reason) DO UPDATE SET refused = gate_refusal.refused + excluded.refused,
      peak = greatest(gate_refusal.peak, excluded.peak)`;
}

const Row = z.object({
  minute: z.number(),
  feature: z.string(),
  reason: z.enum(refusalReasons),
  refused: z.number(),
  peak: z.string(),
});
export type RefusalRow = z.infer<typeof Row>;

/** What was turned away in a stretch, by minute counted from 1970. */
export async function refusalsIn(db: Db, tenantId: string, from: Date, to: Date): Promise<RefusalRow[]> {
  const rows = await db.$queryRaw`
    SELECT floor(extract(epoch FROM minute) / 60)::int AS minute, feature, reason, refused, trim_scale(peak)::text AS peak
    FROM gate_refusal WHERE tenant_id = ${tenantId}::uuid AND minute >= ${from}::timestamptz AND minute < ${to}::timestamptz
    ORDER BY minute, feature, reason`;
  return z.array(Row).parse(rows);
}
