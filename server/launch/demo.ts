import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { escapeIdentifier } from "pg";
import { z } from "zod";
import { migrate } from "./migrate";
import type { Plan } from "./plan";
import { databaseName, provision, withClient } from "./provision";
import { writeWhole } from "./write-whole";

const DemoFacts = z.object({
  email: z.string(),
  password: z.string(),
  ingestKey: z.string(),
  readKey: z.string(),
});
export type DemoFacts = z.infer<typeof DemoFacts>;

const factsFile = (dataFolder: string) => join(dataFolder, "demo.json");
// It lies there while the demo tenant is being made: found at a start, that was interrupted.
const markFile = (dataFolder: string) => join(dataFolder, "demo-unfinished");

export function readDemo(dataFolder: string): DemoFacts | undefined {
  const file = factsFile(dataFolder);
  return existsSync(file) ? DemoFacts.parse(JSON.parse(readFileSync(file, "utf8"))) : undefined;
}

/** The facts for scripts, readable by their owner alone. */
export function writeDemo(dataFolder: string, url: string, facts: DemoFacts): void {
  const { email, password, ingestKey, readKey } = facts;
  writeWhole(
    factsFile(dataFolder),
    `${JSON.stringify({ url, email, password, ingestKey, readKey }, null, 2)}\n`,
    0o600,
  );
}

/** A half-made demo tenant is all that its database holds, because nothing was served yet: begin anew. */
export async function clearUnfinishedDemo(plan: Plan, adminUrl: string): Promise<void> {
  const mark = markFile(plan.dataFolder);
  if (!existsSync(mark)) return;
  await withClient(adminUrl, (client) =>
    client.query(`DROP DATABASE IF EXISTS ${escapeIdentifier(databaseName)} WITH (FORCE)`),
  );
  const urls = await provision(adminUrl, databaseName, plan.secrets);
  await migrate(urls.DATABASE_MIGRATE_URL);
  rmSync(mark);
}

function ofProduct(adminUrl: string): string {
  const url = new URL(adminUrl);
  url.pathname = `/${databaseName}`;
  return url.toString();
}

/** Asked as the superuser: row-level security would hide the rows from anybody else. */
export function isEmpty(adminUrl: string): Promise<boolean> {
  return withClient(ofProduct(adminUrl), async (client) => {
    const { rows } = await client.query<{ empty: boolean }>(
      "SELECT NOT EXISTS (SELECT FROM tenant) AND NOT EXISTS (SELECT FROM person) AS empty",
    );
    return rows[0]?.empty === true;
  });
}

/** Screens are opened at once: their plans should not wait for autovacuum's first look at so many rows. */
export async function gatherStatistics(adminUrl: string): Promise<void> {
  await withClient(ofProduct(adminUrl), (client) => client.query("ANALYZE"));
}

/** Makes the demo tenant of an empty database. */
export async function makeDemo(plan: Plan, url: string, note: (text: string) => void): Promise<void> {
  const mark = markFile(plan.dataFolder);
  writeFileSync(mark, "");
  const { seedDemo } = await import("@/prisma/seed/demo");
  const facts = DemoFacts.parse(
    await seedDemo({ progress: (done, total) => note(`${Math.floor((100 * done) / Math.max(total, 1))} %`) }),
  );
  writeDemo(plan.dataFolder, url, facts);
  rmSync(mark);
}
