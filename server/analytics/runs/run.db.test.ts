import { beforeAll, describe, expect, it } from "vitest";
import { recordCalls } from "@/server/calls/record";
import type { Tenant } from "@/server/context";
import { rollUp } from "@/server/rollups/roll-up";
import { asAdmin, contextOf, loadPrices, makeTenant, personWith, system } from "@/tests/factories/tenant";
import { run } from "./run";

const now = new Date("2026-11-20T12:00:00Z");
const reader = (tenant: Tenant) => contextOf(tenant, personWith("viewer"), now);
const at = (minute: number) => new Date(Date.parse("2026-11-19T23:50:00Z") + minute * 60_000).toISOString();
/** gpt-4o: $1 a call. */
const call = (id: string, minute: number, more: object = {}) => ({
  id,
  occurredAt: at(minute),
  provider: "openai",
  model: "gpt-4o",
  runId: "r",
  usage: { inputTokens: 400_000, outputTokens: 0 },
  ...more,
});

async function store(tenant: Tenant, calls: object[], options = {}) {
  const answer = await recordCalls(
    contextOf(tenant, system, now),
    { calls },
    { source: "api", anyAge: true, ...options },
  );
  expect(answer.rejected).toEqual([]);
}
const roll = (tenant: Tenant) => rollUp(contextOf(tenant, system, now));

beforeAll(async () => {
  await loadPrices(now);
  await asAdmin(
    "SELECT create_month(m::date) FROM generate_series(DATE '2026-01-01', DATE '2026-11-01', interval '1 month') AS m",
  );
});

describe("one run", () => {
  it("is told step by step, over midnight, with what it had cost so far", async () => {
    const tenant = await makeTenant();
    await store(tenant, [
      call("plan", 0, { feature: "agent", userId: "ada", latencyMs: 2000 }),
      call("search", 4, { kind: "tool", provider: "acme", model: "web_search", usage: { toolUnits: 1 } }),
      call("read", 8, {
        errorClass: "timeout",
        billed: "yes",
        feature: "agent",
        shares: [{ userId: "ada" }, { userId: "bob" }],
      }),
      call("read-again", 12, { attempt: 2, model: "gpt-4o-mini", feature: "agent", userId: "ada" }),
      call("write", 20, { latencyMs: 1500, feature: "agent", userId: "ada" }),
      call("other", 5, { runId: "other" }),
      call("none", 5, { runId: undefined }),
    ]);
    await roll(tenant);
    const answer = await run(reader(tenant), { runId: "r" });
    expect(answer.calls.map(({ id, costUsd, cumulativeUsd, errorClass }) => [id, costUsd, cumulativeUsd, errorClass])).toEqual([
      ["plan", "1", "1", null],
      ["search", null, "1", null],
      ["read", "1", "2", "timeout"],
      ["read-again", "0.06", "2.06", null],
      ["write", "1", "3.06", null],
    ]); // prettier-ignore
    expect(answer.figures).toEqual({
      firstAt: at(0),
      lastAt: new Date(Date.parse(at(20)) + 1500).toISOString(),
      durationMs: 20 * 60_000 + 1500,
      calls: 5,
      toolCalls: 1,
      inputTokens: 1_600_000,
      outputTokens: 0,
      costUsd: "3.06",
      unpricedCalls: 1,
      unpricedTokens: 0,
      partialCalls: 0,
      errorCalls: 1,
      retryCalls: 1,
      retryCostUsd: "0.06",
    });
    expect(answer).toMatchObject({
      isWhole: true,
      feature: { key: "agent", others: 1 },
      user: { key: "ada", others: 2 },
      team: { key: null, others: 0 },
    });
    expect(answer.models).toEqual([
      { kind: "llm", provider: "openai", model: "gpt-4o", calls: 3, costUsd: "3", unpricedCalls: 0 },
      { kind: "llm", provider: "openai", model: "gpt-4o-mini", calls: 1, costUsd: "0.06", unpricedCalls: 0 },
      { kind: "tool", provider: "acme", model: "web_search", calls: 1, costUsd: "0", unpricedCalls: 1 },
    ]);
  });

  it("is found while its calls wait to be rolled up, though others' do too", async () => {
    const tenant = await makeTenant();
    await store(tenant, [call("old", -60 * 24 * 60)]);
    await roll(tenant);
    await store(tenant, [call("later", 1, { runId: "other" })]);
    // Rolled up two months ago, and a mark waits that has nothing to do with it.
    expect((await run(reader(tenant), { runId: "r" })).calls.map(({ id }) => id)).toEqual(["old"]);
    expect((await run(reader(tenant), { runId: "other" })).calls.map(({ id }) => id)).toEqual(["later"]);
  });

  it("lists its first 1,000 calls, and has the figures of all", async () => {
    const tenant = await makeTenant();
    const calls = Array.from({ length: 1_003 }, (_, n) => call(`c${String(n).padStart(4, "0")}`, n / 60));
    await store(tenant, calls.slice(0, 600));
    await store(tenant, calls.slice(600));
    await roll(tenant);
    const answer = await run(reader(tenant), { runId: "r" });
    expect(answer.calls).toHaveLength(1_000);
    expect(answer.calls.at(-1)).toMatchObject({ id: "c0999", cumulativeUsd: "1000" });
    expect(answer.figures).toMatchObject({ calls: 1_003, costUsd: "1003" });
  });

  it("that goes on for months is told by its last 35 days, and says so", async () => {
    const tenant = await makeTenant();
    await store(
      tenant,
      [0, 20, 34, 36, 90].map((days) => call(`d${String(days)}`, -days * 24 * 60)),
    );
    await roll(tenant);
    const answer = await run(reader(tenant), { runId: "r" });
    expect(answer.isWhole).toBe(false);
    expect(answer.calls.map(({ id }) => id)).toEqual(["d34", "d20", "d0"]);
    expect(answer.figures).toMatchObject({ calls: 3, costUsd: "3" });
  });

  it("of another tenant is as absent as one that is nowhere", async () => {
    const [tenant, other] = [await makeTenant(), await makeTenant()];
    await store(tenant, [call("a", 0)]);
    await roll(tenant);
    await expect(run(reader(other), { runId: "r" })).rejects.toMatchObject({ code: "NOT_FOUND" });
    const ingest = contextOf(tenant, { kind: "key", keyId: "k", scopes: ["ingest"], pins: {} }, now);
    await expect(run(ingest, { runId: "r" })).rejects.toMatchObject({ code: "FORBIDDEN" });
  });
});
