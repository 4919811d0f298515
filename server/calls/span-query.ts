import type { Db } from "@/server/db";
import type { TraceSpan } from "@/server/traces/schemas";
import { arrayLiteral } from "./array-literal";
import type { BatchFacts } from "./insert-query";

/** Keeps spans and marks their traces for a look at who inherits what (settle-traces.ts). Spans never change. */
export async function insertSpans(db: Db, batch: BatchFacts, spans: readonly TraceSpan[]): Promise<void> {
  const column = (of: (span: TraceSpan) => string | null) => arrayLiteral(spans, of);
  await db.$executeRaw`
    WITH input AS (
      SELECT DISTINCT ON (trace_id, span_id) * FROM unnest(
        ${column((span) => span.traceId)}::text[], ${column((span) => span.spanId)}::text[],
        ${column((span) => span.parentSpanId)}::text[], ${column((span) => span.kind)}::text[],
        ${column((span) => span.callId)}::text[], ${column((span) => span.occurredAt?.toISOString() ?? null)}::timestamptz[],
        ${column((span) => tagsOf(span))}::jsonb[]
      ) AS i(trace_id, span_id, parent_span_id, kind, call_id, occurred_at, tags)
      ORDER BY trace_id, span_id
    ), stored AS (
      INSERT INTO trace_span (tenant_id, received_at, trace_id, span_id, parent_span_id, kind, call_id, occurred_at, tags)
      SELECT ${batch.tenantId}::uuid, ${batch.receivedAt}::timestamptz, input.* FROM input
      ON CONFLICT (tenant_id, trace_id, span_id) DO NOTHING
    )
    INSERT INTO settle_mark (tenant_id, kind, key) SELECT DISTINCT ${batch.tenantId}::uuid, 'trace', trace_id FROM input`;
}

/** Marks those of the traces of which spans came before: a call that seemed alone is somebody's parent. */
export async function markKnownTraces(db: Db, batch: BatchFacts, traceIds: readonly string[]): Promise<void> {
  await db.$executeRaw`
    INSERT INTO settle_mark (tenant_id, kind, key)
    SELECT DISTINCT ${batch.tenantId}::uuid, 'trace', i.trace_id FROM unnest(${arrayLiteral(traceIds, (id) => id)}::text[]) AS i(trace_id)
    -- One look into the index each: as a semi-join all of the tenant's spans might be read.
    CROSS JOIN LATERAL (
      SELECT FROM trace_span s WHERE s.tenant_id = ${batch.tenantId}::uuid AND s.trace_id = i.trace_id LIMIT 1
    ) AS known`;
}

function tagsOf({ tags }: TraceSpan): string | null {
  for (const name in tags) if (Object.hasOwn(tags, name)) return JSON.stringify(tags);
  return null;
}
