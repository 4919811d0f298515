import { z } from "zod";
import { Prisma } from "@/prisma/generated/client";
import { otherValue } from "@/server/calls/tag-caps";
import type { Db } from "@/server/db";
import { mostVersions } from "../prompt-schemas";
import { sourceSql } from "../source-query";
import type { Looked } from "./looked";
import { question } from "./work-query";

const raw = (text: string) => Prisma.raw(text);
const count = z.coerce.number().int();
const VersionDay = z.object({
  feature: z.string().nullable(),
  prompt: z.string(),
  version: z.string().nullable(),
  day: z.string(),
  calls: count,
  unpricedCalls: count,
  errorCalls: count,
  inputTokens: count,
  costUsd: z.string(),
});
export type VersionDay = z.infer<typeof VersionDay>;

const inputTokens = raw(
  "fresh_input_tokens + cache_read_tokens + cache_write_5m_tokens + cache_write_1h_tokens + audio_input_tokens",
);
/** Of the days looked at: the versions of more prompts are not compared. */
const mostPrompts = 200;

/** The dearest prompts, but for those whose text is made for each call. */
export async function dearestPrompts(db: Db, looked: Looked, leastUsd: string): Promise<string[]> {
  const source = sourceSql({
    ...question(looked, { prompt: { not: [null, otherValue] } }),
    dimensions: ["prompt", "promptVersion"],
    granularity: "total",
  });
  const rows = await db.$queryRaw`
    SELECT prompt_id AS prompt FROM ${source} AS source GROUP BY prompt_id
    HAVING sum(cost_usd) >= ${leastUsd}::numeric AND count(DISTINCT prompt_version) <= ${mostVersions}
    ORDER BY sum(cost_usd) DESC, prompt_id LIMIT ${mostPrompts}`;
  return z
    .array(z.object({ prompt: z.string() }))
    .parse(rows)
    .map(({ prompt }) => prompt);
}

/** Days of every version of these prompts, by feature, in order; calls folded by a cap of versions are left out. */
export async function versionDays(
  db: Db,
  looked: Looked,
  range: Looked["range"],
  prompts: readonly string[],
): Promise<VersionDay[]> {
  if (prompts.length === 0) return [];
  const source = sourceSql({
    ...question({ ...looked, range }, { prompt: [...prompts], promptVersion: { not: [otherValue] } }),
    dimensions: ["feature", "prompt", "promptVersion"],
    granularity: "day",
  });
  const rows = await db.$queryRaw`
    SELECT nullif(feature, '') AS feature, prompt_id AS prompt, nullif(prompt_version, '') AS version, bucket::text AS day, sum(calls)::text AS calls,
      sum(unpriced_calls)::text AS "unpricedCalls", sum(error_calls)::text AS "errorCalls", sum(${inputTokens})::text AS "inputTokens",
      trim_scale(sum(cost_usd))::text AS "costUsd"
    FROM ${source} AS source GROUP BY feature, prompt_id, prompt_version, bucket ORDER BY 1, 2, 4, 3`;
  return z.array(VersionDay).parse(rows);
}
