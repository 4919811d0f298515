import { z } from "zod";
import { Prisma } from "@/prisma/generated/client";
import { bucketColumns } from "@/server/calls/ledger-columns";
import type { Db } from "@/server/db";
import { type Bucket, buckets } from "@/server/prices/buckets";
import { nightFrom, nightTo } from "@/server/recommendations/batchable";
import { sourceSql, type SourceQuestion } from "../source-query";
import type { Looked } from "./looked";

const raw = (text: string) => Prisma.raw(text);
const count = z.coerce.number().int();
const name = z.string().nullable();

export const question = (looked: Looked, filter: SourceQuestion["filter"] = {}) => ({
  tenantId: looked.tenantId,
  timeZone: looked.timeZone,
  built: looked.built,
  range: looked.range,
  filter,
  knownAt: null,
});

const Total = z.tuple([z.object({ calls: count, costUsd: z.string(), unpricedCalls: count })]);

/** Everything of the days looked at. */
export async function totalOf(db: Db, looked: Looked) {
  const source = sourceSql({ ...question(looked), dimensions: [], granularity: "total" });
  const rows = await db.$queryRaw`
    SELECT coalesce(sum(calls), 0)::text AS calls, trim_scale(coalesce(sum(cost_usd), 0))::text AS "costUsd",
      coalesce(sum(unpriced_calls), 0)::text AS "unpricedCalls" FROM ${source} AS source`;
  return Total.parse(rows)[0];
}

const Work = z.object({
  feature: name,
  provider: z.string(),
  model: z.string(),
  calls: count,
  withoutUser: count,
  atNight: count,
  costUsd: z.string(),
});
export type Work = z.infer<typeof Work>;

/** Calls of each feature with each model: how many name no user, and how many came at night. The dearest first. */
export async function workOf(db: Db, looked: Looked): Promise<Work[]> {
  const models = { model: { not: [null] } };
  const people = sourceSql({ ...question(looked, models), dimensions: ["feature", "provider", "model", "user"], granularity: "total" }); // prettier-ignore
  const hours = sourceSql({ ...question(looked, models), dimensions: ["feature", "provider", "model"], granularity: "wallHour" }); // prettier-ignore
  const rows = await db.$queryRaw`
    WITH people AS (
      SELECT feature, provider, model, sum(calls) AS calls, coalesce(sum(calls) FILTER (WHERE user_id = ''), 0) AS without, sum(cost_usd) AS cost
      FROM ${people} AS source GROUP BY 1, 2, 3
    ), night AS (
      SELECT feature, provider, model, sum(calls) AS calls FROM ${hours} AS source
      WHERE bucket % 24 >= ${nightFrom} OR bucket % 24 < ${nightTo} GROUP BY 1, 2, 3
    )
    SELECT nullif(feature, '') AS feature, provider, model, people.calls::text AS calls, without::text AS "withoutUser",
      coalesce(night.calls, 0)::text AS "atNight", trim_scale(cost)::text AS "costUsd"
    FROM people LEFT JOIN night USING (feature, provider, model) ORDER BY cost DESC, feature, provider, model`;
  return z.array(Work).parse(rows);
}

const Units = z.object(
  Object.fromEntries(buckets.map((bucket) => [bucket, count])) as Record<Bucket, typeof count>,
);
const ModelWork = z.object({
  feature: name,
  provider: z.string(),
  model: z.string(),
  calls: count,
  costUsd: z.string(),
  units: Units,
});
export type ModelWork = z.infer<typeof ModelWork>;

const unitSums = raw(buckets.map((bucket) => `'${bucket}', sum(${bucketColumns[bucket]})::text`).join(", "));

/** Calls of language models by feature and model, the dearest first. */
export async function modelWorkOf(db: Db, looked: Looked): Promise<ModelWork[]> {
  const source = sourceSql({
    ...question(looked, { kind: ["llm"], model: { not: [null] } }),
    dimensions: ["feature", "provider", "model"],
    granularity: "total",
  });
  const rows = await db.$queryRaw`
    SELECT nullif(feature, '') AS feature, provider, model, sum(calls)::text AS calls, trim_scale(sum(cost_usd))::text AS "costUsd",
      json_build_object(${unitSums}) AS units
    FROM ${source} AS source GROUP BY feature, provider, model ORDER BY sum(cost_usd) DESC, feature, provider, model`;
  return z.array(ModelWork).parse(rows);
}

const FeatureCost = z.object({ feature: name, costUsd: z.string() });

/** What each feature cost in all. */
export async function featureCosts(db: Db, looked: Looked): Promise<ReadonlyMap<string | null, string>> {
  const source = sourceSql({ ...question(looked), dimensions: ["feature"], granularity: "total" });
  const rows = await db.$queryRaw`
    SELECT nullif(feature, '') AS feature, trim_scale(sum(cost_usd))::text AS "costUsd" FROM ${source} AS source GROUP BY feature`;
  return new Map(
    z
      .array(FeatureCost)
      .parse(rows)
      .map(({ feature, costUsd }) => [feature, costUsd]),
  );
}
