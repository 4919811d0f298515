import { mkdirSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { announcement } from "./announce";
import { startCluster } from "./cluster";
import { lockDataFolder, prepareDataFolder } from "./data-folder";
import { clearUnfinishedDemo, gatherStatistics, isEmpty, makeDemo, readDemo, writeDemo } from "./demo";
import { keepRunning } from "./keep-running";
import { migrate } from "./migrate";
import { applyEnvironment, type Plan, planStart } from "./plan";
import { keepPort, requireFreePort } from "./ports";
import { databaseName, provision, withClient } from "./provision";
import { closeOtherDatabases } from "./provision-readers";
import { refuseUnsafeRoles } from "./refuse-unsafe-roles";
import { saveSecrets } from "./secrets";
import { createShutdown, type Shutdown } from "./shutdown";
import type { ServeOptions } from "@/server/http/serve";
import type { Steps } from "./steps.mjs";
import { buildWeb, hashSources, isBuilt } from "./web-build";

export interface LaunchOptions {
  environment: NodeJS.ProcessEnv;
  /**
   * `--no-demo`: leave an empty database empty. `--prepare`: stop when all is ready to be served.
   * `--api-only`: answer tRPC and health checks, without pages and jobs (for more ingest processes beside a full one).
   */
  args: string[];
  steps: Steps;
}

/** `npm start` after the installation: from the environment to a served app, and back down on a signal. */
export async function launch({ environment, args, steps }: LaunchOptions): Promise<void> {
  const shutdown = createShutdown(steps);
  const pages = !args.includes("--api-only");
  try {
    const plan = await planStart(environment);
    const settings = await steps.step("check the environment", async () => {
      const parsed = await applyEnvironment(plan, environment);
      prepareDataFolder(plan.dataFolder);
      shutdown.add("release the data folder", lockDataFolder(plan.dataFolder));
      await requireFreePort(parsed.PORT, parsed.HOST);
      saveSecrets(plan.dataFolder, plan.secrets);
      const ahead = parsed.CLOCK_AHEAD_DAYS > 0 ? `; the clock is ${parsed.CLOCK_AHEAD_DAYS} days ahead` : "";
      return { ...parsed, detail: `data in ${plan.dataFolder}${ahead}` };
    });
    const url = `http://localhost:${settings.PORT}`;
    await prepareDatabase(plan, steps, shutdown);
    await prepareContent(plan, url, args, steps, shutdown);
    if (args.includes("--prepare")) {
      await shutdown.run(0);
      return;
    }
    await serve({ port: settings.PORT, host: settings.HOST, pages }, steps, shutdown);
    if (plan.embeddedJobs && pages) await startJobs(settings.PORT, steps, shutdown);

    const demo = readDemo(plan.dataFolder);
    if (demo) writeDemo(plan.dataFolder, url, demo);
    steps.print(`\n${announcement(url, demo)}\n`);
    steps.print(`ready ${url}`);
  } catch (error) {
    await shutdown.afterFailure();
    throw error;
  }
}

async function prepareDatabase(plan: Plan, steps: Steps, shutdown: Shutdown): Promise<void> {
  if (plan.embedded) {
    const { port, adminUrl } = plan.embedded;
    const start = () => startCluster(plan.dataFolder, plan.secrets.superuserPassword, { port });
    await steps.step("start PostgreSQL", async () => {
      const first = await start();
      keepPort(plan.dataFolder, port);
      const database = keepRunning(first, start, (line) => steps.print(line));
      shutdown.add("stop PostgreSQL", () => database.stop());
      return {
        detail: [`version ${first.place.binaries.version}, port ${port}`, first.place.notice]
          .filter(Boolean)
          .join("; "),
      };
    });
    await steps.step("prepare roles and database", async () => {
      await provision(adminUrl, databaseName, plan.secrets);
      await withClient(adminUrl, closeOtherDatabases);
      await clearUnfinishedDemo(plan, adminUrl);
    });
  }
  const migrateUrl = plan.environment.DATABASE_MIGRATE_URL;
  await steps.step("apply migrations", async () => {
    if (migrateUrl === undefined) return { detail: "left to you, because DATABASE_MIGRATE_URL is not set" };
    const { applied, known } = await migrate(migrateUrl);
    return { detail: applied.length > 0 ? `${applied.length} new` : `all ${known} known` };
  });
  const { DATABASE_URL, DATABASE_INGEST_URL, DATABASE_JOBS_URL, DATABASE_AUTH_URL, DATABASE_REPLICA_URL } =
    plan.environment;
  await steps.step("check the roles", () =>
    refuseUnsafeRoles({
      DATABASE_URL,
      DATABASE_INGEST_URL,
      DATABASE_JOBS_URL,
      DATABASE_AUTH_URL,
      DATABASE_REPLICA_URL,
    }),
  );
}

async function prepareContent(
  plan: Plan,
  url: string,
  args: string[],
  steps: Steps,
  shutdown: Shutdown,
): Promise<void> {
  const demo = () => prepareDemo(plan, url, args, steps);
  const web = () => (args.includes("--api-only") ? Promise.resolve() : prepareWeb(plan, steps, shutdown));
  // Both are busy all the time: on two cores, side by side, they only starve each other.
  if (availableParallelism() > 2) await Promise.all([demo(), web()]);
  else await demo().then(web);
}

async function prepareDemo(plan: Plan, url: string, args: string[], steps: Steps): Promise<void> {
  // A server of somebody else's may be about to serve real customers: it gets no invented tenant.
  const { embedded } = plan;
  if (!embedded || args.includes("--no-demo") || !(await isEmpty(embedded.adminUrl))) return;
  await steps.step("make the demo tenant", async (note) => {
    await makeDemo(plan, url, note);
    await gatherStatistics(embedded.adminUrl);
  });
}

async function prepareWeb(plan: Plan, steps: Steps, shutdown: Shutdown): Promise<void> {
  const hash = hashSources();
  if (isBuilt(hash)) return;
  const logs = join(plan.dataFolder, "logs");
  mkdirSync(logs, { recursive: true });
  await steps.step("build the web app", () =>
    buildWeb(hash, plan.environment, join(logs, "build.log"), shutdown.signal),
  );
}

async function serve(options: ServeOptions, steps: Steps, shutdown: Shutdown): Promise<void> {
  await steps.step("serve the app", async () => {
    const { startHttpServer } = await import("@/server/http/serve");
    const { disconnect } = await import("@/server/db");
    shutdown.add("close the database connections", disconnect);
    const server = await startHttpServer(options);
    shutdown.add("finish the requests under way", () => server.close());
  });
}

async function startJobs(port: number, steps: Steps, shutdown: Shutdown): Promise<void> {
  await steps.step("start the jobs", async () => {
    const { startRunner } = await import("@/server/jobs/runner");
    const runner = await startRunner({ baseUrl: `http://127.0.0.1:${port}` });
    shutdown.add("stop the jobs", () => runner.stop());
  });
}
