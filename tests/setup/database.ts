import { randomBytes } from "node:crypto";
import { Client, escapeIdentifier } from "pg";
import { afterAll, inject } from "vitest";
import { type DatabaseUrls, databaseUrls, restrictConnections, withClient } from "@/server/launch/provision";
import { templateDatabase } from "./test-cluster";

export interface TestDatabase {
  name: string;
  /** Superuser on this database: sees through row-level security, for looking at what really is there. */
  adminUrl: string;
  urls: DatabaseUrls;
}

const { adminUrl, secrets } = inject("cluster");
const owners: Client[] = [];

/** A fresh, migrated, empty database of this test file's own, besides the one it has from the start. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString("hex")}`;
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  await withClient(adminUrl, async (admin) => {
    // One at a time: a database without connections is one that its test file has finished with.
    await admin.query("SELECT pg_advisory_lock(1)");
    await dropAbandoned(admin);
    // Block by block through the log, as is usual, takes four times as long.
    await admin.query(
      `CREATE DATABASE ${escapeIdentifier(name)} TEMPLATE ${templateDatabase} STRATEGY FILE_COPY OWNER tokenledger_migrator`,
    );
    // Who may connect is not copied along.
    await restrictConnections(admin, name);
    const owner = new Client({ connectionString: url.toString() });
    await owner.connect();
    owners.push(owner);
  });
  return { name, adminUrl: url.toString(), urls: databaseUrls(adminUrl, name, secrets) };
}

async function dropAbandoned(admin: Client): Promise<void> {
  const { rows } = await admin.query<{ name: string }>(
    `SELECT datname AS name FROM pg_database d WHERE datname LIKE 'test\\_%'
       AND NOT EXISTS (SELECT FROM pg_stat_activity a WHERE a.datid = d.oid)`,
  );
  for (const { name } of rows) await admin.query(`DROP DATABASE IF EXISTS ${escapeIdentifier(name)}`);
}

const own = await createTestDatabase();

// server/env.ts reads these when a test first imports something of the product.
Object.assign(process.env, {
  ...own.urls,
  NODE_ENV: "test",
  NEXTAUTH_URL: "http://localhost:3000",
  NEXTAUTH_SECRET: secrets.nextAuthSecret,
  ENCRYPTION_KEY: secrets.encryptionKey,
  INNGEST_EVENT_KEY: secrets.inngestEventKey,
  INNGEST_SIGNING_KEY: secrets.inngestSigningKey,
  EMBEDDED_JOBS: "on",
  LOG_LEVEL: "silent",
});

/** The database of this test file; the environment points at it already. */
export function testDatabase(): TestDatabase {
  return own;
}

afterAll(async () => {
  for (const owner of owners.splice(0)) await owner.end();
});
