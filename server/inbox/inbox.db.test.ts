import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import type { Tenant } from "@/server/context";
import { type Actor, requirePerson } from "@/server/auth/permissions";
import * as recording from "@/server/calls/record";
import { DomainError } from "@/server/errors";
import { makeMember } from "@/tests/factories/person";
import { asAdmin, contextOf, loadPrices, makeTenant, personWith, system } from "@/tests/factories/tenant";
import { listInbox } from "./list";
import { listTenantsWithDeliveries } from "./list-tenants";
import { processInbox } from "./process";
import { pruneInbox } from "./prune";
import * as queries from "./queries";
import { receiveDelivery } from "./receive";
import { retryDelivery } from "./retry";

const now = new Date("2026-11-20T12:00:00Z");
const later = (days: number) => new Date(now.getTime() + days * 86_400_000);
const entry = (n: number, more: object = {}) => ({
  id: `chatcmpl-${n}`,
  litellm_call_id: `c-${n}`,
  call_type: "acompletion",
  status: "success",
  custom_llm_provider: "openai",
  model: "gpt-4o",
  startTime: now.getTime() / 1_000 - 60,
  endTime: now.getTime() / 1_000 - 58.5,
  prompt_tokens: 1_000,
  completion_tokens: 100,
  response_cost: 0.0035,
  metadata: { requester_metadata: { feature: "chat" } },
  messages: [{ role: "user", content: "canary-prompt" }],
  ...more,
});
const entries = (from: number, count: number) => Array.from({ length: count }, (_, n) => entry(from + n));

const key = {
  kind: "key",
  keyId: "00000000-0000-4000-8000-00000000000a",
  scopes: ["ingest"],
  pins: {},
} as const;
let tenant: Tenant;
beforeAll(() => loadPrices(now));
afterEach(() => vi.restoreAllMocks());

const fresh = async () => (tenant = await makeTenant());
const receive = (body: unknown, actor: Actor = key) =>
  receiveDelivery(contextOf(tenant, actor, now), {
    source: "litellm",
    body: Buffer.from(typeof body === "string" ? body : JSON.stringify(body)),
  });
const work = (at = now) => processInbox(contextOf(tenant, system, at));
const rows = () => asAdmin("SELECT id, state, attempts, failure, items, accepted, duplicates, rejected, payload IS NULL AS gone FROM inbox WHERE tenant_id = $1 ORDER BY received_at, id", [tenant.id]); // prettier-ignore
const ledger = async () =>
  (await asAdmin<{ calls: number; cost: string }>("SELECT count(*)::int AS calls, trim_scale(sum(cost_usd))::text AS cost FROM call WHERE tenant_id = $1", [tenant.id]))[0]; // prettier-ignore

describe("a delivery", () => {
  it("is kept sealed, then processed once: calls, their key and its pins in the ledger, the content gone", async () => {
    await fresh();
    const pinned = { ...key, pins: { environment: "production" } };
    expect(await receive(entries(0, 3), pinned)).toEqual({ received: 3 });
    const [sealed] = await asAdmin("SELECT payload FROM inbox WHERE tenant_id = $1", [tenant.id]);
    expect(Buffer.from(sealed?.payload as Uint8Array).includes("canary")).toBe(false);
    expect(await listTenantsWithDeliveries()).toContain(tenant.id);

    expect(await work()).toEqual({ deliveries: 1, more: false });
    expect(await rows()).toMatchObject([{ state: "done", accepted: 3, duplicates: 0, rejected: 0, items: 3, gone: true, failure: null }]); // prettier-ignore
    // 1,000 fresh input at $2.50 a million and 100 output at $10: $0.0035 each.
    expect(await ledger()).toEqual({ calls: 3, cost: "0.0105" });
    const stored = await asAdmin("SELECT DISTINCT source, key_id, environment, feature, reported_cost_usd::text AS reported FROM call WHERE tenant_id = $1", [tenant.id]); // prettier-ignore
    expect(stored).toMatchObject([{ source: "litellm", key_id: key.keyId, environment: "production", feature: "chat" }]); // prettier-ignore
    expect(await listTenantsWithDeliveries()).not.toContain(tenant.id);
  });

  it.each([
    ["an array", (items: object[]) => JSON.stringify(items)],
    ["lines", (items: object[]) => items.map((item) => JSON.stringify(item)).join("\n")],
    ["one object", (items: object[]) => JSON.stringify(items[0])],
  ])("may be %s", async (name, write) => {
    await fresh();
    const items = entries(0, name === "one object" ? 1 : 2);
    expect(await receive(write(items))).toEqual({ received: items.length });
    await work();
    expect((await ledger())?.calls).toBe(items.length);
  });

  it("sent twice counts once", async () => {
    await fresh();
    await receive(entries(0, 2));
    await receive(entries(0, 2));
    await work();
    expect(await rows()).toMatchObject([{ accepted: 2 }, { accepted: 0, duplicates: 2 }]);
    expect((await ledger())?.calls).toBe(2);
  });

  it("of more calls than a batch is stored whole", async () => {
    await fresh();
    await receive(entries(0, 2_300));
    await work();
    expect(await rows()).toMatchObject([{ state: "done", items: 2_300, accepted: 2_300 }]);
    expect((await ledger())?.calls).toBe(2_300);
  });

  it("keeps failed attempts of a request beside its success", async () => {
    await fresh();
    const failed = { status: "failure", prompt_tokens: 0, completion_tokens: 0, response_cost: 0, error_information: { error_class: "Timeout" } }; // prettier-ignore
    const end = now.getTime() / 1_000;
    await receive([
      entry(1, { ...failed, endTime: end - 59 }),
      entry(1, { ...failed, endTime: end - 58 }),
      entry(1),
    ]);
    await work();
    const stored = await asAdmin("SELECT error_class, billed, cost_usd::text AS cost, root_request_id AS root FROM call WHERE tenant_id = $1 ORDER BY cost_usd", [tenant.id]); // prettier-ignore
    expect(stored.map(({ error_class, billed, root }) => [error_class, billed, root])).toEqual([
      ["Timeout", "no", "c-1"],
      ["Timeout", "no", "c-1"],
      [null, "yes", "c-1"],
    ]);
  });

  it("says what it could not take, and takes the rest", async () => {
    await fresh();
    const lines = [entry(1), { litellm_call_id: "no-time" }, entry(2, { prompt_tokens: -5 })];
    await receive(`${lines.map((line) => JSON.stringify(line)).join("\n")}\n{"cut`);
    await work();
    expect(await rows()).toMatchObject([{ state: "done", items: 4, accepted: 1, rejected: 3 }]);
    const { deliveries } = await listInbox(contextOf(tenant, personWith("admin"), now));
    expect(deliveries[0]?.failure).toBe("1 lines are no JSON objects (and 2 more)");
    const aside = await asAdmin("SELECT call::text, source FROM call_quarantine WHERE tenant_id = $1", [
      tenant.id,
    ]);
    expect(aside).toMatchObject([{ source: "litellm" }]);
    expect(JSON.stringify(aside)).not.toContain("canary");
  });

  it("that nobody can read is refused and kept", async () => {
    await fresh();
    await expect(receive("<html>")).rejects.toMatchObject({ code: "INVALID_INPUT" });
    await expect(receive("")).rejects.toMatchObject({ code: "INVALID_INPUT" });
    expect(await rows()).toMatchObject([
      { state: "failed", failure: "The body is not valid JSON.", gone: false },
    ]);
    expect(await receive("[]")).toEqual({ received: 0 });
    expect(await rows()).toHaveLength(1);
  });

  it("is announced, seldom", async () => {
    await fresh();
    const ctx = contextOf(tenant, key, now);
    for (let i = 0; i < 5; i += 1) await receiveDelivery(ctx, { source: "litellm", body: Buffer.from(JSON.stringify(entry(i))) }); // prettier-ignore
    expect(ctx.emitted).toEqual([{ name: "inbox/received", data: { tenantId: tenant.id } }]);
  });
});

describe("between steps", () => {
  it("killed after the calls were stored, the next run finds them and stores none twice", async () => {
    await fresh();
    await receive(entries(0, 1_500));
    vi.spyOn(queries, "finishDelivery").mockRejectedValueOnce(new Error("killed"));
    await expect(work()).rejects.toThrow("killed");
    expect(await rows()).toMatchObject([{ state: "waiting", attempts: 1, gone: false }]);
    const before = await ledger();
    expect(before?.calls).toBe(1_500);
    await work();
    expect(await rows()).toMatchObject([
      { state: "done", attempts: 2, accepted: 0, duplicates: 1_500, rejected: 0 },
    ]);
    expect(await ledger()).toEqual(before);
  });

  it("stopped between two batches, the next run stores the rest", async () => {
    await fresh();
    await receive(entries(0, 1_500));
    const original = recording.recordCalls;
    vi.spyOn(recording, "recordCalls").mockImplementationOnce((...given) => original(...given)).mockRejectedValueOnce(new DomainError("UNAVAILABLE", "away")); // prettier-ignore
    expect(await work()).toEqual({ deliveries: 0, more: false });
    expect((await ledger())?.calls).toBe(1_000);
    expect(await rows()).toMatchObject([{ state: "waiting", attempts: 1 }]);
    await work();
    expect(await rows()).toMatchObject([{ state: "done", accepted: 500, duplicates: 1_000 }]);
    expect((await ledger())?.calls).toBe(1_500);
  });

  it("waits while the database is away, but not for ever", async () => {
    await fresh();
    await receive(entries(0, 1));
    vi.spyOn(recording, "recordCalls").mockRejectedValue(new DomainError("UNAVAILABLE", "away"));
    for (let i = 0; i < 19; i += 1) await work();
    expect(await rows()).toMatchObject([{ state: "waiting", attempts: 19 }]);
    await work();
    expect(await rows()).toMatchObject([{ state: "failed", gone: false, failure: "It was tried 20 times; the database did not take it." }]); // prettier-ignore
  });

  it("what nobody foresaw fails that delivery, says nothing of itself, and lets the next one pass", async () => {
    await fresh();
    await receive(entries(0, 1));
    await receive(entries(1, 1));
    vi.spyOn(recording, "recordCalls").mockRejectedValueOnce(new Error("canary-insides"));
    expect(await work()).toEqual({ deliveries: 2, more: false });
    expect((await rows()).map(({ state }) => state).sort()).toEqual(["done", "failed"]);
    expect(JSON.stringify(await rows())).not.toContain("canary");
  });
});

describe("what failed", () => {
  it("can be tried again by an admin, which the audit log says", async () => {
    await fresh();
    const admin = await makeMember(tenant, "admin");
    await receive(entries(0, 1));
    vi.spyOn(recording, "recordCalls").mockRejectedValueOnce(new Error("bug"));
    await work();
    const id = String((await rows())[0]?.id);
    const ctx = contextOf(tenant, admin, now);
    expect(await retryDelivery(ctx, { id })).toEqual({ id });
    await expect(retryDelivery(ctx, { id })).rejects.toMatchObject({ code: "CONFLICT" });
    await work();
    expect(await rows()).toMatchObject([{ state: "done", accepted: 1, failure: null }]);
    const audited = await asAdmin("SELECT action, subject, actor_id FROM audit_event WHERE tenant_id = $1", [
      tenant.id,
    ]);
    expect(audited).toEqual([
      { action: "delivery.retried", subject: id, actor_id: requirePerson(admin).personId },
    ]);
  });

  it("is nobody else's: not another tenant's, not a viewer's", async () => {
    await fresh();
    await expect(receive("<html>")).rejects.toThrow();
    const id = String((await rows())[0]?.id);
    const other = await makeTenant();
    await expect(retryDelivery(contextOf(other, personWith("owner"), now), { id })).rejects.toMatchObject({ code: "NOT_FOUND" }); // prettier-ignore
    await expect(retryDelivery(contextOf(tenant, personWith("finance"), now), { id })).rejects.toMatchObject({ code: "FORBIDDEN" }); // prettier-ignore
    await expect(listInbox(contextOf(tenant, personWith("viewer"), now))).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
    await expect(receive([entry(1)], { ...key, scopes: ["read"] })).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
    expect((await listInbox(contextOf(other, personWith("owner"), now))).deliveries).toEqual([]);
    expect(await rows()).toMatchObject([{ state: "failed" }]);
  });

  it("is forgotten in time: content after 7 days, the rest after 30; what waits never is", async () => {
    await fresh();
    await receive(entries(0, 1));
    await work();
    await expect(receive("<html>")).rejects.toThrow();
    await receive(entries(5, 1));
    const prune = (days: number) => pruneInbox(contextOf(tenant, system, later(days)));
    const states = async () =>
      (await rows()).map(({ state, gone }) => `${String(state)} ${String(gone)}`).sort();
    expect(await prune(7)).toBe(0);
    expect(await states()).toEqual(["done true", "failed false", "waiting false"]);
    expect(await prune(7.1)).toBe(1);
    expect(await states()).toEqual(["failed true", "waiting false"]);
    const failed = (await rows()).find(({ state }) => state === "failed");
    await expect(retryDelivery(contextOf(tenant, personWith("owner"), later(8)), { id: String(failed?.id) })).rejects.toMatchObject({ code: "CONFLICT" }); // prettier-ignore
    expect(await prune(30.1)).toBe(1);
    expect(await states()).toEqual(["waiting false"]);
  });
});

it("counts what came and what became of it", async () => {
  await fresh();
  await receive(entries(0, 2));
  await work();
  await receive(entries(1, 2));
  await expect(receive("<html>")).rejects.toThrow();
  const inbox = await listInbox(contextOf(tenant, personWith("admin"), now));
  expect(inbox).toMatchObject({
    waiting: 1, failed: 1, done: 1, items: 4, accepted: 2, duplicates: 0, rejected: 0,
    oldestWaitingAt: now.toISOString(), newestReceivedAt: now.toISOString(),
    deliveries: [{ state: "failed", source: "litellm" }],
  }); // prettier-ignore
});

it("goes on in another run where there is more than one run's work", async () => {
  await fresh();
  for (let i = 0; i < 21; i += 1) await receive(entry(i));
  expect(await work()).toEqual({ deliveries: 20, more: true });
  expect(await work()).toEqual({ deliveries: 1, more: false });
  expect((await ledger())?.calls).toBe(21);
});
