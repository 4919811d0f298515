import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Runner } from "@/server/jobs/runner";
import { freePort } from "@/server/launch/ports";
import { silent } from "./test-app";

// Set before server/env.ts is read, hence the dynamic imports below.
process.env.INNGEST_BASE_URL = `http://127.0.0.1:${String(await freePort())}`;
const route = await import("@/app/api/inngest/route");
const { functions } = await import("@/inngest/index");
const {
  activityDirty,
  billPullRequested,
  closingWaits,
  incidentChanged,
  inngest,
  recommendationsDue,
  reviewDue,
} = await import("@/inngest/client");
const { startRunner } = await import("@/server/jobs/runner");
const { listJobHealth } = await import("@/server/jobs/list-health");
const { disconnect } = await import("@/server/db");
const { receiveDelivery } = await import("@/server/inbox/receive");
const { saveRule } = await import("@/server/attribution/save-rule");
const { applyRule } = await import("@/server/attribution/apply-rule");
const { eraseUser } = await import("@/server/privacy/erase-user");
const { sealAdminKey } = await import("@/server/provider-bills/credentials");
const { sealCredentials } = await import("@/server/sources/credentials");
const { makeIncident } = await import("@/tests/factories/incident-rows");
const { asAdmin, contextOf, ingestKey, makeTenant, system } = await import("@/tests/factories/tenant");

type Handler = (request: Request, context: unknown) => Promise<Response>;
const handlers = new Map<string, Handler>(
  Object.entries(route).filter((entry): entry is [string, Handler] => typeof entry[1] === "function"),
);

/** The route as Next calls it, without Next. */
const server = createServer((incoming, response) => {
  const handle = async () => {
    const body = incoming.method === "GET" ? null : Buffer.concat((await incoming.toArray()) as Buffer[]);
    const request = new Request(`http://localhost${incoming.url ?? ""}`, {
      method: incoming.method ?? "GET",
      headers: Object.entries(incoming.headers).map(([name, value]): [string, string] => [
        name,
        String(value),
      ]),
      body,
    });
    const answer = await handlers.get(request.method)?.(request, {});
    response
      .writeHead(answer?.status ?? 405, answer && Object.fromEntries(answer.headers))
      .end(await answer?.text());
  };
  void handle();
});

const count = async (sql: string) => Number((await asAdmin(sql))[0]?.count);
let runner: Runner;
let url: string;

beforeAll(async () => {
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  runner = await startRunner({ baseUrl: url, automatic: false, log: silent });
});
afterAll(async () => {
  await runner.stop();
  server.close();
  await disconnect();
});

it("runs every job of the product to its end", async () => {
  const tenant = await makeTenant();
  const { id } = tenant;
  // A delivery whose announcement was lost.
  const entry = { litellm_call_id: "c", startTime: Date.now() / 1_000, model: "gpt-4o", prompt_tokens: 1 };
  await receiveDelivery(contextOf(tenant, ingestKey, new Date()), { source: "litellm", body: Buffer.from(JSON.stringify(entry)) }); // prettier-ignore
  await asAdmin("INSERT INTO rollup_dirty (tenant_id, hour) VALUES ($1, date_trunc('hour', now()))", [id]);
  // A preview and a repricing whose jobs were lost, and a call that waits for a price.
  await asAdmin(
    `INSERT INTO reprice_run (tenant_id, reason, scope, known_at, state, requested_by, requested_at, progressed_at)
     SELECT $1, 'test', '{"from": "2026-01-01T00:00:00Z", "to": "2026-02-01T00:00:00Z"}', long_ago, state, 'test', long_ago, long_ago
     FROM unnest('{previewing,running}'::text[]) AS state, CAST('2026-11-01T00:00:00Z' AS timestamptz) AS long_ago`,
    [id],
  );
  await asAdmin(
    "INSERT INTO call (tenant_id, call_id, occurred_at, received_at, source, kind, price_status) VALUES ($1, 'waits', now(), now(), 'test', 'llm', 'unpriced')",
    [id],
  );
  // A rule to be applied and a person to be forgotten, whose jobs were lost, and a source that does not exist.
  const longAgo = contextOf(tenant, system, new Date(Date.now() - 3_600_000));
  const rule = await saveRule(longAgo, {
    name: "test",
    conditions: [{ field: "feature", op: "isMissing" }],
    sets: { feature: "chat" },
  });
  await applyRule(longAgo, { id: rule.id, from: "2026-11-01", to: "2026-11-02" });
  await eraseUser(longAgo, { userId: "ann", confirm: "ann" });
  await asAdmin(
    `INSERT INTO source_connection (tenant_id, kind, name, base_url, credentials, created_by, created_at)
     VALUES ($1, 'langfuse', 'test', 'https://langfuse.invalid', $2, 'test', now())`,
    [id, sealCredentials(id, { publicKey: "pk", secretKey: "sk" })],
  );
  // A Stripe whose key nobody can open.
  await asAdmin(
    `INSERT INTO billing_connection (tenant_id, id, provider, provider_account, name, mode, state, api_key, key_tail, connected_by, connected_at)
     VALUES ($1, gen_random_uuid(), 'stripe', 'acct_1', 'test', 'test', 'active', 'x', 'x', 'test', now())`,
    [id],
  );
  // A bill that cannot be reached, which is read at two hours of the day, and users whom another job may have counted.
  const [bill] = await asAdmin(
    `INSERT INTO bill_connection (tenant_id, id, provider, name, base_url, credentials, settings, state, created_by, created_at)
     VALUES ($1, gen_random_uuid(), 'openai', 'test', 'https://bills.invalid', $2, '{}', 'active', 'test', now()) RETURNING id`,
    [id, sealAdminKey(id, "sk-admin-test")],
  );
  await inngest.send(billPullRequested.create({ tenantId: id, connectionId: String(bill?.id) }));
  await inngest.send(activityDirty.create({ tenantId: id }));
  // An incident to be told, to a destination whose address nobody can open.
  const incident = await makeIncident(tenant, { openedAt: new Date() });
  await asAdmin(
    `INSERT INTO destination (tenant_id, id, kind, name, target, target_digest, tail, routes, state, failures, created_by, created_at, updated_at)
     VALUES ($1, gen_random_uuid(), 'slack', 'test', '', '', '', '{"teams": [], "severities": [], "rules": []}', 'active', 0, 'test', now(), now())`,
    [id],
  );
  await inngest.send(incidentChanged.create({ tenantId: id, incidentId: incident.id, n: 1 }));
  // On other days than Mondays the calendar asks for none.
  await inngest.send(reviewDue.create({ tenantId: id }));
  // A month that waits to be closed, and its announcement.
  await asAdmin(
    "INSERT INTO period_closing (tenant_id, month, requested_at, requested_by, checked_at, waits_for) VALUES ($1, '2026-01-01', now(), 'test', now(), '[]')",
    [id],
  );
  await inngest.send(closingWaits.create({ tenantId: id }));
  // Nor for savings before five in the morning.
  await inngest.send(recommendationsDue.create({ tenantId: id }));
  const start = Date.now();
  await runner.tick(new Date(start));
  await runner.tick(new Date(start + 60_000));
  expect(await count("SELECT count(*) FROM call WHERE call_id = 'litellm:c'")).toBe(1);
  expect(await count("SELECT count(*) FROM rollup_dirty")).toBe(0);
  expect(
    await count(
      `SELECT count(*) FROM delivery WHERE incident_id = '${incident.id}' AND event_n = 1 AND state = 'failed'`,
    ),
  ).toBe(1);
  // What is taken up every few minutes comes to its end first: a backlog waits for repricings under way.
  await runner.tick(new Date(start + 600_000));
  await runner.tick(new Date(start + 86_400_000));
  // A destination hears of two things a second apart: whoever waits for that second goes on a minute later.
  const queued = () => count("SELECT count(*) FROM job_run WHERE state = 'queued'");
  for (let minute = 1; minute <= 60 && (await queued()) > 0; minute += 1)
    await runner.tick(new Date(start + 86_400_000 + minute * 60_000));
  const ran = await asAdmin(
    "SELECT DISTINCT function_id, state, failure FROM job_run WHERE events <> '[]' ORDER BY function_id",
  );
  const expected = functions.map((fn) => ({ function_id: fn.id(inngest.id), state: "done", failure: null }));
  expect(ran).toEqual(expected.sort((one, other) => (one.function_id < other.function_id ? -1 : 1)));
  const health = await listJobHealth(new Date(start + 86_400_000));
  expect(
    health.map(({ functionId, lastDoneAt, waiting }) => [functionId, lastDoneAt instanceof Date, waiting]),
  ).toEqual(expected.map(({ function_id }) => [function_id, true, 0]));
}, 120_000);

it("answers the runner alone, and knows three methods", async () => {
  const ask = async (method: string) => (await fetch(`${url}/api/inngest`, { method })).status;
  expect(await Promise.all(["GET", "POST", "PUT", "DELETE"].map(ask))).toEqual([401, 401, 401, 405]);
  expect([...handlers.keys()].sort()).toEqual(["GET", "POST", "PUT"]);
});
