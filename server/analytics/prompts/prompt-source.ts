import { Prisma } from "@/prisma/generated/client";
import { promptColumns } from "@/server/rollups/prompt-queries";
import { filterSql } from "../conditions";
import type { Built } from "../pieces";
import type { Range } from "../range";
import type { SpendFilter } from "../schemas";
import { sourceSql } from "../source-query";

export interface PromptSource {
  tenantId: string;
  timeZone: string;
  built: Built;
  filter: SpendFilter;
  range: Range;
  /** Null: all prompts. */
  prompts: readonly string[] | null;
}

const raw = (text: string) => Prisma.raw(text);
const names = raw(Object.keys(promptColumns).join(", "));
const ofMeasures = raw(
  Object.entries(promptColumns)
    .map(([name, sql]) => `${sql} AS ${name}`)
    .join(", "),
);
const isOfPrompts = (filter: SpendFilter) =>
  Object.keys(filter).every((name) => name === "prompt" || name === "promptVersion");

/**
 * A subquery of rows that together are the prompts' calls of the range, still to be grouped: prompt_id, prompt_version ('' is
 * none), day, and the measures of server/rollups/prompt-queries.ts. Calls without a prompt are left out.
 * @throws DomainError INVALID_INPUT for a filter by people, whom no roll-up has together with prompts
 */
export function promptSourceSql(source: PromptSource): Prisma.Sql {
  const { tenantId, range, built, filter, prompts } = source;
  const only = prompts ? Prisma.sql`AND prompt_id = ANY (${[...prompts]}::text[])` : Prisma.empty;
  if (range.days && built.days && isOfPrompts(filter)) {
    return Prisma.sql`(SELECT prompt_id, prompt_version, day, ${names} FROM rollup_prompt_day
      WHERE tenant_id = ${tenantId}::uuid AND day BETWEEN ${range.days.first}::date AND ${range.days.last}::date ${only} ${filterSql(filter)})`;
  }
  const rows = sourceSql({
    ...source,
    dimensions: ["prompt", "promptVersion"],
    granularity: "day",
    knownAt: null,
  });
  return Prisma.sql`(SELECT prompt_id, prompt_version, bucket AS day, ${ofMeasures} FROM ${rows} AS source WHERE prompt_id <> '' ${only})`;
}
