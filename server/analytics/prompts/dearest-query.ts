import { z } from "zod";
import { Prisma } from "@/prisma/generated/client";
import type { Db } from "@/server/db";
import { promptColumns } from "@/server/rollups/prompt-queries";
import { PromptFigures } from "../prompt-schemas";
import { sourceSql, type SourceQuestion } from "../source-query";
import { figuresJson, promptSums, sumOf } from "./prompt-figures";

export interface DearestQuestion extends Omit<SourceQuestion, "dimensions" | "granularity" | "knownAt"> {
  /** Only this one. */
  prompt: string | undefined;
  top: number;
}

const raw = (text: string) => Prisma.raw(text);
const read = raw(
  Object.entries(promptColumns)
    .map(([name, sql]) => `${sql} AS ${name}`)
    .join(", "),
);

const Dearest = z.object({
  /** Of all calls of the stretch. */
  total: PromptFigures,
  /** Of those that name no prompt. */
  without: PromptFigures,
  /** How many prompts there are. */
  prompts: z.coerce.number().int(),
  rows: z.array(z.object({ prompt: z.string(), figures: PromptFigures })),
});
export type Dearest = z.infer<typeof Dearest>;

/** The dearest prompts of the stretch beside everything in it. */
export async function loadDearest(db: Db, { prompt, top, ...question }: DearestQuestion): Promise<Dearest> {
  const source = sourceSql({
    ...question,
    dimensions: ["prompt"],
    granularity: "total",
    knownAt: null,
  });
  const only = prompt === undefined ? Prisma.empty : Prisma.sql`AND prompt_id = ${prompt}`;
  const rows = await db.$queryRaw`
    WITH prompt AS MATERIALIZED (
      SELECT prompt_id, ${promptSums} FROM (SELECT prompt_id, ${read} FROM ${source} AS source) AS measured GROUP BY 1
    ), dearest AS (
      SELECT * FROM prompt WHERE prompt_id <> '' ${only} ORDER BY cost_usd DESC, calls DESC, prompt_id LIMIT ${top}
    )
    SELECT ${figuresJson(sumOf)} AS total, ${figuresJson((column) => sumOf(column, "prompt_id = ''"))} AS without,
      (count(*) FILTER (WHERE prompt_id <> ''))::text AS prompts,
      coalesce((SELECT json_agg(json_build_object('prompt', prompt_id, 'figures', ${figuresJson((column) => column)})
        ORDER BY cost_usd DESC, calls DESC, prompt_id) FROM dearest), '[]') AS rows
    FROM prompt`;
  return z.tuple([Dearest]).parse(rows)[0];
}
