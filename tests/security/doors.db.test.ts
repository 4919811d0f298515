import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { createKey } from "@/server/keys/create";
import { revokeKey } from "@/server/keys/revoke";
import { doorPaths } from "@/server/http/doors";
import { withClient } from "@/server/launch/provision";
import { type Door, openDoor } from "../factories/door";
import { fingerprints } from "../factories/rows";
import { asAdmin, contextOf, loadPrices, system } from "../factories/tenant";
import { testDatabase } from "../setup/database";
import { makeWorld, type World } from "./world";

vi.mock("@/server/clients/events", () => ({ sendEvent: () => Promise.resolve() }));

let ada: World;
let bob: World;
let door: Door;
beforeAll(async () => {
  await loadPrices(new Date());
  ada = await makeWorld("canary-ada");
  bob = await makeWorld("canary-bob");
  door = await openDoor();
});
afterAll(() => door.close());

interface DoorCase {
  /** A sound body that names things as they are named in that world. */
  body: (world: World) => unknown;
  /** The table that it adds a row to; null where nothing is kept. */
  table: string | null;
}
const message = ({ ids }: World) => ({
  userId: ids.userId,
  messageId: ids.id,
  event: "used",
  traits: { plan: "pro" },
});
const attribute = (key: string, stringValue: string) => ({ key, value: { stringValue } });
/** A lone chat span, which is a call. */
const span = ({ ids }: World) => ({
  traceId: ids.id.replaceAll("-", ""),
  spanId: ids.id.replaceAll("-", "").slice(16),
  name: "chat",
  startTimeUnixNano: `${Date.now()}000000`,
  endTimeUnixNano: `${Date.now()}000000`,
  attributes: [
    attribute("gen_ai.operation.name", "chat"),
    attribute("gen_ai.request.model", "gpt-4o"),
    attribute("gen_ai.response.id", ids.callId),
    attribute("user.id", ids.userId),
  ],
});
const traces: DoorCase = {
  body: (world) => ({ resourceSpans: [{ scopeSpans: [{ spans: [span(world)] }] }] }),
  table: "call",
};
const ignored: DoorCase = { body: message, table: null };

/** What is posted to each door; one without an entry fails the suite. */
const cases: Record<string, DoorCase> = {
  "/v1/litellm": {
    body: ({ ids }) => [{ litellm_call_id: ids.callId, id: ids.callId, startTime: Date.now() / 1_000, model: "gpt-4o", end_user: ids.userId }],
    table: "inbox",
  },
  "/v1/track": { body: message, table: "usage_event" },
  "/v1/identify": { body: message, table: "end_user" },
  "/v1/batch": { body: (world) => ({ batch: [{ type: "track", ...message(world) }] }), table: "usage_event" },
  "/v1/traces": traces,
  "/api/public/otel/v1/traces": traces,
  "/v1/metrics": ignored,
  "/v1/logs": ignored,
  "/api/public/otel/v1/metrics": ignored,
  "/api/public/otel/v1/logs": ignored,
  "/v1/page": ignored,
  "/v1/screen": ignored,
  "/v1/group": ignored,
  "/v1/alias": ignored,
}; // prettier-ignore
/** Doors that give figures instead of taking any. */
const giving = ["/metrics", "/v1/metrics/prometheus"];
const keeping = Object.entries(cases).filter(([, { table }]) => table !== null);

const post = (path: string, body: unknown, headers: Record<string, string>) =>
  door.send(path, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
const printOf = (world: World) =>
  withClient(testDatabase().adminUrl, (admin) => fingerprints(admin, world.tables, world.tenant.id));
const rowsOf = async (table: string, world: World) =>
  Number((await asAdmin<{ n: string }>(`SELECT count(*) AS n FROM ${table} WHERE tenant_id = $1`, [world.tenant.id]))[0]?.n); // prettier-ignore
const keyOf = async (world: World, scope: "ingest" | "read" | "gate") =>
  createKey(contextOf(world.tenant, system, new Date()), { name: scope, scopes: [scope] });

it("every door has a case", () => {
  expect([...doorPaths].sort()).toEqual([...Object.keys(cases), ...giving].sort());
});

describe.each(Object.entries(cases))("%s", (path, { body, table }) => {
  it("is closed without a key that may send", async () => {
    const before = [await printOf(ada), await printOf(bob)];
    const [read, gate, revoked] = [
      await keyOf(ada, "read"),
      await keyOf(ada, "gate"),
      await keyOf(ada, "ingest"),
    ];
    await revokeKey(contextOf(ada.tenant, system, new Date()), { id: revoked.id });
    const made = [await printOf(ada), await printOf(bob)];
    const bearer = (key: string) => ({ authorization: `Bearer ${key}` });
    const answers = [
      await post(path, body(ada), {}),
      await post(path, body(ada), ada.as.owner),
      await post(path, body(ada), bearer("tl_live_AAAAAAAA_x")),
      await post(path, body(ada), bearer(revoked.key)),
      await post(path, body(ada), bearer(read.key)),
      await post(path, body(ada), bearer(gate.key)),
    ];
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 401, 403, 403]);
    expect(before[1]).toEqual(made[1]);
    for (const name of ["inbox", "usage_event", "end_user", "call"])
      expect(before[0]?.[name]).toBe(made[0]?.[name]);
    expect((await door.send(path, { headers: ada.key })).status).toBe(405);
  });

  it("speaks for the key's tenant alone, whatever it is told of another", async () => {
    const others = await printOf(bob);
    const before = table === null ? 0 : await rowsOf(table, ada);
    const headers = { ...ada.key, "x-tokenledger-tenant": bob.tenant.slug };
    const answer = await post(path, body(bob), headers);
    expect(answer.status, answer.text).toBe(200);
    for (const mark of [bob.owner.canary, bob.owner.tenantId, bob.owner.id])
      expect(answer.text).not.toContain(mark);
    expect(await printOf(bob)).toEqual(others);
    if (table !== null) expect(await rowsOf(table, ada)).toBeGreaterThanOrEqual(Math.max(before, 1));
  });

  it("takes the key as Segment's senders and others bring it", async () => {
    const { key } = await keyOf(ada, "ingest");
    const basic = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString("base64")}` });
    for (const headers of [basic(`${key}:`), basic(`any:${key}`), { "x-api-key": key }])
      expect((await post(path, body(ada), headers)).status).toBe(200);
  });
});

describe.each(giving)("%s", (path) => {
  it("is closed without a key that may read", async () => {
    const [ingest, gate, revoked] = [
      await keyOf(ada, "ingest"),
      await keyOf(ada, "gate"),
      await keyOf(ada, "read"),
    ];
    await revokeKey(contextOf(ada.tenant, system, new Date()), { id: revoked.id });
    const bearer = (key: string) => ({ authorization: `Bearer ${key}` });
    const refused = [{}, ada.as.owner, bearer("tl_live_AAAAAAAA_x"), bearer(revoked.key), bearer(ingest.key), bearer(gate.key)]; // prettier-ignore
    const answers = await Promise.all(refused.map((headers) => door.send(path, { headers })));
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 401, 403, 403]);
    for (const { headers, text } of answers) {
      expect(headers["content-type"]).toBe("text/plain; charset=utf-8");
      expect(text).toMatch(/^[A-Z][^\n]+\n$/);
      expect(text).not.toContain(ada.owner.canary);
    }
    for (const method of ["POST", "PUT", "DELETE", "OPTIONS", "PATCH"]) {
      const answer = await door.send(path, { method, headers: ada.key });
      expect([answer.status, answer.headers.allow]).toEqual([405, "GET, HEAD"]);
    }
  });

  it("gives the key's tenant alone, whatever it is told of another, and changes nothing", async () => {
    const { key } = await keyOf(ada, "read");
    const before = [await printOf(ada), await printOf(bob)];
    const headers = { authorization: `Bearer ${key}`, "x-tokenledger-tenant": bob.tenant.slug };
    const answer = await door.send(`${path}?tenant=${bob.tenant.slug}&tenant_id=${bob.tenant.id}`, {
      headers,
    });
    expect(answer.status, answer.text).toBe(200);
    expect(answer.text).toContain(`feature="${ada.owner.canary}-metric-series-feature"`);
    for (const mark of [bob.owner.canary, bob.owner.tenantId, bob.owner.id])
      expect(answer.text).not.toContain(mark);
    // People and prompts are in no label.
    expect(answer.text).not.toMatch(/user|account|prompt/);
    const now = [await printOf(ada), await printOf(bob)];
    // The key was used.
    expect({ ...now[0], api_key: "" }).toEqual({ ...before[0], api_key: "" });
    expect(now[1]).toEqual(before[1]);
  });

  it("says when to come back while the database is away", async () => {
    const blocker = new Client({ connectionString: testDatabase().adminUrl });
    await blocker.connect();
    await blocker.query("BEGIN; LOCK TABLE metric_counter IN ACCESS EXCLUSIVE MODE");
    const answer = await door.send(path, { headers: ada.key }).finally(() => blocker.end());
    expect(answer.status, answer.text).toBe(503);
    expect(Number(answer.headers["retry-after"])).toBeGreaterThan(0);
    expect(answer.text).not.toMatch(/prisma|SELECT|INSERT|timeout/i);
    expect((await door.send(path, { headers: ada.key })).status).toBe(200);
  });
});

it.each(keeping)("%s says when to come back while the database is away", async (path, { body, table }) => {
  const blocker = new Client({ connectionString: testDatabase().adminUrl });
  await blocker.connect();
  // As good as away: no statement gets through in its time.
  await blocker.query(`BEGIN; LOCK TABLE ${String(table)} IN ACCESS EXCLUSIVE MODE`);
  const answer = await post(path, body(ada), ada.key).finally(() => blocker.end());
  expect(answer.status, answer.text).toBe(503);
  expect(Number(answer.headers["retry-after"])).toBeGreaterThan(0);
  expect(answer.text).not.toMatch(/prisma|SELECT|INSERT|timeout/i);
  expect((await post(path, body(ada), ada.key)).status).toBe(200);
});
