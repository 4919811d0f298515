import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { afterAll, expect, it } from "vitest";
import { sized } from "../setup/size";
import { type Boundary, boundaries, faults, type Order, restarts } from "./boundaries";
import type { FakeState } from "./fake";

const { accountName, startFakeStripe } = await import("./fake");
const script = fileURLToPath(new URL("worker.ts", import.meta.url));
const fake = await startFakeStripe();
process.env.STRIPE_API_URL = fake.url;
const scenes = await import("./scene");
const tenants = await import("../factories/tenant");
afterAll(() => fake.close());

/** A worker that waits for its order, so that many can start at once. */
async function hire(): Promise<ChildProcess> {
  const worker = fork(script, [], { env: process.env, execArgv: ["--import", "tsx"] });
  await once(worker, "message");
  return worker;
}

async function run(order: Order): Promise<NodeJS.Signals | number | null> {
  const worker = await hire();
  const gone = once(worker, "exit") as Promise<[number | null, NodeJS.Signals | null]>;
  worker.send(order);
  const [code, signal] = await gone;
  return signal ?? code;
}

interface Case {
  boundary: Boundary;
  fault: (typeof faults)[number];
  restart: (typeof restarts)[number];
  nth: number;
}
const all: Case[] = [1, 2, 3, 4].flatMap((nth) =>
  boundaries.flatMap((boundary) =>
    faults.flatMap((fault) => restarts.map((restart) => ({ boundary, fault, restart, nth }))),
  ),
);
/** All of them at full size (288); else every 23rd, which has each boundary with several faults. */
const cases = all.filter((_, at) => at % sized(1, 23) === 0);

/** Which arrival at its boundary is the last: hours are planned at once, and a fault ends a run after the first call. */
function deathOf({ boundary, fault, nth }: Case): number {
  if (boundary.endsWith(" row")) return 1;
  return boundary.includes("call") && fault !== "none" ? 1 : nth;
}

const start = new Date("2026-11-20T00:00:00Z");
const first = new Date("2026-11-20T08:30:00Z");

/** Of one meter and customer: what Stripe counts, and what the ledger holds. */
async function totals(state: FakeState, tenantId: string) {
  const [ledger] = await tenants.asAdmin<{ a: string; b: string; cost_a: string; cost_b: string }>(
    `SELECT sum(tokens) FILTER (WHERE account_id = 'acme') AS a, sum(tokens) FILTER (WHERE account_id = 'beta') AS b,
       sum(micro) FILTER (WHERE account_id = 'acme') AS cost_a, sum(micro) FILTER (WHERE account_id = 'beta') AS cost_b
     FROM (SELECT account_id, date_trunc('hour', occurred_at) AS hour, sum(fresh_input_tokens) AS tokens, round(sum(cost_usd) * 1000000) AS micro
       FROM call WHERE tenant_id = $1 GROUP BY 1, 2) AS hours`,
    [tenantId],
  );
  const counted = (event: string, customer: string) =>
    state.events
      .filter(({ event_name: name, payload }) => name === event && payload.stripe_customer_id === customer)
      .reduce((total, { payload }) => total + BigInt(payload.value ?? "0"), 0n)
      .toString();
  return {
    billed: { a: counted("llm_tokens", "cus_a"), b: counted("llm_tokens", "cus_b"), cost_a: counted("llm_cost", "cus_a"), cost_b: counted("llm_cost", "cus_b") },
    ledger,
  }; // prettier-ignore
}

/**
 * Tries of a name long after one that may have been taken, without a look at the sums in between. A 429 says that nothing was
 * taken, which leaves nothing to look for.
 */
function blindResends(state: FakeState): string[] {
  const posts = state.heard.filter(
    ({ path, status }) => path === "/v1/billing/meter_events" && status !== 429,
  );
  return posts.filter((post) => {
    const earlier = posts.filter(
      ({ body, at }) => body.identifier === post.body.identifier && at <= post.at && post.at - at > 20 * 3_600_000,
    );
    const last = Math.max(...earlier.map(({ at }) => at));
    return earlier.length > 0 && !state.heard.some(({ path, at }) => path.endsWith("/event_summaries") && at > last && at <= post.at); // prettier-ignore
  }).map(({ body }) => body.identifier ?? ""); // prettier-ignore
}

let serial = 0;
async function play(one: Case) {
  const { boundary, fault, restart } = one;
  const account = accountName((serial += 1));
  const scene = await scenes.makeScene(fake, account, first, start);
  const { tenant } = scene;
  const call = (accountId: string, hour: number, tokens: number, costUsd: string) => ({ accountId, at: new Date(start.getTime() + hour * 3_600_000 + 60_000), tokens, costUsd }); // prettier-ignore
  await scenes.addCalls(tenant, [call("acme", 1, 100, "0.0000015"), call("acme", 5, 50, "0.25"), call("beta", 1, 7, "0.000001")], new Date("2026-11-20T06:00:00Z")); // prettier-ignore
  await scenes.roll(tenant, first);
  if (fault !== "none")
    // A connection that breaks is tried once more by the SDK itself.
    await fake.told(account, { set: { faults: [{ path: "/v1/billing/meter_events", fault, times: fault.startsWith("drop") ? 2 : 1 }] } }); // prettier-ignore
  const order = { tenantId: tenant.id, now: first.toISOString() };
  const death = await run({ ...order, boundary, nth: deathOf(one) });
  // Meanwhile an hour got a late call, and one lost some.
  await tenants.asAdmin("UPDATE call SET fresh_input_tokens = 20, cost_usd = 0.1 WHERE tenant_id = $1 AND fresh_input_tokens = 50", [tenant.id]); // prettier-ignore
  const waitMs = restart === "within a day" ? 2 * 3_600_000 : 30 * 3_600_000;
  const second = new Date(first.getTime() + waitMs);
  await scenes.addCalls(tenant, [call("acme", 1, 11, "0.01"), call("acme", 5, 0, "0")], new Date("2026-11-20T09:00:00Z")); // prettier-ignore
  await scenes.roll(tenant, second);
  // A fault that it did not live to see meets the next run; a timeout would only cost time.
  await fake.told(account, { set: { now: second.getTime(), ...(fault === "timeout" && { faults: [] }) } });
  // Restarts until nothing waits, hours apart; each in a process of its own would show no more.
  for (let again = 0; again < 12; again += 1) {
    const now = new Date(second.getTime() + again * 4 * 3_600_000);
    await fake.told(account, { set: { now: now.getTime() } });
    await catchUp(tenant.id, now);
  }
  const state = await fake.told(account);
  const open = await tenants.asAdmin("SELECT state FROM billing_export WHERE tenant_id = $1 AND state IN ('pending', 'unknown')", [tenant.id]); // prettier-ignore
  const counted = state.events.map(({ identifier }) => identifier);
  return {
    death,
    ...(await totals(state, tenant.id)),
    twice: counted.length - new Set(counted).size,
    blind: blindResends(state),
    open: open.length,
    posts: state.heard.filter(({ path }) => path === "/v1/billing/meter_events").length,
  };
}

async function catchUp(tenantId: string, now: Date): Promise<void> {
  const { systemContext } = await import("@/server/system-context");
  const { planWindows } = await import("@/server/billing/plan-windows");
  const { resolveUnknown } = await import("@/server/billing/resolve-unknown");
  const { sendReady } = await import("@/server/billing/send-ready");
  const { patiently } = await import("./patiently");
  const ctx = await patiently(() => systemContext(tenantId, "test", { now }));
  while ((await patiently(() => planWindows(ctx))).more);
  await patiently(() => resolveUnknown(ctx));
  while ((await patiently(() => sendReady(ctx))).waitMs === 0);
}

it(`${String(cases.length)} interrupted exports bill exactly what the ledger holds`, async () => {
  let killed = 0;
  let posts = 0;
  const lanes = [0, 1, 2].map(async (lane) => {
    for (const one of cases.filter((_, at) => at % 3 === lane)) {
      const { death, billed, ledger, twice, blind, open, posts: sent } = await play(one);
      expect({ one, billed, twice, blind, open }).toEqual({ one, billed: ledger, twice: 0, blind: [], open: 0 });
      expect({ one, death }).toEqual({ one, death: "SIGKILL" });
      killed += 1;
      posts += sent;
    }
  });
  await Promise.all(lanes);
  expect(killed).toBe(cases.length);
  console.info(`stripe: ${String(cases.length)} exports, ${String(killed)} killed, ${String(posts)} posts: billed = ledger in all`);
}, sized(3_600_000, 600_000)); // prettier-ignore
