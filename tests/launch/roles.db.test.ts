import { escapeIdentifier } from "pg";
import { expect, it } from "vitest";
import { withClient } from "@/server/launch/provision";
import { refuseUnsafeRoles } from "@/server/launch/refuse-unsafe-roles";
import { testDatabase } from "@/tests/setup/database";

const { urls, adminUrl, name } = testDatabase();
const { DATABASE_URL, DATABASE_INGEST_URL, DATABASE_JOBS_URL, DATABASE_AUTH_URL } = urls;
const admin = (sql: string) => withClient(adminUrl, (client) => client.query(sql));

/** A role for one test, because roles are shared by every database of the cluster. */
async function withRole(
  setUp: (role: string) => string[],
  check: (url: string) => Promise<void>,
): Promise<void> {
  const role = escapeIdentifier(`role_of_${name}`);
  const url = new URL(adminUrl);
  url.username = `role_of_${name}`;
  url.password = "x";
  await admin(
    `CREATE ROLE ${role} LOGIN PASSWORD 'x'; GRANT CONNECT ON DATABASE ${escapeIdentifier(name)} TO ${role}`,
  );
  try {
    for (const sql of setUp(role)) await admin(sql);
    await check(url.toString());
  } finally {
    await admin(`DROP OWNED BY ${role}; DROP ROLE ${role}`);
  }
}

it("accepts the roles that the product is provisioned with", async () => {
  await expect(
    refuseUnsafeRoles({
      DATABASE_URL,
      DATABASE_INGEST_URL,
      DATABASE_JOBS_URL,
      DATABASE_AUTH_URL,
      DATABASE_REPLICA_URL: undefined,
    }),
  ).resolves.toBeUndefined();
});

it("refuses a superuser and the migrator", async () => {
  await expect(refuseUnsafeRoles({ DATABASE_URL: adminUrl })).rejects.toThrow(
    "DATABASE_URL signs in as postgres, which is a superuser",
  );
  await expect(refuseUnsafeRoles({ DATABASE_URL: urls.DATABASE_MIGRATE_URL })).rejects.toThrow(
    /tokenledger_migrator, which owns/,
  );
});

it.each([
  ["BYPASSRLS", (role: string) => [`ALTER ROLE ${role} BYPASSRLS`], "has BYPASSRLS"],
  [
    "a table of its own",
    (role: string) => [`CREATE TABLE mine (); ALTER TABLE mine OWNER TO ${role}`],
    "owns the table mine",
  ],
  [
    "membership in another role",
    (role: string) => [`GRANT tokenledger_app TO ${role}`],
    "is a member of tokenledger_app",
  ],
])("refuses a role with %s", async (_what, setUp, sentence) => {
  await withRole(setUp, async (url) => {
    await expect(refuseUnsafeRoles({ DATABASE_URL: url })).rejects.toThrow(sentence);
  });
});

it("refuses an ingest role whose commits may be lost", async () => {
  await withRole(
    (role) => [`ALTER ROLE ${role} SET synchronous_commit = off`],
    async (url) => {
      await expect(refuseUnsafeRoles({ DATABASE_INGEST_URL: url })).rejects.toThrow(
        "synchronous_commit = off",
      );
    },
  );
});

it("names the variable of a database that can't be reached", async () => {
  await expect(refuseUnsafeRoles({ DATABASE_AUTH_URL: "postgresql://x:y@127.0.0.1:1/z" })).rejects.toThrow(
    "The database of DATABASE_AUTH_URL can't be used",
  );
});
