import { Prisma } from "@/prisma/generated/client";
import type { Db } from "@/server/db";
import { inputColumns, outputColumns } from "./run-shape";
import type { Run } from "./runs";

const raw = (text: string) => Prisma.raw(text);

/** What is kept of each version's day, and how it is summed from rows of the days. */
export const promptMeasures = {
  calls: "sum(calls)",
  input_tokens: `sum(${inputColumns.join(" + ")})`,
  output_tokens: `sum(${outputColumns.join(" + ")})`,
  cost_usd: "sum(cost_usd)",
  unpriced_calls: "sum(unpriced_calls)",
  error_calls: "sum(error_calls)",
} as const;
export type PromptMeasure = keyof typeof promptMeasures;

/** Sums these days by prompt and version, from the days; calls without a prompt are left out. */
export async function replacePromptDays(db: Db, tenantId: string, days: Run<string>): Promise<void> {
  const ofDays = Prisma.sql`tenant_id = ${tenantId}::uuid AND day BETWEEN ${days.first}::date AND ${days.last}::date`;
  await db.$executeRaw`DELETE FROM rollup_prompt_day WHERE ${ofDays}`;
  await db.$executeRaw`
    INSERT INTO rollup_prompt_day (tenant_id, day, prompt_id, prompt_version, ${raw(Object.keys(promptMeasures).join(", "))})
    SELECT ${tenantId}::uuid, day, prompt_id, prompt_version, ${raw(Object.values(promptMeasures).join(", "))}
    FROM rollup_day WHERE ${ofDays} AND prompt_id <> '' GROUP BY day, prompt_id, prompt_version`;
}

export async function deleteAllPromptDays(db: Db, tenantId: string): Promise<void> {
  await db.$executeRaw`DELETE FROM rollup_prompt_day WHERE tenant_id = ${tenantId}::uuid`;
}
