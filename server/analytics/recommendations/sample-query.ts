import { z } from "zod";
import { Prisma } from "@/prisma/generated/client";
import { bucketColumns } from "@/server/calls/ledger-columns";
import type { Db } from "@/server/db";
import { type Bucket, buckets } from "@/server/prices/buckets";
import type { SampledCall } from "@/server/recommendations/counterfactual";
import type { Subject } from "@/server/recommendations/schemas";
import type { Looked } from "./looked";

/** Calls of one subject that are priced one by one; of more, so many are picked by a hash of their ids. */
export const mostSampled = 20_000;

const raw = (text: string) => Prisma.raw(text);
const units = z.number().int();
const text = z.string().nullable();
const Call = z.object({
  day: z.string(),
  total: z.coerce.number().int(),
  occurredAt: z.date(),
  kind: z.string(),
  provider: z.string(),
  model: z.string(),
  feature: text,
  region: text,
  errorClass: text,
  billed: z.enum(["yes", "no", "unknown"]),
  cache: z.enum(["none", "exact", "semantic"]),
  batch: z.boolean(),
  serviceTier: text,
  otherUnits: z.record(z.string(), z.string()).nullable(),
  reportedCostUsd: text,
  freshInputTokens: units,
  cacheReadTokens: units,
  cacheWrite5mTokens: units,
  cacheWrite1hTokens: units,
  audioInputTokens: units,
  visibleOutputTokens: units,
  reasoningTokens: units,
  audioOutputTokens: units,
  toolUnits: units,
});

const columns = raw(
  [
    'occurred_at AS "occurredAt", kind, provider, model, feature, region, error_class AS "errorClass"',
    'billed, cache, batch, service_tier AS "serviceTier", units AS "otherUnits", trim_scale(reported_cost_usd)::text AS "reportedCostUsd"',
    ...buckets.map((bucket) => `${bucketColumns[bucket]} AS "${bucket}"`),
  ].join(", "),
);

const is = (column: string, value: string | null) =>
  value === null ? raw(`${column} IS NULL`) : Prisma.sql`${raw(column)} = ${value}`;

/** `AND …`: whole calls of a feature, a model, a prompt, where the subject names one, in the days looked at. */
export function ofSubject({ tenantId, range }: Looked, subject: Subject): Prisma.Sql {
  const named = (column: string, value: string | null) =>
    value === null ? Prisma.empty : Prisma.sql`AND ${is(column, value)}`;
  return Prisma.sql`tenant_id = ${tenantId}::uuid AND occurred_at >= ${range.from}::timestamptz AND occurred_at < ${range.to}::timestamptz
    AND share_no IS NULL AND ${is("feature", subject.feature)} ${named("provider", subject.provider)} ${named("model", subject.model)}
    ${named("prompt_id", subject.prompt)}`;
}

/** Calls that could wait: not batched yet, no step of an agent's run (which waits for the one before), of a kind that batches take. */
export const couldWait = Prisma.sql`AND NOT batch AND cache = 'none' AND error_class IS NULL AND run_id IS NULL AND kind IN ('llm', 'embedding')
  AND coalesce(service_tier, '') NOT IN ('batch', 'flex')`;

/** Answered calls of a language model with little to read and little to say. */
export const isSmall = (
  outputTokens: number,
  inputTokens: number,
) => Prisma.sql`AND kind = 'llm' AND cache = 'none' AND error_class IS NULL
  AND visible_output_tokens + reasoning_tokens + audio_output_tokens <= ${outputTokens}
  AND fresh_input_tokens + cache_read_tokens + cache_write_5m_tokens + cache_write_1h_tokens + audio_input_tokens <= ${inputTokens}`;

/**
 * Calls of a subject with what they are priced by, and how many there are. All of them, or a random part: ids are hashed, so
 * that another look picks the same.
 * @param condition `AND …`
 */
export async function sampleCalls(
  db: Db,
  looked: Looked,
  subject: Subject,
  condition: Prisma.Sql,
  limit = mostSampled,
): Promise<{ total: number; calls: SampledCall[] }> {
  const rows = z.array(Call).parse(
    await db.$queryRaw`
      SELECT to_char(occurred_at AT TIME ZONE ${looked.timeZone}, 'YYYY-MM-DD') AS day, count(*) OVER () AS total, ${columns}
      FROM call WHERE ${ofSubject(looked, subject)} ${condition}
      ORDER BY hashtextextended(call_id, 0), occurred_at LIMIT ${limit}`,
  );
  return { total: rows[0]?.total ?? 0, calls: rows.map(callOf) };
}

function callOf({ day, otherUnits, ...row }: z.infer<typeof Call>): SampledCall {
  const { kind, provider, model, feature, region, errorClass, occurredAt } = row;
  const { billed, cache, batch, serviceTier, reportedCostUsd } = row;
  const tokens = Object.fromEntries(buckets.map((bucket) => [bucket, row[bucket]])) as Record<Bucket, number>;
  const what = { kind, provider, model, feature, region, errorClass, occurredAt };
  const how = { billed, cache, batch, serviceTier, reportedCostUsd, otherUnits: otherUnits ?? {} };
  return { day, facts: { ...what, ...how, units: tokens } };
}
