import { randomBytes } from "node:crypto";
import { Client } from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { scramVerifier } from "@/server/bi/scram";
import { type Cluster, startCluster } from "@/server/launch/cluster";
import { migrate } from "@/server/launch/migrate";
import { type DatabaseUrls, databaseName, provision, withClient } from "@/server/launch/provision";
import { loadSecrets } from "@/server/launch/secrets";
import { removeInstallation } from "@/tests/setup/start-product";
import { makeTemporaryFolder } from "@/tests/setup/temporary-folder";

// A server that somebody else runs: its administrator may create roles and databases, and is no superuser.
let folder: string;
let cluster: Cluster;
let adminUrl: string;
let urls: DatabaseUrls;
beforeAll(async () => {
  folder = makeTemporaryFolder("managed");
  cluster = await startCluster(folder, "root", { disposable: true });
  const root = `postgresql://postgres:root@127.0.0.1:${cluster.port}/postgres`;
  await withClient(root, (client) => client.query("CREATE ROLE chief LOGIN CREATEROLE CREATEDB PASSWORD 'chief'")); // prettier-ignore
  adminUrl = root.replace("postgres:root", "chief:chief");
  urls = await provision(adminUrl, databaseName, loadSecrets(folder));
});
afterAll(async () => {
  await cluster.stop();
  removeInstallation(folder);
});

const tenantId = "00000000-0000-4000-8000-000000000001";
const asApp = (sql: string, values: unknown[]) =>
  withClient(urls.DATABASE_URL, async (client) => {
    await client.query("SELECT set_config('app.tenant_id', $1, false)", [tenantId]);
    return (await client.query<Record<string, unknown>>(sql, values)).rows;
  });

it("is provisioned and migrated, and again, by an administrator who is no superuser", async () => {
  expect((await migrate(urls.DATABASE_MIGRATE_URL)).applied.length).toBeGreaterThan(10);
  urls = await provision(adminUrl, databaseName, loadSecrets(folder));
  expect((await migrate(urls.DATABASE_MIGRATE_URL)).applied).toEqual([]);
});

it("has BI access: a reader is made, reads, and is dropped with its sessions", async () => {
  await asApp("INSERT INTO tenant (tenant_id, slug, name) VALUES ($1, 'managed', 'managed')", [tenantId]);
  const [id, role] = ["00000000-0000-4000-8000-00000000000a", "tlr_00000000000000000001"];
  const made = await asApp("SELECT bi_create_reader($1, $2, $3, 'BI', 'test', now()) AS outcome", [
    id, role, scramVerifier("password", randomBytes(16)),
  ]); // prettier-ignore
  expect(made).toEqual([{ outcome: "made" }]);
  const url = new URL(urls.DATABASE_URL);
  url.username = role;
  url.password = "password";
  const reader = new Client({ connectionString: url.toString() });
  const ended = new Promise((resolve) => reader.once("end", resolve));
  reader.on("error", () => undefined);
  await reader.connect();
  expect((await reader.query("SELECT * FROM bi.calls")).rows).toEqual([]);
  await expect(reader.query("SELECT * FROM public.call")).rejects.toMatchObject({ code: "42501" });
  expect(await asApp("SELECT bi_revoke_reader($1) AS role", [id])).toEqual([{ role }]);
  await ended;
  await expect(withClient(url.toString(), (client) => client.query("SELECT 1"))).rejects.toThrow();
});

it("leaves the migrator no more than it needs: it cannot hand the keeper's rights on", async () => {
  await withClient(urls.DATABASE_MIGRATE_URL, async (client) => {
    await expect(client.query("GRANT tokenledger_keeper TO tokenledger_app")).rejects.toThrow(
      /permission denied/,
    );
    await expect(client.query("CREATE ROLE mine")).rejects.toThrow(/permission denied/);
  });
});

it("says in one sentence what to do where the roles of BI access are missing", async () => {
  const root = `postgresql://postgres:root@127.0.0.1:${cluster.port}/postgres`;
  await withClient(root, async (client) => {
    await client.query("CREATE DATABASE older OWNER tokenledger_migrator");
    await client.query("REVOKE tokenledger_keeper FROM tokenledger_migrator GRANTED BY chief");
  });
  const older = new URL(urls.DATABASE_MIGRATE_URL);
  older.pathname = "/older";
  await expect(migrate(older.toString())).rejects.toThrow(
    /20261121000600_bi failed: the roles of BI access are missing: run "npm run db:provision -- ADMIN_URL" again/,
  );
});
