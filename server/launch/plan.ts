import { resolve } from "node:path";
import { LaunchError, reasonOf } from "./failure";
import { freePort, usualPort } from "./ports";
import { databaseName, databaseUrls } from "./provision";
import { root } from "./root";
import { readSecrets, type Secrets } from "./secrets";

/** What this start is going to do, decided before anything is touched. */
export interface Plan {
  dataFolder: string;
  secrets: Secrets;
  /** Absent when DATABASE_URL names a server that somebody else runs. */
  embedded?: { port: number; adminUrl: string };
  embeddedJobs: boolean;
  /** The whole environment, as server/env.ts shall read it. */
  environment: NodeJS.ProcessEnv;
}

const inngestVariables = ["INNGEST_SIGNING_KEY", "INNGEST_EVENT_KEY", "INNGEST_DEV", "INNGEST_BASE_URL"];

/** Fills in what an installation on one machine can make by itself; whatever is set wins. */
export async function planStart(given: NodeJS.ProcessEnv): Promise<Plan> {
  const set = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ""));
  const dataFolder = resolve(root, set.DATA_DIR ?? ".data");
  const secrets = readSecrets(dataFolder);
  const embedded = set.DATABASE_URL === undefined ? await planDatabase(set, secrets, dataFolder) : undefined;
  if (Number(set.CLOCK_AHEAD_DAYS ?? 0) !== 0 && embedded === undefined)
    throw new LaunchError(
      "CLOCK_AHEAD_DAYS rehearses what is still to come, on the embedded database alone; unset it.",
    );
  const embeddedJobs = !inngestVariables.some((name) => set[name] !== undefined);
  return {
    dataFolder,
    secrets,
    embedded,
    embeddedJobs,
    environment: {
      NODE_ENV: "production",
      // A PORT that is no number is reported as such, and not a second time through this.
      NEXTAUTH_URL: `http://localhost:${Number(set.PORT) || 3000}`,
      ...(embedded ? databaseUrls(embedded.adminUrl, databaseName, secrets) : {}),
      ...(embedded ? { NEXTAUTH_SECRET: secrets.nextAuthSecret, ENCRYPTION_KEY: secrets.encryptionKey } : {}),
      ...(embeddedJobs ? await jobsVariables(secrets) : {}),
      ...set,
      DATA_DIR: dataFolder,
      EMBEDDED_JOBS: embeddedJobs ? "on" : "off",
    },
  };
}

async function planDatabase(
  set: Partial<Record<string, string>>,
  secrets: Secrets,
  dataFolder: string,
): Promise<{ port: number; adminUrl: string }> {
  const stray = Object.keys(set).find((name) => /^DATABASE_.*URL$/.test(name));
  if (stray !== undefined)
    throw new LaunchError(
      `${stray} is set but DATABASE_URL is not; set all of them, or none to use the embedded database.`,
    );
  const port = await usualPort(dataFolder);
  return { port, adminUrl: `postgresql://postgres:${secrets.superuserPassword}@127.0.0.1:${port}/postgres` };
}

async function jobsVariables(secrets: Secrets): Promise<Record<string, string>> {
  return {
    INNGEST_EVENT_KEY: secrets.inngestEventKey,
    INNGEST_SIGNING_KEY: secrets.inngestSigningKey,
    INNGEST_BASE_URL: `http://127.0.0.1:${await freePort()}`,
  };
}

/** Puts the plan's environment in place and reads it through server/env.ts, which says what is wrong with it. */
export async function applyEnvironment(plan: Plan, target: NodeJS.ProcessEnv) {
  Object.assign(target, plan.environment);
  try {
    return (await import("@/server/env")).env;
  } catch (error) {
    throw new LaunchError(reasonOf(error), { cause: error });
  }
}
