import { createHash } from "node:crypto";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { migrate } from "@/server/launch/migrate";
import { withClient } from "@/server/launch/provision";
import { root } from "@/server/launch/root";
import { testDatabase } from "@/tests/setup/database";

const { urls, adminUrl } = testDatabase();
const last = "29990101000000_of_this_test";
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "tokenledger-migrations-"));
  cpSync(join(root, "prisma/migrations"), folder, { recursive: true });
  mkdirSync(join(folder, last));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const run = () => migrate(urls.DATABASE_MIGRATE_URL, folder);
const write = (sql: string) => {
  writeFileSync(join(folder, last, "migration.sql"), sql);
};
const query = (sql: string) =>
  withClient(adminUrl, async (client) => (await client.query<Record<string, unknown>>(sql)).rows);

it("records each migration as Prisma does: name, SHA-256 of the file, one step, finished", async () => {
  const names = readdirSync(join(root, "prisma/migrations")).filter((name) => /^\d/.test(name));
  const expected = names.sort().map((name) => ({
    migration_name: name,
    checksum: createHash("sha256")
      .update(readFileSync(join(root, "prisma/migrations", name, "migration.sql")))
      .digest("hex"),
    applied_steps_count: 1,
    finished: true,
    logs: null,
    rolled_back_at: null,
  }));
  const recorded = await query(
    `SELECT migration_name, checksum, applied_steps_count, finished_at IS NOT NULL AS finished, logs, rolled_back_at
       FROM _prisma_migrations ORDER BY migration_name`,
  );
  expect(recorded).toEqual(expected);
});

it("leaves nothing of a failed migration, says which and why, and takes the corrected one", async () => {
  write("CREATE TABLE half (); SELECT 1 / 0;");
  await expect(run()).rejects.toThrow(`The migration ${last} failed: division by zero.`);
  expect(await query("SELECT to_regclass('half') AS half")).toEqual([{ half: null }]);

  write(
    "CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN PERFORM 1; RETURN 1; END $$; CREATE TABLE half ();",
  );
  expect((await run()).applied).toEqual([last]);
  expect((await run()).applied).toEqual([]);
});

it("does not run again what was committed just before it was killed", async () => {
  // As the engine leaves it when it dies between the script's commit and its own last note.
  await query(`UPDATE _prisma_migrations SET applied_steps_count = 0 WHERE migration_name = '${last}'`);
  expect((await run()).applied).toEqual([]);
});

it("refuses a migration that was edited after it had been applied", async () => {
  write("CREATE TABLE other ();");
  await expect(run()).rejects.toThrow(`The migration ${last} was changed after this database had applied it`);
});
