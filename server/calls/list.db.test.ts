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
