import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { LaunchError, systemCode } from "@/server/launch/failure";
import { databaseName, databaseUrls, withClient } from "@/server/launch/provision";
import { root } from "@/server/launch/root";
import { readSecrets } from "@/server/launch/secrets";

const notRunning = (folder: string) =>
  `Nothing is running on the data folder ${folder} and DATABASE_URL is not set: run npm start first, or set DATABASE_URL.`;

/** The port of the embedded PostgreSQL, which its lock file tells in the fourth line; null when none is there. */
function portOf(folder: string): number | null {
  const note = join(folder, "cluster.json");
  const place = existsSync(note)
    ? (JSON.parse(readFileSync(note, "utf8")) as { folder: string }).folder
    : join(folder, "postgres");
  try {
    const lines = readFileSync(join(place, "cluster", "postmaster.pid"), "utf8").split("\n");
    return Number(lines[3]) || null;
  } catch (error) {
    if (systemCode(error) === "ENOENT") return null;
    throw new LaunchError(
      `The database's folder ${place} can't be read (${systemCode(error)}); run this as whoever ran npm start.`,
      { cause: error },
    );
  }
}

/**
 * The environment of the installation that runs on this machine, for commands beside it. What is set wins, as at the start.
 * @throws LaunchError when nothing runs
 */
export async function environmentBeside(given: NodeJS.ProcessEnv): Promise<Partial<Record<string, string>>> {
  const set = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ""));
  const folder = resolve(root, set.DATA_DIR ?? ".data");
  const common = {
    NODE_ENV: "production",
    NEXTAUTH_URL: "http://localhost:3000",
    LOG_LEVEL: "warn",
    ...set,
    DATA_DIR: folder,
  };
  if (set.DATABASE_URL !== undefined) return common;
  const port = existsSync(join(folder, "secrets.json")) ? portOf(folder) : null;
  if (port === null) throw new LaunchError(notRunning(folder));
  const secrets = readSecrets(folder);
  const urls = databaseUrls(
    `postgresql://postgres@127.0.0.1:${String(port)}/postgres`,
    databaseName,
    secrets,
  );
  try {
    await withClient(urls.DATABASE_URL, (client) => client.query("SELECT 1"));
  } catch (error) {
    throw new LaunchError(notRunning(folder), { cause: error });
  }
  return {
    NEXTAUTH_SECRET: secrets.nextAuthSecret,
    ENCRYPTION_KEY: secrets.encryptionKey,
    ...common,
    ...urls,
  };
}
