import { z } from "zod";
import { Prisma } from "@/prisma/generated/client";
import type { Db } from "@/server/db";
import { bothSql, type BreakdownQuestion } from "../breakdown-query";
import { sumOf } from "../figures";
import type { GrowthInput } from "./windows-schemas";

type Floor = Pick<GrowthInput, "minUsd" | "minCalls" | "order" | "limit">;
export type GrowthQuestion = Omit<BreakdownQuestion, "order" | "offset" | "limit">;

const Row = z.object({ key: z.string().nullable(), groups: z.number() });
const raw = (text: string) => Prisma.raw(text);

/**
 * The groups that cost more than before and are large enough to matter, the fastest growing first (rank-growth.ts says in
 * which order), and how many there are.
 */
export async function grownGroups(
  db: Db,
  question: GrowthQuestion,
  { minUsd, minCalls, order, limit }: Floor,
): Promise<{ keys: (string | null)[]; groups: number }> {
  const ratio = order === "ratio" ? Prisma.sql`(cost / nullif(before, 0)) DESC NULLS LAST,` : Prisma.empty;
  const rows = await db.$queryRaw`
    WITH keyed AS (
      SELECT key, ${raw(sumOf("costUsd", "NOT is_before"))} AS cost, ${raw(sumOf("costUsd", "is_before"))} AS before,
        ${raw(sumOf("calls", "NOT is_before"))} AS calls
      FROM ${bothSql(question, question)} AS picked GROUP BY key
    )
    SELECT key, count(*) OVER ()::int AS groups FROM keyed
    WHERE cost >= ${minUsd}::numeric AND calls >= ${minCalls} AND cost > before
    ORDER BY ${ratio} cost - before DESC, coalesce(key, '') COLLATE "C" LIMIT ${limit}`;
  const found = z.array(Row).parse(rows);
  return { keys: found.map(({ key }) => key), groups: found[0]?.groups ?? 0 };
}
