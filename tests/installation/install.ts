import { randomBytes, randomUUID } from "node:crypto";
import { digestOf } from "@/server/crypto/tokens";
import { formatKey, keyEntropyBytes } from "@/server/keys/token";
import { type Cluster, startCluster } from "@/server/launch/cluster";
import { migrate } from "@/server/launch/migrate";
import { databaseName, provision, withClient } from "@/server/launch/provision";
import { loadSecrets } from "@/server/launch/secrets";
import { removeInstallation } from "@/tests/setup/start-product";
import { makeTemporaryFolder } from "@/tests/setup/temporary-folder";

/** A data folder with a migrated database as `npm start` makes it (durable: fsync on), one tenant and one ingest key. */
export interface Installation {
  folder: string;
  cluster: Cluster;
  /** Superuser, to the product's database. */
  adminUrl: string;
  environment: Record<string, string>;
  tenantId: string;
  ingestKey: string;
  remove(): Promise<void>;
}

/** @param kept a folder that stays, and is taken up again with what is in it */
export async function install(port: number, kept?: string): Promise<Installation> {
  const folder = kept ?? makeTemporaryFolder("installation");
  const secrets = loadSecrets(folder);
  const cluster = await startCluster(folder, secrets.superuserPassword);
  const base = `postgresql://postgres:${secrets.superuserPassword}@127.0.0.1:${String(cluster.port)}`;
  const urls = await provision(`${base}/postgres`, databaseName, secrets);
  await migrate(urls.DATABASE_MIGRATE_URL);
  const adminUrl = `${base}/${databaseName}`;
  const { key, publicId } = formatKey(randomBytes(keyEntropyBytes));
  const tenantId = await withClient(adminUrl, async (client) => {
    const { rows } = await client.query<{ id: string }>(
      "SELECT tenant_id AS id FROM tenant WHERE slug = 'bench'",
    );
    const tenantId = rows[0]?.id ?? randomUUID();
    if (rows.length === 0)
      await client.query("INSERT INTO tenant (tenant_id, slug, name) VALUES ($1, 'bench', 'Bench')", [
        tenantId,
      ]);
    await client.query(
      "INSERT INTO api_key (tenant_id, public_id, digest, name, scopes) VALUES ($1, $2, $3, 'bench', '{ingest}')",
      [tenantId, publicId, digestOf(key)],
    );
    return tenantId;
  });
  const place: Installation = {
    folder,
    cluster,
    adminUrl,
    tenantId,
    ingestKey: key,
    environment: {
      ...urls,
      NODE_ENV: "production",
      PORT: String(port),
      HOST: "127.0.0.1",
      DATA_DIR: folder,
      LOG_LEVEL: "silent",
      NEXTAUTH_URL: `http://127.0.0.1:${String(port)}`,
      NEXTAUTH_SECRET: secrets.nextAuthSecret,
      ENCRYPTION_KEY: secrets.encryptionKey,
      INNGEST_EVENT_KEY: secrets.inngestEventKey,
      INNGEST_SIGNING_KEY: secrets.inngestSigningKey,
    },
    remove: async () => {
      // The cluster of the end, which is another than that of the beginning if a test has killed it.
      await place.cluster.stop();
      if (kept === undefined) removeInstallation(folder);
    },
  };
  return place;
}
