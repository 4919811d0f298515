import { arrayLiteral } from "@/server/calls/array-literal";
import type { Db } from "@/server/db";

interface Sum {
  messageId: string;
  occurredAt: Date;
  feature: string | null;
  event: string;
  count: number;
  visitors: number | null;
}

/** @returns how many were new or other than before */
export async function upsertSums(
  db: Db,
  facts: { tenantId: string; source: string; receivedAt: Date },
  sums: readonly Sum[],
): Promise<number> {
  if (sums.length === 0) return 0;
  const pick = (of: (sum: Sum) => string | number | null) => arrayLiteral(sums, of);
  return db.$executeRaw`
    INSERT INTO usage_event (tenant_id, message_id, occurred_at, received_at, feature, event, count, visitors, source)
    SELECT ${facts.tenantId}::uuid, message_id, occurred_at, ${facts.receivedAt}::timestamptz, feature, event, count, visitors, ${facts.source}
    FROM unnest(${pick((sum) => sum.messageId)}::text[], ${pick((sum) => sum.occurredAt.toISOString())}::timestamptz[],
      ${pick((sum) => sum.feature)}::text[], ${pick((sum) => sum.event)}::text[], ${pick((sum) => sum.count)}::int[],
      ${pick((sum) => sum.visitors)}::int[]) AS s(message_id, occurred_at, feature, event, count, visitors)
    ORDER BY message_id
    ON CONFLICT (tenant_id, message_id) DO UPDATE SET occurred_at = excluded.occurred_at, received_at = excluded.received_at,
      feature = excluded.feature, event = excluded.event, count = excluded.count, visitors = excluded.visitors
    WHERE (usage_event.occurred_at, usage_event.event, usage_event.count, usage_event.visitors)
      IS DISTINCT FROM (excluded.occurred_at, excluded.event, excluded.count, excluded.visitors)`;
}

/** Forgets what the source told of [from, to) before and does not tell now. @returns how many */
export async function deleteSumsBesides(
  db: Db,
  kept: { tenantId: string; source: string; from: Date; to: Date; sums: readonly Sum[] },
): Promise<number> {
  return db.$executeRaw`
    DELETE FROM usage_event
    WHERE tenant_id = ${kept.tenantId}::uuid AND occurred_at >= ${kept.from}::timestamptz AND occurred_at < ${kept.to}::timestamptz
      AND source = ${kept.source} AND message_id <> ALL (${arrayLiteral(kept.sums, (sum) => sum.messageId)}::text[])`;
}
