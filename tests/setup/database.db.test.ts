import { expect, it } from "vitest";
import { migrate } from "@/server/launch/migrate";
import { withClient } from "@/server/launch/provision";
import { createTestDatabase, testDatabase } from "./database";

const countOf = (url: string, sql: string) =>
  withClient(
    url,
    async (client) =>
      (await client.query<{ count: number }>(`SELECT count(*)::int AS count FROM ${sql}`)).rows[0]?.count,
  );

it("gives each test file a migrated, empty database of its own, which the environment names", async () => {
  const { urls, adminUrl } = testDatabase();
  expect(process.env.DATABASE_URL).toBe(urls.DATABASE_URL);
  expect(await countOf(adminUrl, "tenant")).toBe(0);
  const other = await createTestDatabase();
  expect(other.name).not.toBe(testDatabase().name);
});

it("connects as the roles of the product, none of which sees without a tenant", async () => {
  const { urls } = testDatabase();
  const role = await withClient(
    urls.DATABASE_INGEST_URL,
    async (client) => (await client.query<{ r: string }>("SELECT current_user AS r")).rows[0]?.r,
  );
  expect(role).toBe("tokenledger_ingest");
});

it("applies every migration once and records it as Prisma does", async () => {
  const { urls, adminUrl } = testDatabase();
  const recorded = await countOf(
    adminUrl,
    "_prisma_migrations WHERE finished_at IS NOT NULL AND applied_steps_count = 1",
  );
  const again = await migrate(urls.DATABASE_MIGRATE_URL);
  expect(again).toEqual({ applied: [], known: recorded });
});
