import { z } from "zod";
import { Prisma } from "@/prisma/generated/client";
import { type PolicyTag, policyTags } from "@/server/attribution/schemas";
import { otherValue } from "@/server/calls/tag-caps";
import type { Db } from "@/server/db";

const raw = (text: string) => Prisma.raw(text);
const count = z.coerce.number().int();

export const tagColumns = {
  feature: "feature",
  userId: "user_id",
  accountId: "account_id",
  team: "team",
  environment: "environment",
  prompt: "prompt_id",
} as const satisfies Record<PolicyTag, string>;

/** Users are in roll-ups of their own, prompts are not in those. */
const ofUsers = (tag: PolicyTag) => tag === "userId" || tag === "accountId";

export interface CoverageQuestion {
  tenantId: string;
  from: Date;
  to: Date;
  /** Local days, inclusive. */
  days: { first: string; last: string };
}

const days = ({ tenantId, days: { first, last } }: CoverageQuestion) =>
  Prisma.sql`tenant_id = ${tenantId}::uuid AND day BETWEEN ${first}::date AND ${last}::date`;
const ledger = ({ tenantId, from, to }: CoverageQuestion) =>
  Prisma.sql`c.tenant_id = ${tenantId}::uuid AND c.occurred_at >= ${from}::timestamptz AND c.occurred_at < ${to}::timestamptz`;

const Sums = z.object({ calls: count, costUsd: z.string(), unpricedCalls: count });
export type Sums = z.infer<typeof Sums>;

const sums = (condition: string) => `
  coalesce(sum(calls) FILTER (WHERE ${condition}), 0)::text AS calls,
  trim_scale(coalesce(sum(cost_usd) FILTER (WHERE ${condition}), 0))::text AS "costUsd",
  coalesce(sum(unpriced_calls) FILTER (WHERE ${condition}), 0)::text AS "unpricedCalls"`;

async function sumDays(db: Db, question: CoverageQuestion, table: string, condition: string): Promise<Sums> {
  const rows = await db.$queryRaw`SELECT ${raw(sums(condition))} FROM ${raw(table)} WHERE ${days(question)}`;
  return z.tuple([Sums]).parse(rows)[0];
}

export function totalSums(db: Db, question: CoverageQuestion): Promise<Sums> {
  return sumDays(db, question, "rollup_day", "true");
}

/** Of the calls that have the tag. */
export async function tagSums(db: Db, question: CoverageQuestion): Promise<{ tag: PolicyTag; sums: Sums }[]> {
  const found: { tag: PolicyTag; sums: Sums }[] = [];
  for (const tag of policyTags) {
    const table = ofUsers(tag) ? "rollup_user_day" : "rollup_day";
    found.push({ tag, sums: await sumDays(db, question, table, `${tagColumns[tag]} <> ''`) });
  }
  return found;
}

/** Of the calls that have all of these tags; from the ledger where no roll-up has users and prompts together. */
export async function jointSums(
  db: Db,
  question: CoverageQuestion,
  tags: readonly PolicyTag[],
): Promise<Sums> {
  const filled = tags.map((tag) => `${tagColumns[tag]} <> ''`).join(" AND ");
  if (!tags.some(ofUsers)) return sumDays(db, question, "rollup_day", filled);
  if (!tags.includes("prompt")) return sumDays(db, question, "rollup_user_day", filled);
  const rows = await db.$queryRaw`
    SELECT count(*)::text AS calls, trim_scale(coalesce(sum(cost_usd), 0))::text AS "costUsd",
      (count(*) FILTER (WHERE cost_usd IS NULL))::text AS "unpricedCalls"
    FROM call c WHERE ${ledger(question)} AND ${raw(filled)}`;
  return z.tuple([Sums]).parse(rows)[0];
}

/** Tags of roll-ups whose values are capped (server/calls/tag-caps.ts). */
const cappedColumns = {
  feature: "feature",
  team: "team",
  environment: "environment",
  prompt: "prompt_id",
  promptVersion: "prompt_version",
  provider: "provider",
  model: "model",
  errorClass: "error_class",
} as const;

/** Calls whose value of a tag was one too many of its day, by tag; tags without any are left out. */
export async function foldedCalls(
  db: Db,
  question: CoverageQuestion,
): Promise<{ tag: string; calls: number; costUsd: string }[]> {
  const values = Object.entries(cappedColumns).map(([tag, column]) => `('${tag}', ${column})`);
  const rows = await db.$queryRaw`
    SELECT tag, sum(calls)::text AS calls, trim_scale(sum(cost_usd))::text AS "costUsd"
    FROM rollup_day, LATERAL (VALUES ${raw(values.join(", "))}) AS v(tag, value)
    WHERE ${days(question)} AND v.value = ${otherValue} GROUP BY tag ORDER BY sum(calls) DESC, tag`;
  return z.array(z.object({ tag: z.string(), calls: count, costUsd: z.string() })).parse(rows);
}

export const coverageDimensions = ["callSite", "key", "source"] as const;

const Lack = z.object({
  dimension: z.enum(coverageDimensions),
  /** What names the call site: its route, else its prompt, else its model. */
  kind: z.enum(["route", "prompt", "model"]).nullable(),
  /** Of a key: its id. Null: the calls have none; see `isRest`. */
  value: z.string().nullable(),
  /** Of a key: its name. */
  name: z.string().nullable(),
  /** Everything beyond the dearest `limit`, in one. */
  isRest: z.boolean(),
  /** How many values this is. */
  values: count,
  calls: count,
  costUsd: z.string(),
  unpricedCalls: count,
});
export type Lack = z.infer<typeof Lack>;

/** Where the calls without the tag come from, the dearest first: by call site, key and source, each adding up to all. */
export async function lacksByOrigin(
  db: Db,
  question: CoverageQuestion,
  tag: PolicyTag,
  limit: number,
): Promise<Lack[]> {
  const rows = await db.$queryRaw`
    WITH lacking AS (
      SELECT c.route, c.prompt_id, c.model, c.key_id, c.source, count(*) AS calls, coalesce(sum(c.cost_usd), 0) AS cost,
        count(*) FILTER (WHERE c.cost_usd IS NULL) AS unpriced
      FROM call c WHERE ${ledger(question)} AND c.${raw(tagColumns[tag])} IS NULL GROUP BY 1, 2, 3, 4, 5
    ), grouped AS (
      SELECT dimension, kind, value, sum(calls) AS calls, sum(cost) AS cost, sum(unpriced) AS unpriced
      FROM lacking l, LATERAL (VALUES
        ('callSite', CASE WHEN l.route IS NOT NULL THEN 'route' WHEN l.prompt_id IS NOT NULL THEN 'prompt' ELSE 'model' END,
          coalesce(l.route, l.prompt_id, l.model)),
        ('key', NULL, l.key_id::text), ('source', NULL, l.source)) AS v(dimension, kind, value)
      GROUP BY 1, 2, 3
    ), ranked AS (
      SELECT *, row_number() OVER (PARTITION BY dimension ORDER BY cost DESC, calls DESC, value) > ${limit} AS rest FROM grouped
    ), listed AS (
      SELECT dimension, CASE WHEN NOT rest THEN kind END AS kind, CASE WHEN NOT rest THEN value END AS value, rest,
        count(*) AS values, sum(calls) AS calls, sum(cost) AS cost, sum(unpriced) AS unpriced
      FROM ranked GROUP BY dimension, rest, CASE WHEN NOT rest THEN kind END, CASE WHEN NOT rest THEN value END
    )
    SELECT l.dimension, l.kind, l.value, k.name, l.rest AS "isRest", l.values::text, l.calls::text,
      trim_scale(l.cost)::text AS "costUsd", l.unpriced::text AS "unpricedCalls"
    FROM listed l LEFT JOIN api_key k ON k.tenant_id = ${question.tenantId}::uuid AND l.dimension = 'key' AND k.id::text = l.value
    ORDER BY l.dimension, l.rest, l.cost DESC, l.calls DESC, l.value`;
  return z.array(Lack).parse(rows);
}
