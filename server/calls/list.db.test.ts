import { beforeAll, describe, expect, it } from "vitest";
import type { Tenant } from "@/server/context";
import { createKey } from "@/server/keys/create";
import { contextOf, loadPrices, makeTenant, personWith, system } from "@/tests/factories/tenant";
import { listCalls } from "./list";
import { recordCalls } from "./record";
import type { CallFilter } from "./schemas";

const now = new Date("2026-11-20T12:00:00Z");
const call = (id: string, more: object = {}) => ({
  id,
  occurredAt: "2026-11-20T11:00:00Z",
  provider: "openai",
  model: "gpt-4o",
  usage: { inputTokens: 1000, outputTokens: 100 },
  ...more,
});

async function store(tenant: Tenant, source: "api" | "otlp", keyId: string | null, calls: unknown[]) {
  const answer = await recordCalls(
    contextOf(tenant, system, now),
    { calls },
    { source, sender: { keyId, pins: {} } },
  );
  expect(answer.rejected).toEqual([]);
}

describe("the list of calls, by where calls come from", () => {
  let tenant: Tenant;
  let keyId: string;
  const found = async (filter: CallFilter) => {
    const reader = contextOf(tenant, personWith("viewer"), now);
    const { calls } = await listCalls(reader, { filter, order: "newest", limit: 50 });
    return calls.map(({ id }) => id).sort();
  };

  beforeAll(async () => {
    await loadPrices(now);
    tenant = await makeTenant();
    const owner = contextOf(tenant, personWith("owner"), now);
    keyId = (await createKey(owner, { name: "Checkout", scopes: ["ingest"] })).id;
    await store(tenant, "api", keyId, [
      call("chat", { route: "/chat", accountId: "acme" }),
      call("chat-owned", { route: "/chat", feature: "chat" }),
      call("search", { route: "/search" }),
    ]);
    await store(tenant, "otlp", null, [call("bare")]);
    const other = await makeTenant();
    await store(other, "api", null, [call("foreign", { route: "/chat" })]);
  });

  it.each<{ name: string; filter: () => CallFilter; ids: string[] }>([
    { name: "a route", filter: () => ({ route: ["/chat"] }), ids: ["chat", "chat-owned"] },
    {
      name: "a route, without a feature",
      filter: () => ({ route: ["/chat"], without: ["feature"] }),
      ids: ["chat"],
    },
    { name: "a key", filter: () => ({ keyId: [keyId] }), ids: ["chat", "chat-owned", "search"] },
    { name: "what is no key", filter: () => ({ keyId: ["no uuid"] }), ids: [] },
    { name: "a source", filter: () => ({ source: ["otlp"] }), ids: ["bare"] },
    { name: "no key", filter: () => ({ without: ["keyId"] }), ids: ["bare"] },
    { name: "no route", filter: () => ({ without: ["route"] }), ids: ["bare"] },
    {
      name: "no account",
      filter: () => ({ without: ["accountId"] }),
      ids: ["bare", "chat-owned", "search"],
    },
  ])("$name", async ({ filter, ids }) => {
    expect(await found(filter())).toEqual(ids);
  });
});

describe("the list of calls, by what its tags are, are not, and contain", () => {
  let tenant: Tenant;
  const found = async (filter: CallFilter) => {
    const reader = contextOf(tenant, personWith("viewer"), now);
    return (await listCalls(reader, { filter })).calls.map(({ id }) => id).sort();
  };

  beforeAll(async () => {
    await loadPrices(now);
    tenant = await makeTenant();
    await store(tenant, "api", null, [
      call("a", { feature: "Chat", userId: "ann", prompt: { id: "mail", version: "v1" }, runId: "run-1" }),
      call("b", { feature: "chat-100%_sure", userId: "bob", prompt: { id: "mail", version: "v2" }, runId: "run-1" }), // prettier-ignore
      call("c", { feature: "search", attempt: 2, rootRequestId: "r", errorClass: "timeout" }),
      call("d", { kind: "tool", model: undefined, provider: "acme", usage: undefined }),
    ]);
    const other = await makeTenant();
    await store(other, "api", null, [call("foreign", { feature: "chat", runId: "run-1" })]);
  });

  it.each<{ name: string; filter: CallFilter; ids: string[] }>([
    { name: "one of several", filter: { feature: ["Chat", "search"] }, ids: ["a", "c"] },
    { name: "one, or none", filter: { feature: ["Chat", null] }, ids: ["a", "d"] },
    { name: "none", filter: { feature: [null] }, ids: ["d"] },
    { name: "not one, which calls without it are not either", filter: { feature: { not: ["Chat"] } }, ids: ["b", "c", "d"] },
    { name: "any", filter: { feature: { not: [null] } }, ids: ["a", "b", "c"] },
    { name: "neither one nor none", filter: { feature: { not: ["search", null] } }, ids: ["a", "b"] },
    { name: "a word, whatever its case", filter: { feature: { contains: ["CHAT"] } }, ids: ["a", "b"] },
    { name: "one of two words", filter: { feature: { contains: ["sear", "hat-1"] } }, ids: ["b", "c"] },
    { name: "letters that SQL knows", filter: { feature: { contains: ["%_"] } }, ids: ["b"] },
    { name: "no pattern", filter: { feature: { contains: ["c%t"] } }, ids: [] },
    { name: "several conditions at once", filter: { feature: { not: ["Chat"], contains: ["chat"] } }, ids: ["b"] },
    { name: "nothing at all", filter: { feature: { is: ["Chat"], not: ["Chat"] } }, ids: [] },
    { name: "a condition that says nothing", filter: { feature: {} }, ids: ["a", "b", "c", "d"] },
    { name: "a tool's missing model", filter: { model: [null] }, ids: ["d"] },
    { name: "a model", filter: { model: { not: [null] } }, ids: ["a", "b", "c"] },
    { name: "a version of a prompt", filter: { promptId: ["mail"], promptVersion: ["v2"] }, ids: ["b"] },
    { name: "a run", filter: { runId: ["run-1"] }, ids: ["a", "b"] },
    { name: "a user and a prompt together", filter: { userId: ["ann"], promptId: ["mail"] }, ids: ["a"] },
    { name: "a kind", filter: { kind: { not: ["llm"] } }, ids: ["d"] },
    { name: "what went wrong", filter: { errorClass: { not: [null] } }, ids: ["c"] },
    { name: "retries", filter: { onlyRetries: true }, ids: ["c"] },
    { name: "first attempts", filter: { onlyFirstAttempts: true }, ids: ["a", "b", "d"] },
    { name: "no key", filter: { keyId: { not: ["no uuid"] } }, ids: ["a", "b", "c", "d"] },
    { name: "a price", filter: { priceStatus: { not: ["unpriced"] } }, ids: ["a", "b", "c"] },
  ])("$name", async ({ filter, ids }) => expect(await found(filter)).toEqual(ids)); // prettier-ignore

  it.each([
    { name: "a price status that is none", filter: { priceStatus: ["free"] } },
    { name: "a condition that is none", filter: { feature: { like: ["x"] } } },
    { name: "no values", filter: { feature: [] } },
    { name: "too many words", filter: { feature: { contains: Array.from({ length: 21 }, () => "x") } } },
  ])("refuses $name", async ({ filter }) => {
    // @ts-expect-error: what a caller may send all the same
    await expect(found(filter)).rejects.toThrow();
  });
});

describe("the list of calls, by how late they came in", () => {
  let tenant: Tenant;
  beforeAll(async () => {
    await loadPrices(now);
    tenant = await makeTenant();
    await store(tenant, "api", null, [
      call("soon", { occurredAt: "2026-11-20T11:30:00Z" }),
      call("in-an-hour", { occurredAt: "2026-11-20T11:00:00Z" }),
      call("just-late", { occurredAt: "2026-11-20T10:59:59.999Z" }),
      call("days-late", { occurredAt: "2026-11-17T12:00:00Z" }),
    ]);
    await store(await makeTenant(), "api", null, [call("foreign", { occurredAt: "2026-11-17T12:00:00Z" })]);
  });

  it.each([
    { lateByMinutes: 60, ids: ["days-late", "just-late"] },
    { lateByMinutes: 61, ids: ["days-late"] },
    { lateByMinutes: 3 * 24 * 60, ids: [] },
  ])("by more than $lateByMinutes minutes", async ({ lateByMinutes, ids }) => {
    const { calls } = await listCalls(contextOf(tenant, personWith("viewer"), now), { filter: { lateByMinutes } });
    expect(calls.map(({ id }) => id).sort()).toEqual(ids);
  }); // prettier-ignore
});
