import { z } from "zod";
import { otherValue } from "@/server/calls/tag-caps";
import type { Db } from "@/server/db";
import type { Subject } from "@/server/recommendations/schemas";
import { sourceSql } from "../source-query";
import type { Looked } from "./looked";
import { ofSubject } from "./sample-query";
import { question } from "./work-query";

const count = z.coerce.number().int();
const PromptWork = z.object({
  feature: z.string().nullable(),
  prompt: z.string(),
  provider: z.string(),
  model: z.string(),
  calls: count,
  costUsd: z.string(),
  inputTokens: count,
  freshTokens: count,
  readTokens: count,
});
export type PromptWork = z.infer<typeof PromptWork>;

/** Input of each prompt by feature and model, the dearest first. */
export async function promptWorkOf(db: Db, looked: Looked): Promise<PromptWork[]> {
  const source = sourceSql({
    ...question(looked, { kind: ["llm"], prompt: { not: [null, otherValue] }, model: { not: [null] } }),
    dimensions: ["feature", "prompt", "provider", "model"],
    granularity: "total",
  });
  const rows = await db.$queryRaw`
    SELECT nullif(feature, '') AS feature, prompt_id AS prompt, provider, model, sum(calls)::text AS calls, trim_scale(sum(cost_usd))::text AS "costUsd",
      sum(fresh_input_tokens + cache_read_tokens + cache_write_5m_tokens + cache_write_1h_tokens)::text AS "inputTokens",
      sum(fresh_input_tokens)::text AS "freshTokens", sum(cache_read_tokens)::text AS "readTokens"
    FROM ${source} AS source GROUP BY feature, prompt_id, provider, model ORDER BY sum(cost_usd) DESC, 1, 2, 3, 4`;
  return z.array(PromptWork).parse(rows);
}

const FollowDay = z.object({ day: z.string(), calls: count, following: count });
const Rhythm = z.tuple([z.object({ prefixTokens: count.nullable(), days: z.array(FollowDay).nullable() })]);

/**
 * How closely a prompt's calls follow each other: of each day, those within five minutes of one before of the same version;
 * and the fresh tokens of the shortest (5th percentile). Answered calls, one by one, that are not batched.
 */
export async function rhythmOf(db: Db, looked: Looked, subject: Subject) {
  const rows = await db.$queryRaw`
    WITH own AS (
      SELECT to_char(occurred_at AT TIME ZONE ${looked.timeZone}, 'YYYY-MM-DD') AS day, fresh_input_tokens,
        occurred_at - lag(occurred_at) OVER (PARTITION BY prompt_version ORDER BY occurred_at) <= interval '5 minutes' AS follows
      FROM call WHERE ${ofSubject(looked, subject)} AND kind = 'llm' AND NOT batch AND cache = 'none' AND error_class IS NULL
    ), days AS (
      SELECT day, count(*)::text AS calls, (count(*) FILTER (WHERE follows))::text AS following FROM own GROUP BY day
    )
    SELECT (SELECT percentile_disc(0.05) WITHIN GROUP (ORDER BY fresh_input_tokens) FROM own)::text AS "prefixTokens",
      (SELECT json_agg(days ORDER BY day) FROM days) AS days`;
  const [{ prefixTokens, days }] = Rhythm.parse(rows);
  return { prefixTokens: prefixTokens ?? 0, days: days ?? [] };
}
