import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { withClient } from "@/server/launch/provision";
import { testDatabase } from "../setup/database";
import { catalogueColumnsSql, type Column, prismaColumns } from "./prisma-models";

const folder = fileURLToPath(new URL("../../prisma/schema", import.meta.url));
const told = ({ table, column, type, nullable, hasDefault }: Column) =>
  `${table}.${column} ${type}${nullable ? "" : " NOT NULL"}${hasDefault ? " DEFAULT" : ""}`;

/** `prisma migrate` may do nothing and look successful, so what was applied is compared with what the client believes. */
async function catalogue(sabotage?: string): Promise<string[]> {
  return withClient(testDatabase().adminUrl, async (client) => {
    await client.query("BEGIN");
    if (sabotage !== undefined) await client.query(sabotage);
    const { rows } = await client.query<Column>(catalogueColumnsSql);
    await client.query("ROLLBACK");
    return rows.map(told).sort();
  });
}

it("the Prisma schema and the applied migrations tell of the same columns", async () => {
  const believed = prismaColumns(folder).map(told).sort();
  expect(believed).toEqual(await catalogue());
  console.info(`prisma schema: ${believed.length} columns agree with the catalogue`);
});

it.each([
  "ALTER TABLE call ALTER COLUMN feature SET NOT NULL",
  "ALTER TABLE call ALTER COLUMN model DROP DEFAULT",
  "ALTER TABLE member ADD COLUMN nickname text",
  "ALTER TABLE rollup_day DROP COLUMN latency_calls",
  "ALTER TABLE price_rate ALTER COLUMN usd TYPE numeric(20, 10)",
  "DROP TABLE job_step",
])("sees a difference (mutation control): %s", async (sabotage) => {
  expect(prismaColumns(folder).map(told).sort()).not.toEqual(await catalogue(sabotage));
});
