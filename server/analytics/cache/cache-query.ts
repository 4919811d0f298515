import { z } from "zod";
import { Prisma } from "@/prisma/generated/client";
import type { Db } from "@/server/db";
import { columnOf } from "../dimensions";
import { plainUsd } from "../figures";
import type { CacheInput } from "./cache-schemas";
import type { Grouping } from "../schemas";
import { sourceSql, type SourceQuestion } from "../source-query";

export interface CacheQuestion extends Omit<
  SourceQuestion,
  "dimensions" | "granularity" | "knownAt" | "range"
> {
  groupBy: CacheInput["groupBy"];
  /** Prices depend on the feature: rows are told apart by it. */
  byFeature: boolean;
}

const raw = (text: string) => Prisma.raw(text);
const count = z.coerce.number().int();

const CacheUse = z.object({
  /** Which of the stretches. */
  stretch: z.number(),
  key: z.string().nullable(),
  provider: z.string(),
  model: z.string(),
  /** Null: without one, or not told apart. */
  feature: z.string().nullable(),
  calls: count,
  inputTokens: count,
  cacheReadTokens: count,
  cacheWrite5mTokens: count,
  cacheWrite1hTokens: count,
  costUsd: z.string().transform(plainUsd),
  unpricedCalls: count,
});
export type CacheUse = z.infer<typeof CacheUse>;

const sums = {
  calls: "calls",
  inputTokens:
    "fresh_input_tokens + cache_read_tokens + cache_write_5m_tokens + cache_write_1h_tokens + audio_input_tokens",
  cacheReadTokens: "cache_read_tokens",
  cacheWrite5mTokens: "cache_write_5m_tokens",
  cacheWrite1hTokens: "cache_write_1h_tokens",
  costUsd: "cost_usd",
  unpricedCalls: "unpriced_calls",
};
const sumList = raw(
  Object.entries(sums)
    .map(([name, sql]) => `sum(${sql})::text AS "${name}"`)
    .join(", "),
);

/** Input of each group by model, and of calls without a group (key null), in each of the stretches by itself. */
export async function cacheUse(
  db: Db,
  question: CacheQuestion,
  stretches: readonly { from: Date; to: Date }[],
): Promise<CacheUse[]> {
  const dimensions: Grouping[] = [question.groupBy, "provider", "model", ...(question.byFeature ? (["feature"] as const) : [])]; // prettier-ignore
  const parts = stretches.map(({ from, to }, at) => {
    const range = { from, to, days: null };
    const source = sourceSql({ ...question, range, dimensions, granularity: "total", knownAt: null });
    return Prisma.sql`SELECT ${raw(String(at))} AS stretch, source.* FROM ${source} AS source`;
  });
  const feature = question.byFeature ? raw("nullif(feature, '')") : raw("NULL::text");
  const rows = await db.$queryRaw`
    SELECT stretch, nullif(${raw(columnOf[question.groupBy])}, '') AS key, provider, model, ${feature} AS feature, ${sumList}
    FROM (${Prisma.join(parts, " UNION ALL ")}) AS used GROUP BY 1, 2, 3, 4, 5`;
  return z.array(CacheUse).parse(rows);
}
