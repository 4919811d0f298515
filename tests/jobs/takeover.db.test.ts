import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { Inngest } from "inngest";
import { Client } from "pg";
import { afterAll, expect, it, vi } from "vitest";
import { freePort } from "@/server/launch/ports";
import { createLeadership } from "@/server/jobs/leadership";
import { testDatabase } from "../setup/database";
import { signal, silent, startTestApp } from "./test-app";

// Each starts processes, which takes its time on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

const { adminUrl, urls } = testDatabase();
const admin = new Client({ connectionString: adminUrl });
await admin.connect();
afterAll(() => admin.end());

const intakeUrl = async () => `http://127.0.0.1:${String(await freePort())}`;

async function startProcess(baseUrl: string, intake: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, ["--import", "tsx", "tests/jobs/runner-process.ts", baseUrl], {
    env: { ...process.env, INNGEST_BASE_URL: intake },
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(child.stdout, "data");
  return child;
}

it("lets a second process take over when the first is killed, and finishes its run", async () => {
  const [first, second] = [await intakeUrl(), await intakeUrl()];
  const client = new Inngest({ id: "kill", logger: silent, baseUrl: first });
  const done: string[] = [];
  const [begun, ended] = [signal(), signal()];
  const long = client.createFunction({ id: "long", triggers: [{ event: "kill/long" }] }, async ({ step }) => {
    await step.run("one", () => done.push("one"));
    await step.run("two", async () => {
      done.push("two");
      begun.fulfil();
      // The first process never gets an answer; the second one's try comes through.
      if (done.length < 3) await ended.reached;
    });
    done.push("end");
    ended.fulfil();
  });
  const app = await startTestApp(client, [long]);
  const one = await startProcess(app.url, first);
  await client.send({ name: "kill/long", data: {} });
  await begun.reached;
  const two = await startProcess(app.url, second);
  one.kill("SIGKILL");
  await ended.reached;
  two.kill("SIGTERM");
  const [code] = (await once(two, "exit")) as [number | null];
  await app.close();

  expect(done).toEqual(["one", "two", "two", "end"]);
  expect(code).toBe(0);
  const { rows } = await admin.query("SELECT state FROM job_run WHERE function_id = 'kill-long'");
  expect(rows).toEqual([{ state: "done" }]);
});

it("puts a run back, uncounted, when the process is asked to stop in the middle of it", async () => {
  const intake = await intakeUrl();
  const client = new Inngest({ id: "stop", logger: silent, baseUrl: intake });
  const [begun, never] = [signal(), signal()];
  const long = client.createFunction({ id: "long", triggers: [{ event: "stop/long" }] }, async ({ step }) => {
    await step.run("one", async () => {
      begun.fulfil();
      await never.reached;
    });
  });
  const app = await startTestApp(client, [long]);
  const child = await startProcess(app.url, intake);
  await client.send({ name: "stop/long", data: {} });
  await begun.reached;
  child.kill("SIGTERM");
  await once(child, "exit");
  never.fulfil();
  await app.close();
  const { rows } = await admin.query("SELECT state, attempt FROM job_run WHERE function_id = 'stop-long'");
  expect(rows).toEqual([{ state: "queued", attempt: 0 }]);
});

it("has one leader at a time, and a next one as soon as the first one's connection is gone", async () => {
  const [one, two] = [createLeadership(urls.DATABASE_JOBS_URL), createLeadership(urls.DATABASE_JOBS_URL)];
  expect([await one.held(), await two.held(), await one.held()]).toEqual([true, false, true]);
  await admin.query(
    "SELECT pg_terminate_backend(pid, 5000) FROM pg_locks WHERE locktype = 'advisory' AND granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())",
  );
  expect(await two.held()).toBe(true);
  await expect(one.held()).rejects.toThrow();
  expect(await one.held()).toBe(false);
  await two.release();
  expect(await one.held()).toBe(true);
  await one.release();
});
