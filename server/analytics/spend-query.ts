import { Prisma } from "@/prisma/generated/client";
import { DomainError } from "@/server/errors";
import {
  type Measure,
  type UserDimension,
  userDimensions,
  type WorkDimension,
  workDimensions,
  measures as ledgerMeasures,
} from "@/server/rollups/shape";
import { knownLedgerSql } from "./known-ledger-query";
import type { Range } from "./range";
import type { Granularity, Grouping, SpendFilter, SpendFigures } from "./schemas";

type Dimension = WorkDimension | UserDimension;

const columnOf = {
  feature: "feature",
  user: "user_id",
  account: "account_id",
  model: "model",
  provider: "provider",
  prompt: "prompt_id",
  promptVersion: "prompt_version",
  team: "team",
  environment: "environment",
  kind: "kind",
  error: "error_class",
} as const satisfies Record<Grouping, Dimension>;

const figureOf = {
  calls: ["calls"],
  inputTokens: [
    "fresh_input_tokens",
    "cache_read_tokens",
    "cache_write_5m_tokens",
    "cache_write_1h_tokens",
    "audio_input_tokens",
  ],
  outputTokens: ["visible_output_tokens", "reasoning_tokens", "audio_output_tokens"],
  cacheReadTokens: ["cache_read_tokens"],
  costUsd: ["cost_usd"],
  unpricedCalls: ["unpriced_calls"],
  unpricedTokens: ["unpriced_tokens"],
  partialCalls: ["partial_calls"],
  estimatedCalls: ["estimated_calls"],
  reportedCalls: ["reported_calls"],
  errorCalls: ["error_calls"],
  retryCalls: ["retry_calls"],
  retryCostUsd: ["retry_cost_usd"],
} as const satisfies Record<keyof SpendFigures, readonly Measure[]>;

export interface SpendQuestion {
  tenantId: string;
  timeZone: string;
  range: Range;
  /** The days are built in this zone already (they lag a moment behind a change of zone). */
  daysAreCurrent: boolean;
  groupBy?: Grouping | undefined;
  granularity: Granularity;
  filter: SpendFilter;
  limit: number;
  /** Null: as it is known now. */
  knownAt: Date | null;
}

const raw = (text: string) => Prisma.raw(text);
/** Days of users answered from the ledger at most: by user there are no quarter hours. */
const longestLedgerDays = 35;

interface Source {
  /** Rows with the dimensions, the measures and `at` (what granularity is cut from). */
  table: Prisma.Sql;
  bucket: Prisma.Sql;
}

function needsUsers(groupBy: Grouping | undefined, filter: SpendFilter): boolean {
  const named = [...(groupBy ? [groupBy] : []), ...(Object.keys(filter) as Grouping[])];
  const byUser = named.some((name) => name === "user" || name === "account");
  const missing = named.find((name) => !(userDimensions as readonly string[]).includes(columnOf[name]));
  if (byUser && missing) {
    throw new DomainError(
      "INVALID_INPUT",
      `Users and ${missing} cannot be combined; the list of calls can be filtered by both.`,
      { field: "filter" },
    );
  }
  return byUser;
}

function dayBucket(granularity: Granularity): Prisma.Sql {
  if (granularity === "day") return raw("to_char(day, 'YYYY-MM-DD')");
  return granularity === "month" ? raw("to_char(day, 'YYYY-MM')") : raw("NULL::text");
}

function instantBucket(column: string, granularity: Granularity, timeZone: string): Prisma.Sql {
  const local = Prisma.sql`${raw(column)} AT TIME ZONE ${timeZone}`;
  if (granularity === "hour")
    return Prisma.sql`to_char(date_trunc('hour', ${raw(column)}, ${timeZone}) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`;
  if (granularity === "day") return Prisma.sql`to_char(${local}, 'YYYY-MM-DD')`;
  return granularity === "month" ? Prisma.sql`to_char(${local}, 'YYYY-MM')` : raw("NULL::text");
}

function sourceOf(question: SpendQuestion): Source {
  const { tenantId, timeZone, range, granularity } = question;
  const byUser = needsUsers(question.groupBy, question.filter);
  if (question.knownAt) return ledgerSource(question, knownLedgerSql(tenantId, range, question.knownAt));
  if (range.days && question.daysAreCurrent && granularity !== "hour") {
    const table = raw(byUser ? "rollup_user_day" : "rollup_day");
    const { first, last } = range.days;
    return {
      table: Prisma.sql`${table} WHERE tenant_id = ${tenantId}::uuid AND day BETWEEN ${first}::date AND ${last}::date`,
      bucket: dayBucket(granularity),
    };
  }
  const bounds = (column: string) =>
    Prisma.sql`${raw(column)} >= ${range.from}::timestamptz AND ${raw(column)} < ${range.to}::timestamptz`;
  if (!byUser) {
    return {
      table: Prisma.sql`rollup_slot WHERE tenant_id = ${tenantId}::uuid AND ${bounds("slot")}`,
      bucket: instantBucket("slot", granularity, timeZone),
    };
  }
  if (range.to.getTime() - range.from.getTime() > longestLedgerDays * 86_400_000) {
    throw new DomainError(
      "INVALID_INPUT",
      `By user, a range of more than ${String(longestLedgerDays)} days must begin and end with a day.`,
      { field: "from" },
    );
  }
  return ledgerSource(
    question,
    Prisma.sql`(SELECT * FROM call WHERE tenant_id = ${tenantId}::uuid AND ${bounds("occurred_at")})`,
  );
}

/** Roll-ups made on the spot, of these calls. */
function ledgerSource({ granularity, timeZone }: SpendQuestion, calls: Prisma.Sql): Source {
  const bucket = instantBucket("occurred_at", granularity, timeZone);
  const names = [...new Set<string>([...userDimensions, ...workDimensions])];
  const dimensions = names.map((name) => `coalesce(${name}, '') AS ${name}`).join(", ");
  const sums = Object.entries(ledgerMeasures)
    .map(([name, sql]) => `${sql} AS ${name}`)
    .join(", ");
  const ordinals = names.map((_, i) => String(i + 2)).join(", ");
  return {
    table: Prisma.sql`(SELECT ${bucket} AS at, ${raw(dimensions)}, ${raw(sums)} FROM ${calls} AS call
      GROUP BY 1, ${raw(ordinals)}) AS ledger WHERE true`,
    bucket: raw("at"),
  };
}

/** Corrections stand beside the calls, in the bucket in which they were booked: a closed month stays as it is. */
function correctionsSql(question: SpendQuestion, key: Prisma.Sql): Prisma.Sql {
  const { tenantId, range, granularity, timeZone, knownAt, filter } = question;
  const nothing = Object.keys(ledgerMeasures).map(() => "0");
  const known = knownAt ? Prisma.sql`AND booked_at <= ${knownAt}::timestamptz` : Prisma.empty;
  return Prisma.sql`SELECT ${key}, ${instantBucket("booked_at", granularity, timeZone)}, ${raw(nothing.join(", "))}, delta_usd, 1
    FROM call_correction WHERE tenant_id = ${tenantId}::uuid AND booked_at >= ${range.from}::timestamptz
      AND booked_at < ${range.to}::timestamptz ${known} ${conditions(filter, (column) => `coalesce(${column}, '')`)}`;
}

function conditions(filter: SpendFilter, read = (column: string) => column): Prisma.Sql {
  const parts = (Object.entries(filter) as [Grouping, (string | null)[] | undefined][]).map(
    ([name, values]) =>
      values
        ? Prisma.sql`AND ${raw(read(columnOf[name]))} = ANY (${values.map((value) => value ?? "")}::text[])`
        : Prisma.empty,
  );
  return parts.length > 0 ? Prisma.join(parts, " ") : Prisma.empty;
}

/**
 * SQL of a spend question. The first row is the total of everything asked for (grouping set ()), whatever the limit;
 * the others are the groups, dearest first.
 */
export function spendSql(question: SpendQuestion): Prisma.Sql {
  const { table, bucket } = sourceOf(question);
  const key = question.groupBy
    ? Prisma.sql`nullif(${raw(columnOf[question.groupBy])}, '')`
    : raw("NULL::text");
  const figures = Object.entries(figureOf)
    .map(([name, parts]) => `coalesce(sum(${parts.join(" + ")}), 0)::text AS "${name}"`)
    .join(", ");
  return Prisma.sql`
    SELECT key, bucket, is_total = 3 AS "isTotal", "correctionUsd", "correctionCalls", ${raw(
      Object.keys(figureOf)
        .map((name) => `"${name}"`)
        .join(", "),
    )}
    FROM (
      SELECT key, bucket, grouping(key, bucket) AS is_total, ${raw(figures)}, coalesce(sum(cost_usd), 0) AS dear,
        coalesce(sum(correction_usd), 0)::text AS "correctionUsd", coalesce(sum(corrections), 0)::int AS "correctionCalls"
      FROM (
        SELECT ${key} AS key, ${bucket} AS bucket, ${raw(Object.keys(ledgerMeasures).join(", "))},
          0::numeric AS correction_usd, 0 AS corrections FROM ${table} ${conditions(question.filter)}
        UNION ALL ${correctionsSql(question, key)}
      ) AS picked
      GROUP BY GROUPING SETS ((key, bucket), ())
    ) AS summed
    ORDER BY is_total DESC, bucket NULLS FIRST, dear DESC, key NULLS LAST
    LIMIT ${question.limit + 2}`;
}
