import { z } from "zod";
import { Prisma } from "@/prisma/generated/client";
import type { Db } from "@/server/db";
import { arrayLiteral } from "./array-literal";
import { bucketColumns, ledgerColumns } from "./ledger-columns";
import { type CallTags, type Report, type SharedTag, sharedTags } from "./prefer-report";
import { priceStatuses } from "./schemas";

const raw = (text: string) => Prisma.raw(text);

const tagColumns = {
  userId: "user_id",
  accountId: "account_id",
  feature: "feature",
  team: "team",
  environment: "environment",
  promptId: "prompt_id",
  promptVersion: "prompt_version",
  route: "route",
} as const satisfies Record<SharedTag, string>;

const allColumns = ["tenant_id", "source", "received_at", ...ledgerColumns.map(({ column }) => column)];
const columnList = raw(allColumns.join(", "));
/** What a call is counted as from now on, it was not known to be before. */
const columnsReceivedNow = (now: Date) =>
  Prisma.join(
    allColumns.map((column) => (column === "received_at" ? Prisma.sql`${now}::timestamptz` : raw(column))),
  );

const json = (pairs: Record<string, string>) =>
  raw(
    `json_build_object(${Object.entries(pairs)
      .map(([name, column]) => `'${name}', c.${column}`)
      .join(", ")})`,
  );
const reportColumns = Prisma.sql`c.call_id AS "callId", c.occurred_at AS "occurredAt", c.source, c.provider, c.model, c.price_status AS "priceStatus",
  ${json(bucketColumns)} AS units, ${json(tagColumns)} AS tags`;

const reportFields = {
  callId: z.string(),
  occurredAt: z.date(),
  source: z.string(),
  provider: z.string(),
  model: z.string(),
  priceStatus: z.enum(priceStatuses),
  units: z.record(z.string(), z.number()).transform((units) => units as Report["units"]),
  tags: z.record(z.string(), z.string().nullable()).transform((tags) => tags as CallTags),
};
const TraceReport = z.object({
  ...reportFields,
  place: z.enum(["call", "response", "aggregate"]),
  responseId: z.string().nullable(),
});
export type TraceReport = z.infer<typeof TraceReport>;
const ResponseReport = z.object({ ...reportFields, responseId: z.string(), owns: z.boolean() });
export type ResponseReport = z.infer<typeof ResponseReport>;

/** Takes marks: they are gone when this transaction commits, together with what was made of them. */
export async function takeSettleMarks(
  db: Db,
  tenantId: string,
  kind: "trace" | "response",
  most: number,
): Promise<string[]> {
  const rows = await db.$queryRaw<{ key: string }[]>`
    WITH keys AS (
      SELECT DISTINCT key FROM settle_mark WHERE tenant_id = ${tenantId}::uuid AND kind = ${kind} LIMIT ${most}
    ), taken AS (
      DELETE FROM settle_mark m USING keys k WHERE m.tenant_id = ${tenantId}::uuid AND m.kind = ${kind} AND m.key = k.key RETURNING m.key
    )
    SELECT DISTINCT key FROM taken ORDER BY key`;
  return rows.map(({ key }) => key);
}

export async function markResponses(db: Db, tenantId: string, responseIds: readonly string[]): Promise<void> {
  await db.$executeRaw`
    INSERT INTO settle_mark (tenant_id, kind, key)
    SELECT DISTINCT ${tenantId}::uuid, 'response', k FROM unnest(${arrayLiteral(responseIds, (id) => id)}::text[]) AS k`;
}

/** The calls of spans, wherever they are by now. */
export async function reportsOfSpans(
  db: Db,
  tenantId: string,
  calls: readonly { callId: string; occurredAt: Date }[],
): Promise<TraceReport[]> {
  const ids = arrayLiteral(calls, ({ callId }) => callId);
  const times = arrayLiteral(calls, ({ occurredAt }) => occurredAt.toISOString());
  const rows = await db.$queryRaw`
    SELECT ${reportColumns}, 'call' AS place, c.provider_request_id AS "responseId"
    FROM unnest(${ids}::text[], ${times}::timestamptz[]) AS w(call_id, occurred_at)
    JOIN call c ON c.tenant_id = ${tenantId}::uuid AND c.occurred_at = w.occurred_at AND c.call_id = w.call_id
    UNION ALL
    SELECT ${reportColumns}, c.reason AS place, c.provider_request_id AS "responseId"
    FROM unnest(${ids}::text[]) AS w(call_id)
    JOIN call_linked c ON c.tenant_id = ${tenantId}::uuid AND c.call_id = w.call_id`;
  return z.array(TraceReport).parse(rows);
}

/** Every report of these responses: the call that counts, and those linked to it. */
export async function reportsOfResponses(
  db: Db,
  tenantId: string,
  responseIds: readonly string[],
): Promise<ResponseReport[]> {
  const ids = arrayLiteral(responseIds, (id) => id);
  const rows = await db.$queryRaw`
    SELECT ${reportColumns}, r.response_id AS "responseId", true AS owns
    FROM call_seen r
    JOIN call c ON c.tenant_id = r.tenant_id AND c.occurred_at = r.occurred_at AND c.call_id = r.call_id
    WHERE r.tenant_id = ${tenantId}::uuid AND r.response_id = ANY (${ids}::text[])
    UNION ALL
    SELECT ${reportColumns}, r.response_id AS "responseId", false AS owns
    FROM call_seen r
    JOIN call_linked c ON c.tenant_id = r.tenant_id AND c.counted_id = r.call_id AND c.reason = 'response'
    WHERE r.tenant_id = ${tenantId}::uuid AND r.response_id = ANY (${ids}::text[])`;
  return z.array(ResponseReport).parse(rows);
}

export interface TagChange {
  callId: string;
  occurredAt: Date;
  tags: CallTags;
}

/** Gives calls other tags, keeps what they were, and marks their hours. */
export async function saveTags(
  db: Db,
  tenantId: string,
  now: Date,
  changes: readonly TagChange[],
): Promise<void> {
  const columns = Object.values(tagColumns);
  const arrays = sharedTags.map(
    (tag) => Prisma.sql`${arrayLiteral(changes, ({ tags }) => tags[tag])}::text[]`,
  );
  await db.$executeRaw`
    WITH input AS (
      SELECT * FROM unnest(${arrayLiteral(changes, ({ callId }) => callId)}::text[],
        ${arrayLiteral(changes, ({ occurredAt }) => occurredAt.toISOString())}::timestamptz[], ${Prisma.join(arrays)})
        AS i(call_id, occurred_at, ${raw(sharedTags.map((tag) => tagColumns[tag]).join(", "))})
    ), kept AS (
      INSERT INTO call_history (tenant_id, occurred_at, call_id, superseded_at, cause, cost_usd, price_status, price_version_id,
        price_rule_id, user_id, account_id, feature, team, environment, prompt_id, prompt_version)
      SELECT c.tenant_id, c.occurred_at, c.call_id, ${now}::timestamptz, 'trace', c.cost_usd, c.price_status, c.price_version_id,
        c.price_rule_id, c.user_id, c.account_id, c.feature, c.team, c.environment, c.prompt_id, c.prompt_version
      FROM input i JOIN call c ON c.tenant_id = ${tenantId}::uuid AND c.occurred_at = i.occurred_at AND c.call_id = i.call_id
    ), changed AS (
      UPDATE call c SET ${raw(columns.map((column) => `${column} = i.${column}`).join(", "))}
      FROM input i WHERE c.tenant_id = ${tenantId}::uuid AND c.occurred_at = i.occurred_at AND c.call_id = i.call_id
      RETURNING c.occurred_at
    )
    INSERT INTO rollup_dirty (tenant_id, hour)
    SELECT DISTINCT ${tenantId}::uuid, date_trunc('hour', occurred_at, 'UTC') FROM changed`;
}

/** The same for reports that are linked: in no sum, so nothing is kept or marked. */
export async function saveLinkedTags(db: Db, tenantId: string, changes: readonly TagChange[]): Promise<void> {
  const columns = Object.values(tagColumns);
  const arrays = sharedTags.map(
    (tag) => Prisma.sql`${arrayLiteral(changes, ({ tags }) => tags[tag])}::text[]`,
  );
  await db.$executeRaw`
    UPDATE call_linked c SET ${raw(columns.map((column) => `${column} = i.${column}`).join(", "))}
    FROM unnest(${arrayLiteral(changes, ({ callId }) => callId)}::text[], ${Prisma.join(arrays)})
      AS i(call_id, ${raw(sharedTags.map((tag) => tagColumns[tag]).join(", "))})
    WHERE c.tenant_id = ${tenantId}::uuid AND c.call_id = i.call_id`;
}

type CallKey = Pick<Report, "callId" | "occurredAt">;

const markHour = (tenantId: string, occurredAt: Date) => Prisma.sql`
  INSERT INTO rollup_dirty (tenant_id, hour) SELECT ${tenantId}::uuid, date_trunc('hour', ${occurredAt}::timestamptz, 'UTC')`;

/** Takes a call out of the ledger's sums and links it to the one that counts instead. */
export async function linkCall(
  db: Db,
  tenantId: string,
  call: CallKey,
  link: { countedId: string; reason: "response" | "aggregate"; now: Date },
): Promise<void> {
  await db.$executeRaw`
    WITH moved AS (
      DELETE FROM call WHERE tenant_id = ${tenantId}::uuid AND occurred_at = ${call.occurredAt}::timestamptz AND call_id = ${call.callId}
      RETURNING ${columnList}
    )
    INSERT INTO call_linked (${columnList}, counted_id, reason, counted_until)
    SELECT ${columnList}, ${link.countedId}, ${link.reason}, ${link.now}::timestamptz FROM moved`;
  await db.$executeRaw(markHour(tenantId, call.occurredAt));
}

/** Counts a linked report from now on, and links to it whatever was linked to `insteadOf`. */
export async function countReport(
  db: Db,
  tenantId: string,
  report: CallKey & { responseId: string },
  { insteadOf, now }: { insteadOf: string; now: Date },
): Promise<void> {
  await db.$executeRaw`
    WITH moved AS (
      DELETE FROM call_linked WHERE tenant_id = ${tenantId}::uuid AND call_id = ${report.callId} RETURNING ${columnList}
    )
    INSERT INTO call (${columnList}) SELECT ${columnsReceivedNow(now)} FROM moved`;
  await db.$executeRaw`
    UPDATE call_linked SET counted_id = ${report.callId} WHERE tenant_id = ${tenantId}::uuid AND counted_id = ${insteadOf}`;
  await releaseResponse(db, tenantId, report.responseId, insteadOf);
  await db.$executeRaw`
    UPDATE call_seen SET response_id = ${report.responseId} WHERE tenant_id = ${tenantId}::uuid AND call_id = ${report.callId}`;
  await db.$executeRaw(markHour(tenantId, report.occurredAt));
}

/** A response that nobody owns any longer: its next report counts. */
export async function releaseResponse(
  db: Db,
  tenantId: string,
  responseId: string,
  callId: string,
): Promise<void> {
  await db.$executeRaw`
    UPDATE call_seen SET response_id = NULL
    WHERE tenant_id = ${tenantId}::uuid AND response_id = ${responseId} AND call_id = ${callId}`;
}

/** A report that only sums up its children must not be taken for a better one of theirs. */
export async function markAggregate(
  db: Db,
  tenantId: string,
  callId: string,
  countedId: string,
): Promise<void> {
  await db.$executeRaw`
    UPDATE call_linked SET reason = 'aggregate', counted_id = ${countedId} WHERE tenant_id = ${tenantId}::uuid AND call_id = ${callId}`;
}

const Span = z.object({
  traceId: z.string(),
  spanId: z.string(),
  parentSpanId: z.string().nullable(),
  kind: z.enum(["call", "sum", "link"]),
  callId: z.string().nullable(),
  occurredAt: z.date().nullable(),
  tags: z.record(z.string(), z.string()).nullable(),
});
export type StoredSpan = z.infer<typeof Span>;

export async function spansOfTraces(
  db: Db,
  tenantId: string,
  traceIds: readonly string[],
): Promise<StoredSpan[]> {
  const rows = await db.$queryRaw`
    SELECT trace_id AS "traceId", span_id AS "spanId", parent_span_id AS "parentSpanId", kind, call_id AS "callId",
      occurred_at AS "occurredAt", tags
    FROM trace_span
    WHERE tenant_id = ${tenantId}::uuid AND trace_id = ANY (${arrayLiteral(traceIds, (id) => id)}::text[])
    ORDER BY trace_id, span_id`;
  return z.array(Span).parse(rows);
}

const LoneSpan = z.object({
  callId: z.string(),
  occurredAt: z.date(),
  tags: z.record(z.string(), z.string()),
});

/** Calls of these ids, with their tags: parents whose own spans were not kept. */
export async function loneCalls(
  db: Db,
  tenantId: string,
  callIds: readonly string[],
): Promise<z.infer<typeof LoneSpan>[]> {
  const rows = await db.$queryRaw`
    SELECT c.call_id AS "callId", c.occurred_at AS "occurredAt", json_strip_nulls(${json(tagColumns)}) AS tags
    FROM call_seen s
    JOIN call c ON c.tenant_id = s.tenant_id AND c.occurred_at = s.occurred_at AND c.call_id = s.call_id
    WHERE s.tenant_id = ${tenantId}::uuid AND s.call_id = ANY (${arrayLiteral(callIds, (id) => id)}::text[])`;
  return z.array(LoneSpan).parse(rows);
}

/** Those of the calls whose tags a rule's run or an erasure changed. */
export async function changedByPeople(
  db: Db,
  tenantId: string,
  calls: readonly CallKey[],
): Promise<Set<string>> {
  const rows = await db.$queryRaw<{ callId: string }[]>`
    SELECT DISTINCT h.call_id AS "callId"
    FROM unnest(${arrayLiteral(calls, ({ callId }) => callId)}::text[],
      ${arrayLiteral(calls, ({ occurredAt }) => occurredAt.toISOString())}::timestamptz[]) AS w(call_id, occurred_at)
    JOIN call_history h ON h.tenant_id = ${tenantId}::uuid AND h.occurred_at = w.occurred_at AND h.call_id = w.call_id
    WHERE h.cause IN ('attribution', 'erasure')`;
  return new Set(rows.map(({ callId }) => callId));
}
