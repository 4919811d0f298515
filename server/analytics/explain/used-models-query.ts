import { z } from "zod";
import { Prisma } from "@/prisma/generated/client";
import type { Db } from "@/server/db";
import { columnOf } from "../dimensions";
import { figuresSql, plainUsd } from "../figures";
import { sourceSql, type SourceQuestion } from "../source-query";

const count = z.coerce.number().int();
const Used = z.object({
  provider: z.string(),
  model: z.string(),
  /** Null: calls without one, or where features were not asked for. */
  feature: z.string().nullable(),
  calls: count,
  costUsd: z.string().transform(plainUsd),
  unpricedCalls: count,
});
export type Used = z.infer<typeof Used>;

export type UsedQuestion = Omit<SourceQuestion, "dimensions" | "granularity" | "knownAt">;

/** Which models a question's calls went to, by feature too where the price may depend on it. */
export async function usedModels(db: Db, question: UsedQuestion, byFeature: boolean): Promise<Used[]> {
  const dimensions = ["provider", "model", ...(byFeature ? (["feature"] as const) : [])] as const;
  const source = sourceSql({ ...question, dimensions, granularity: "total", knownAt: null });
  const feature = Prisma.raw(byFeature ? `nullif(${columnOf.feature}, '')` : "NULL::text");
  const rows = await db.$queryRaw`
    SELECT provider, model, ${feature} AS feature, ${figuresSql()} FROM ${source} AS source
    GROUP BY 1, 2, 3 ORDER BY coalesce(sum(cost_usd), 0) DESC, 1, 2, 3`;
  return z.array(Used).parse(rows);
}
