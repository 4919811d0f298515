import { NonRetriableError, RetryAfterError } from "inngest";
import { Client } from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { freePort } from "@/server/launch/ports";
import type { Runner } from "@/server/jobs/runner";
import { testDatabase } from "../setup/database";
import { client, done, functions, script } from "./functions";
import { signal, silent, startTestApp } from "./test-app";

// Set before server/env.ts is read, hence the dynamic imports below.
process.env.INNGEST_BASE_URL = `http://127.0.0.1:${String(await freePort())}`;
const { startRunner } = await import("@/server/jobs/runner");
const { disconnect } = await import("@/server/db");

const admin = new Client({ connectionString: testDatabase().adminUrl });

// Ahead of the machine's clock, by which the SDK stamps events.
const start = new Date(Math.ceil(Date.now() / 86_400_000 + 1) * 86_400_000).getTime();
let clock = start;
const after = (seconds: number) => new Date((clock += seconds * 1000));

let app: Awaited<ReturnType<typeof startTestApp>>;
let runner: Runner;
let send: typeof fetch = fetch;

const begin = async () => {
  runner = await startRunner({
    baseUrl: app.url,
    automatic: false,
    log: silent,
    fetch: (...request) => send(...request),
  });
};
const runs = async (id: string) => {
  const sql = "SELECT state, attempt, failure FROM job_run WHERE function_id = $1 ORDER BY created_at, id";
  return (await admin.query<{ state: string; attempt: number; failure: string | null }>(sql, [`test-${id}`]))
    .rows;
};

beforeAll(async () => {
  await admin.connect();
  app = await startTestApp(client, functions);
  await begin();
});
beforeEach(() => {
  done.length = 0;
  script.minutely = false;
  script.fail = () => {};
  send = fetch;
});
afterEach(async () => {
  await runner.tick(after(86_400));
  await admin.query("DELETE FROM job_run WHERE cause NOT LIKE 'cron %'");
});
afterAll(async () => {
  await runner.stop();
  await app.close();
  await disconnect();
  await admin.end();
});

it("runs the steps of a function once each, and sleeps between them", async () => {
  await client.send({ name: "test/steps", data: { word: "x" } });
  await runner.tick(after(1));
  expect(done).toEqual(["one x"]);
  await runner.tick(after(7_100));
  expect(done).toEqual(["one x"]);
  await runner.tick(after(100));
  expect(done).toEqual(["one x", "two after one x"]);
  expect(await runs("steps")).toEqual([{ state: "done", attempt: 0, failure: null }]);
});

it("tries a failing step again, later each time, then fails the run and tells onFailure", async () => {
  script.fail = (what) => {
    if (what === "shaky") throw new Error("no luck");
  };
  await client.send({ name: "test/retried", data: {} });
  await runner.tick(after(1));
  expect(await runs("retried")).toEqual([{ state: "queued", attempt: 1, failure: "no luck" }]);
  await runner.tick(after(14));
  expect(done).toEqual(["before", "shaky"]);
  await runner.tick(after(1));
  expect(done).toEqual(["before", "shaky", "shaky"]);
  await runner.tick(after(29));
  await runner.tick(after(1));
  expect(done).toEqual(["before", "shaky", "shaky", "shaky", "gave up: no luck"]);
  expect(await runs("retried")).toEqual([{ state: "failed", attempt: 0, failure: "no luck" }]);
});

it("goes on when a later try succeeds", async () => {
  let left = 2;
  script.fail = (what) => {
    if (what === "shaky" && left-- > 0) throw new Error("no luck");
  };
  await client.send({ name: "test/retried", data: {} });
  await runner.tick(after(1));
  await runner.tick(after(15));
  await runner.tick(after(30));
  expect(done).toEqual(["before", "shaky", "shaky", "shaky", "end"]);
  expect(await runs("retried")).toEqual([{ state: "done", attempt: 0, failure: null }]);
});

it("waits as long as a RetryAfterError asks, and gives up at once on a NonRetriableError", async () => {
  const errors = [new RetryAfterError("busy", "1h"), new NonRetriableError("never")];
  script.fail = (what) => {
    const error = what === "shaky" ? errors.shift() : undefined;
    if (error) throw error;
  };
  await client.send({ name: "test/retried", data: {} });
  await runner.tick(after(1));
  await runner.tick(after(3_599));
  expect(done).toEqual(["before", "shaky"]);
  await runner.tick(after(2));
  expect(done).toEqual(["before", "shaky", "shaky", "gave up: never"]);
});

it("lets a function catch what a step threw", async () => {
  script.fail = (what) => {
    if (what === "shaky") throw new Error("no luck");
  };
  await client.send({ name: "test/caught", data: {} });
  await runner.tick(after(1));
  expect(done).toEqual(["shaky", "caught Error: no luck"]);
});

it("runs a step again when its answer was lost, and no step whose answer came", async () => {
  const answers: string[] = [];
  send = async (...request) => {
    const response = await fetch(...request);
    const step = done.at(-1) ?? "";
    if (step === "shaky" && !answers.includes("lost")) {
      answers.push("lost");
      throw new TypeError("fetch failed");
    }
    return response;
  };
  await client.send({ name: "test/retried", data: {} });
  await runner.tick(after(1));
  await runner.tick(after(15));
  expect(done).toEqual(["before", "shaky", "shaky", "end"]);
});

it("runs parallel steps, retries the one that failed, and joins them", async () => {
  let left = 1;
  script.fail = (what) => {
    if (what === "shaky" && left-- > 0) throw new Error("no luck");
  };
  await client.send({ name: "test/parallel", data: {} });
  await runner.tick(after(1));
  expect([...done].sort()).toEqual(["left", "right", "shaky"]);
  await runner.tick(after(15));
  expect(done.slice(3)).toEqual(["shaky", "left+shaky+right"]);
});

it("starts a function for each event of a fan-out, and no two of one tenant at a time", async () => {
  const active: string[] = [];
  let together = 0;
  let clashes = 0;
  let all = signal();
  script.pause = async (tenant) => {
    if (active.includes(tenant)) clashes += 1;
    active.push(tenant);
    together = Math.max(together, active.length);
    const mine = all;
    // Each waits until all three tenants are at work.
    if (active.length === 3) {
      mine.fulfil();
      all = signal();
    }
    await mine.reached;
    active.splice(active.indexOf(tenant), 1);
  };
  await client.send({ name: "test/fan-out", data: {} });
  await runner.tick(after(1));
  expect([...done].sort()).toEqual(["child a", "child a", "child b", "child b", "child c", "child c"]);
  expect({ together, clashes }).toEqual({ together: 3, clashes: 0 });
});

it("starts one run for an event id, however often it is sent, and one a day for an idempotency key", async () => {
  const event = { name: "test/steps", id: "the same", data: { word: "y" } };
  await Promise.all(Array.from({ length: 20 }, () => client.send(event)));
  await client.send(["k", "k", "l"].map((key) => ({ name: "test/once-a-day", data: { key } })));
  await runner.tick(after(1));
  expect([...done].sort()).toEqual(["key k", "key l", "one y"]);
});

it("runs crons in their zone, and once for all the ticks that were missed", async () => {
  await runner.tick(after(86_400 - (((clock - start) / 1000) % 86_400)));
  script.minutely = true;
  await runner.tick(after(59));
  expect(done).toEqual([]);
  await runner.tick(after(1));
  await runner.tick(after(0));
  expect(done).toEqual(["minute"]);
  await runner.stop();
  await begin();
  await runner.tick(after(36 * 3_600));
  expect([...done].sort()).toEqual(["midnight 18:30", "minute", "minute"]);
});

it("resumes a run that the end of its process interrupted, without its finished steps", async () => {
  await client.send({ name: "test/retried", data: {} });
  script.fail = (what) => {
    if (what === "shaky") throw new Error("no luck");
  };
  await runner.tick(after(1));
  script.fail = () => {};
  await admin.query(
    "UPDATE job_run SET state = 'running', attempt = 0, run_after = created_at WHERE function_id = 'test-retried'",
  );
  await runner.stop();
  await begin();
  await runner.tick(after(1));
  expect(done).toEqual(["before", "shaky", "shaky", "end"]);
});

it("gives up on a run that ends its process each time", async () => {
  await client.send({ name: "test/retried", data: {} });
  await admin.query("UPDATE job_run SET state = 'running', attempt = 2 WHERE function_id = 'test-retried'");
  await runner.tick(after(1));
  expect(await runs("retried")).toMatchObject([
    { state: "failed", failure: expect.stringContaining("interrupted") as string },
  ]);
});

it("fails a run in plain words when it asks for what only Inngest offers", async () => {
  await client.send({ name: "test/waits-for-event", data: {} });
  await runner.tick(after(1));
  expect(await runs("waits-for-event")).toMatchObject([
    {
      state: "failed",
      failure: 'The embedded job runner does not offer WaitForEvent of step "never"; Inngest does.',
    },
  ]);
});

it("keeps the route and the event API closed to those without the keys", async () => {
  const body = JSON.stringify({
    url: "http://evil.example",
    event: {},
    events: [],
    steps: {},
    ctx: { run_id: "x" },
  });
  const ask = async (url: string, method: string) =>
    (await fetch(url, { method, ...(method === "GET" ? {} : { body }) })).status;
  const route = `${app.url}/api/inngest?fnId=test-steps&stepId=step`;
  expect([await ask(route, "GET"), await ask(route, "POST"), await ask(route, "PUT")]).toEqual([
    401, 401, 401,
  ]);
  expect(await ask(`${process.env.INNGEST_BASE_URL ?? ""}/e/wrong`, "POST")).toBe(404);
  expect(done).toEqual([]);
});

it("forgets what is done after a day and what failed after a month, but no cron's last tick", async () => {
  const insert = `INSERT INTO job_run (function_id, cause, events, state, run_after, created_at, finished_at)
    SELECT 'test-old', $1, '[]', $2, t, t, t FROM (SELECT $3::timestamptz AS t) x`;
  const ago = (days: number) => new Date(clock + 86_400_000 - days * 86_400_000);
  await admin.query(insert, ["event 1", "done", ago(2)]);
  await admin.query(insert, ["event 2", "failed", ago(2)]);
  await admin.query(insert, ["event 3", "failed", ago(31)]);
  await admin.query(insert, ["cron 0 0 1 * * @ 2026-01-01T00:00:00.000Z", "done", ago(40)]);
  await admin.query(insert, ["cron 0 0 1 * * @ 2026-02-01T00:00:00.000Z", "done", ago(9)]);
  await runner.tick(after(86_400));
  const { rows } = await admin.query<{ cause: string }>(
    "SELECT cause FROM job_run WHERE function_id = 'test-old' ORDER BY 1",
  );
  expect(rows.map(({ cause }) => cause)).toEqual(["cron 0 0 1 * * @ 2026-02-01T00:00:00.000Z", "event 2"]);
});
