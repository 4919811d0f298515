import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { startCluster } from "@/server/launch/cluster";
import { migrate } from "@/server/launch/migrate";
import { provision, withClient } from "@/server/launch/provision";
import { closeOtherDatabases } from "@/server/launch/provision-readers";
import { loadSecrets } from "@/server/launch/secrets";
import { makeTemporaryFolder } from "./temporary-folder";
import { templateDatabase, type TestCluster } from "./test-cluster";

declare module "vitest" {
  interface ProvidedContext {
    cluster: TestCluster;
  }
}

/** One throw-away PostgreSQL for the whole run, with a migrated database that each test file copies. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = makeTemporaryFolder("test");
  const secrets = loadSecrets(folder);
  const cluster = await startCluster(folder, secrets.superuserPassword, { disposable: true });
  const remove = async () => {
    await cluster.stop();
    if (cluster.place.notice) rmSync(cluster.place.folder, { recursive: true, force: true });
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const adminUrl = `postgresql://postgres:${secrets.superuserPassword}@127.0.0.1:${cluster.port}/postgres`;
    const urls = await provision(adminUrl, templateDatabase, secrets);
    await withClient(adminUrl, closeOtherDatabases);
    await migrate(urls.DATABASE_MIGRATE_URL);
    project.provide("cluster", { adminUrl, secrets });
    return remove;
  } catch (error) {
    const log = readFileSync(join(folder, "postgres.log"), "utf8");
    await remove();
    throw new Error(`The test database could not be made.\n${log.slice(-2000)}`, { cause: error });
  }
}
