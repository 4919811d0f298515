import { z } from "zod";
import { Prisma } from "@/prisma/generated/client";
import { bucketColumns } from "@/server/calls/ledger-columns";
import type { Db } from "@/server/db";
import { type Bucket, buckets } from "@/server/prices/buckets";
import { filterSql } from "./conditions";
import { columnOf } from "./dimensions";
import { plainUsd } from "./figures";
import type { Range } from "./range";
import type { Grouping } from "./schemas";
import { sourceSql, type SourceQuestion } from "./source-query";
import type { Usage } from "./why/usage";

export interface WhyQuestion extends Omit<
  SourceQuestion,
  "dimensions" | "granularity" | "knownAt" | "range"
> {
  before: Range;
  after: Range;
}

const raw = (text: string) => Prisma.raw(text);
const tagsOfWork = [
  "feature",
  "kind",
  "prompt",
  "promptVersion",
  "provider",
  "model",
] as const satisfies Grouping[];
/** What the roll-ups by user know of it. */
const tagsOfUsers = ["feature", "provider", "model"] as const satisfies Grouping[];

/** Roll-ups by user know neither prompts nor kinds nor failures. */
export const isByUser = ({ filter }: Pick<WhyQuestion, "filter">) =>
  filter.user !== undefined || filter.account !== undefined;

const counts = [
  "calls",
  "retry_calls",
  "unpriced_calls",
  "unpriced_tokens",
  ...buckets.map((bucket) => bucketColumns[bucket]),
];
const costsNothing = ["cost_usd", "unpriced_calls", ...buckets.map((bucket) => bucketColumns[bucket])]
  .map((name) => `${name} = 0`)
  .join(" AND ");

/**
 * Two stretches by what a change is split by, for each whether it is the one before. Failures are summed by their class
 * first, so that which of them cost nothing does not depend on the roll-ups that were read.
 */
export function whySql(question: WhyQuestion): Prisma.Sql {
  const byUser = isByUser(question);
  const tags: readonly Grouping[] = byUser ? tagsOfUsers : tagsOfWork;
  const dimensions: readonly Grouping[] = byUser ? tags : [...tags, "error"];
  const columns = (names: readonly Grouping[]) => names.map((name) => columnOf[name]).join(", ");
  const known = (name: (typeof tagsOfWork)[number]) => (tags.includes(name) ? columnOf[name] : "''");
  // Each stretch by itself, and told as numbers only once it is summed: there are a hundred times as many rows before.
  const summed = (range: Range, isBefore: boolean) => Prisma.sql`
    SELECT ${raw(String(isBefore))} AS is_before, ${raw(columns(dimensions))}, sum(cost_usd) AS cost_usd,
      ${raw(counts.map((name) => `sum(${name})::float8 AS ${name}`).join(", "))}
    FROM ${sourceSql({ ...question, range, dimensions, granularity: "total", knownAt: null })} AS source GROUP BY ${raw(columns(dimensions))}`;
  const isFree = byUser ? "false" : `error_class <> '' AND ${costsNothing}`;
  return Prisma.sql`
    SELECT is_before AS "isBefore", false AS "isBooked", ${raw(known("feature"))} AS feature, ${raw(known("kind"))} AS kind,
      ${raw(known("prompt"))} AS prompt, ${raw(known("promptVersion"))} AS version, provider, model,
      sum(calls) AS calls, sum(calls - retry_calls) AS requests,
      coalesce(sum(calls) FILTER (WHERE ${raw(isFree)}), 0) AS "freeCalls",
      sum(unpriced_calls) AS "unpricedCalls", sum(unpriced_tokens) AS "unpricedTokens",
      sum(cost_usd)::text AS "costUsd", ${raw(
        buckets.map((bucket) => `sum(${bucketColumns[bucket]}) AS "${bucket}"`).join(", "),
      )}
    FROM (${summed(question.before, true)} UNION ALL ${summed(question.after, false)}) AS summed
    GROUP BY is_before, ${raw(columns(tags))}`;
}

const Row = z.object({
  isBefore: z.boolean(),
  /** Corrections booked in the stretch: how many, and what they come to. */
  isBooked: z.boolean(),
  feature: z.string(),
  kind: z.string(),
  prompt: z.string(),
  version: z.string(),
  provider: z.string(),
  model: z.string(),
  calls: z.number(),
  requests: z.number(),
  freeCalls: z.number(),
  unpricedCalls: z.number(),
  unpricedTokens: z.number(),
  costUsd: z.string(),
  ...(Object.fromEntries(buckets.map((bucket) => [bucket, z.number()])) as Record<Bucket, z.ZodNumber>),
});

/** Corrections booked in each stretch, if there were any, as a row of what was used. */
function bookedSql({ tenantId, filter, before, after }: WhyQuestion): Prisma.Sql {
  const none = (count: number) => raw(Array.from({ length: count }, () => "0").join(", "));
  const booked = ({ from, to }: Range, isBefore: boolean) => Prisma.sql`
    SELECT ${raw(String(isBefore))}, true, '', '', '', '', '', '', count(*), ${none(4)}, sum(delta_usd)::text, ${none(buckets.length)} FROM call_correction
    WHERE tenant_id = ${tenantId}::uuid AND booked_at >= ${from}::timestamptz AND booked_at < ${to}::timestamptz
      ${filterSql(filter, (column) => `coalesce(${column}, '')`)} HAVING count(*) > 0`;
  return Prisma.sql`${booked(before, true)} UNION ALL ${booked(after, false)}`;
}

interface Side {
  used: Usage[];
  /** Booked in the stretch; null: none. */
  corrections: { usd: string; calls: number } | null;
}

/** What was used in each stretch, and the corrections that were booked in it, in one look. */
export async function loadSides(db: Db, question: WhyQuestion): Promise<{ before: Side; after: Side }> {
  // Seven tags together are guessed to make far more groups than they do, and what is guessed not to fit is sorted on disk.
  if (!isByUser(question)) await db.$executeRaw`SELECT set_config('work_mem', '32MB', true)`;
  const rows = z
    .array(Row)
    .parse(await db.$queryRaw`${whySql(question)} UNION ALL ${bookedSql(question)}`)
    .map((row) => ({ ...row, costUsd: plainUsd(row.costUsd), units: row }));
  const side = (isBefore: boolean): Side => {
    const own = rows.filter((row) => row.isBefore === isBefore);
    const booked = own.find(({ isBooked }) => isBooked);
    return {
      used: own.filter(({ isBooked }) => !isBooked),
      corrections: booked ? { usd: booked.costUsd, calls: booked.calls } : null,
    };
  };
  return { before: side(true), after: side(false) };
}
