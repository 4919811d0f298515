import { Prisma } from "@/prisma/generated/client";
import type { Db } from "@/server/db";
import { inputColumns, outputColumns } from "./run-shape";
import type { Run } from "./runs";

const raw = (text: string) => Prisma.raw(text);

/** What is kept of each version's day, and how it reads from a row of the days. */
export const promptColumns = {
  calls: "calls",
  input_tokens: inputColumns.join(" + "),
  output_tokens: outputColumns.join(" + "),
  cost_usd: "cost_usd",
  unpriced_calls: "unpriced_calls",
  error_calls: "error_calls",
} as const;
const names = raw(Object.keys(promptColumns).join(", "));
const sums = raw(
  Object.values(promptColumns)
    .map((column) => `sum(${column})`)
    .join(", "),
);

/** Sums these days by prompt and version, from the days; calls without a prompt are left out. */
export async function replacePromptDays(db: Db, tenantId: string, days: Run<string>): Promise<void> {
  const ofDays = Prisma.sql`tenant_id = ${tenantId}::uuid AND day BETWEEN ${days.first}::date AND ${days.last}::date`;
  await db.$executeRaw`DELETE FROM rollup_prompt_day WHERE ${ofDays}`;
  await db.$executeRaw`
    INSERT INTO rollup_prompt_day (tenant_id, day, prompt_id, prompt_version, ${names})
    SELECT ${tenantId}::uuid, day, prompt_id, prompt_version, ${sums}
    FROM rollup_day WHERE ${ofDays} AND prompt_id <> '' GROUP BY day, prompt_id, prompt_version`;
}

export async function deleteAllPromptDays(db: Db, tenantId: string): Promise<void> {
  await db.$executeRaw`DELETE FROM rollup_prompt_day WHERE tenant_id = ${tenantId}::uuid`;
}
