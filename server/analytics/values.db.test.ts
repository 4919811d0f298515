import { beforeAll, describe, expect, it } from "vitest";
import { recordCalls } from "@/server/calls/record";
import type { Tenant } from "@/server/context";
import { rollUp } from "@/server/rollups/roll-up";
import { contextOf, ingestKey, loadPrices, makeTenant, personWith, system } from "@/tests/factories/tenant";
import { values } from "./values";

const now = new Date("2026-11-20T12:00:00Z");
const range = { from: "2026-11-01", to: "2026-11-21" };
const reader = (tenant: Tenant) => contextOf(tenant, personWith("viewer"), now);
/** gpt-4o: $0.0035 a call. */
const call = (id: string, more: object = {}) => ({
  id,
  occurredAt: "2026-11-20T11:00:00Z",
  provider: "openai",
  model: "gpt-4o",
  usage: { inputTokens: 1000, outputTokens: 100 },
  ...more,
});

async function store(tenant: Tenant, calls: unknown[]): Promise<void> {
  const answer = await recordCalls(
    contextOf(tenant, system, now),
    { calls },
    { source: "api", sender: { keyId: null, pins: {} } },
  );
  expect(answer.rejected).toEqual([]);
  await rollUp(contextOf(tenant, system, now));
}

describe("values", () => {
  let tenant: Tenant;
  beforeAll(async () => {
    await loadPrices(now);
    tenant = await makeTenant();
    await store(tenant, [
      call("1", { feature: "Chat", userId: "ann" }),
      call("2", { feature: "Chat", userId: "bob" }),
      call("3", { feature: "chat-100%_sure", userId: "ann" }),
      call("4", { feature: "summary", userId: "ann", model: "in-house-7b", provider: "acme" }),
      call("5"),
      call("old", { feature: "retired", occurredAt: "2026-10-31T23:59:59Z" }),
    ]);
    const other = await makeTenant();
    await store(other, [call("foreign", { feature: "chat-foreign" })]);
  });

  const found = async (input: object) =>
    (await values(reader(tenant), { ...range, tag: "feature", ...input })).values.map(({ value }) => value);

  it("are those of the range, the dearest first, with what they cost", async () => {
    expect(await values(reader(tenant), { ...range, tag: "feature" })).toEqual({
      values: [
        { value: "Chat", calls: 2, costUsd: "0.007", unpricedCalls: 0 },
        { value: "chat-100%_sure", calls: 1, costUsd: "0.0035", unpricedCalls: 0 },
        { value: null, calls: 1, costUsd: "0.0035", unpricedCalls: 0 },
        { value: "summary", calls: 1, costUsd: "0", unpricedCalls: 1 },
      ],
      found: 4,
    });
  });

  it.each([
    { name: "whatever its case", search: "CHAT", values: ["Chat", "chat-100%_sure"] },
    { name: "in the middle", search: "umma", values: ["summary"] },
    { name: "and letters that SQL knows are letters", search: "%_", values: ["chat-100%_sure"] },
    { name: "and of nothing else", search: "chat%sure", values: [] },
    { name: "and no calls without the tag", search: "null", values: [] },
  ])("are searched by a part, $name", async ({ search, values: expected }) =>
    expect(await found({ search })).toEqual(expected),
  );

  it("are as many as asked for, and it is said how many there are", async () => {
    const answer = await values(reader(tenant), { ...range, tag: "feature", limit: 1 });
    expect([answer.values.length, answer.found]).toEqual([1, 4]);
  });

  it("of users, to the quarter hour", async () => {
    const hour = { from: "2026-11-20T11:00:00Z", to: "2026-11-20T11:15:00Z" };
    const answer = await values(reader(tenant), { ...hour, tag: "user" });
    expect(answer.values.map(({ value, calls }) => [value, calls])).toEqual([
      ["ann", 3],
      ["bob", 1],
      [null, 1],
    ]);
  });

  it.each([
    { name: "more than fifty", input: { limit: 51 } },
    { name: "an empty search", input: { search: "" } },
    { name: "a tag that is none", input: { tag: "colour" } },
  ])("refuses $name", async ({ input }) => {
    // @ts-expect-error: what a caller may send all the same
    await expect(values(reader(tenant), { ...range, tag: "feature", ...input })).rejects.toThrow();
  });

  it("takes the right to read reports", async () => {
    const ctx = contextOf(tenant, ingestKey, now);
    await expect(values(ctx, { ...range, tag: "feature" })).rejects.toMatchObject({ code: "FORBIDDEN" });
  });
});
