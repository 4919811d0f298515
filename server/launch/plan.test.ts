import { createServer } from "node:net";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { planStart } from "./plan";
import { keepPort } from "./ports";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tokenledger-plan-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const plan = (set: Record<string, string>) => planStart({ NODE_ENV: "test", DATA_DIR: folder, ...set });
const external = { DATABASE_URL: "postgresql://app@db.example/ledger" };

it("fills in everything when nothing is set, and writes nothing", async () => {
  const { embedded, embeddedJobs, environment } = await plan({});
  expect(embedded?.port).toBeGreaterThan(0);
  expect(embeddedJobs).toBe(true);
  expect(environment).toMatchObject({
    NEXTAUTH_URL: "http://localhost:3000",
    EMBEDDED_JOBS: "on",
    DATA_DIR: folder,
  });
  expect(environment.DATABASE_URL).toContain("tokenledger_app:");
  expect(existsSync(join(folder, "secrets.json"))).toBe(false);
});

it("keeps the database's port from start to start, unless somebody took it", async () => {
  const { embedded } = await plan({});
  const port = embedded?.port ?? 0;
  keepPort(folder, port);
  expect((await plan({})).embedded?.port).toBe(port);
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(port, "127.0.0.1", resolve));
  expect((await plan({})).embedded?.port).not.toBe(port);
  await new Promise((resolve) => taken.close(resolve));
  expect((await plan({})).embedded?.port).toBe(port);
});

it("takes what is set, and an empty value for unset", async () => {
  const { environment } = await plan({ PORT: "4000", NEXTAUTH_SECRET: "mine", ENCRYPTION_KEY: "" });
  expect(environment).toMatchObject({ NEXTAUTH_URL: "http://localhost:4000", NEXTAUTH_SECRET: "mine" });
  expect(environment.ENCRYPTION_KEY).toMatch(/^[0-9a-f]{64}$/);
});

it("makes no secrets for a database that other processes share", async () => {
  const { embedded, environment } = await plan(external);
  expect(embedded).toBeUndefined();
  expect(environment.NEXTAUTH_SECRET).toBeUndefined();
  expect(environment.DATABASE_INGEST_URL).toBeUndefined();
});

it("refuses half a database", async () => {
  await expect(plan({ DATABASE_INGEST_URL: "postgresql://x@y/z" })).rejects.toThrow(
    "DATABASE_INGEST_URL is set but DATABASE_URL is not",
  );
});

it("leaves the jobs to Inngest as soon as it is configured", async () => {
  const { embeddedJobs, environment } = await plan({ INNGEST_SIGNING_KEY: "signkey-prod-00" });
  expect(embeddedJobs).toBe(false);
  expect(environment).toMatchObject({ EMBEDDED_JOBS: "off", INNGEST_SIGNING_KEY: "signkey-prod-00" });
  expect(environment.INNGEST_BASE_URL).toBeUndefined();
});

it("rehearses the future on a database of its own alone", async () => {
  expect((await plan({ CLOCK_AHEAD_DAYS: "31" })).environment.CLOCK_AHEAD_DAYS).toBe("31");
  await expect(plan({ ...external, CLOCK_AHEAD_DAYS: "31" })).rejects.toThrow("CLOCK_AHEAD_DAYS");
  await expect(plan({ ...external, CLOCK_AHEAD_DAYS: "0" })).resolves.toBeDefined();
});
