import { beforeAll, describe, expect, it } from "vitest";
import { spend } from "@/server/analytics/spend";
import type { Tenant } from "@/server/context";
import { rollUp } from "@/server/rollups/roll-up";
import {
  asAdmin,
  contextOf,
  ingestKey,
  loadPrices,
  makeTenant,
  personWith,
  system,
} from "@/tests/factories/tenant";
import { recordCalls } from "./record";

const now = new Date("2026-11-20T12:00:00Z");
const call = (id: string, more: object = {}) => ({
  id,
  occurredAt: "2026-11-20T11:59:00Z",
  provider: "openai",
  model: "gpt-4o",
  feature: "chat",
  usage: { inputTokens: 1000, outputTokens: 100, cacheReadTokens: 400 },
  ...more,
});
const store = (tenant: Tenant, calls: unknown[]) =>
  recordCalls(contextOf(tenant, ingestKey, now), { calls }, { source: "api" });
const rowsOf = (tenant: Tenant) =>
  asAdmin<{ call_id: string; cost_usd: string | null }>(
    "SELECT call_id, cost_usd FROM call WHERE tenant_id = $1 ORDER BY call_id",
    [tenant.id],
  );

let tenant: Tenant;
beforeAll(async () => {
  await loadPrices(now);
  tenant = await makeTenant();
});

describe("recordCalls", () => {
  it("stores, prices and rolls up to the same amount", async () => {
    const answer = await store(tenant, [
      call("a"),
      call("b", { feature: undefined }),
      call("c", { model: "in-house-7b", provider: "acme" }),
    ]);
    expect(answer).toEqual({ accepted: 3, duplicates: 0, rejected: [], unattributed: 1, unpriced: 1 });
    await rollUp(contextOf(tenant, system, now));
    const report = await spend(contextOf(tenant, personWith("viewer"), now), {
      from: "2026-11-20",
      to: "2026-11-21",
      groupBy: "feature",
    });
    // gpt-4o: 600 × $2.5/M + 400 × $1.25/M + 100 × $10/M = $0.003 a call
    expect(report.total).toMatchObject({
      calls: 3,
      inputTokens: 3000,
      outputTokens: 300,
      costUsd: "0.006",
      unpricedCalls: 1,
      unpricedTokens: 1100,
    });
    expect(report.rows.map(({ key, calls, costUsd }) => ({ key, calls, costUsd }))).toEqual([
      { key: "chat", calls: 2, costUsd: "0.003" },
      { key: null, calls: 1, costUsd: "0.003" },
    ]);
  });

  it("takes one event sent 50 times at once as one row, and says so each time", async () => {
    const own = await makeTenant();
    const answers = await Promise.all(Array.from({ length: 50 }, () => store(own, [call("same")])));
    expect(answers.reduce((sum, answer) => sum + answer.accepted, 0)).toBe(1);
    expect(answers.reduce((sum, answer) => sum + answer.duplicates, 0)).toBe(49);
    expect(await rowsOf(own)).toHaveLength(1);
  });

  it("knows a repeat with another time, and keeps a clash in quarantine", async () => {
    const own = await makeTenant();
    await store(own, [call("x")]);
    expect(await store(own, [call("x", { occurredAt: "2026-11-19T00:00:00Z" })])).toMatchObject({
      accepted: 0,
      duplicates: 1,
    });
    const clash = await store(own, [call("x", { feature: "other" })]);
    expect(clash).toMatchObject({ accepted: 0, rejected: [{ index: 0, id: "x", code: "CONFLICT" }] });
    expect(await rowsOf(own)).toHaveLength(1);
    expect(await asAdmin("SELECT code FROM call_quarantine WHERE tenant_id = $1", [own.id])).toEqual([
      { code: "CONFLICT" },
    ]);
  });

  it("lets two tenants use the same id", async () => {
    const [one, other] = [await makeTenant(), await makeTenant()];
    await Promise.all([store(one, [call("shared")]), store(other, [call("shared")])]);
    expect([await rowsOf(one), await rowsOf(other)].map((rows) => rows.length)).toEqual([1, 1]);
  });

  it("keeps good calls when others of the batch are bad, and says which and why", async () => {
    const own = await makeTenant();
    const answer = await store(own, [
      call("good"),
      call("negative", { usage: { inputTokens: -1 } }),
      call("parts", { usage: { inputTokens: 5, cacheReadTokens: 6 } }),
      call("old", { occurredAt: "2026-10-01T00:00:00Z" }),
      call("prompt", { messages: ["secret"] }),
      call("good"),
    ]);
    expect(answer).toMatchObject({ accepted: 1, duplicates: 1 });
    expect(answer.rejected.map(({ index, id, code, field }) => ({ index, id, code, field }))).toEqual([
      { index: 1, id: "negative", code: "INVALID", field: "usage.inputTokens" },
      { index: 2, id: "parts", code: "PARTS_EXCEED_TOTAL", field: "usage.inputTokens" },
      { index: 3, id: "old", code: "TOO_OLD", field: "occurredAt" },
      { index: 4, id: "prompt", code: "INVALID", field: "messages" },
    ]);
    expect(await rowsOf(own)).toHaveLength(1);
  });

  it("lets a key's pins override what the caller says", async () => {
    const own = await makeTenant();
    const pinned = { ...ingestKey, pins: { environment: "production" } };
    await recordCalls(
      contextOf(own, pinned, now),
      { calls: [call("p", { environment: "staging" })] },
      { source: "api" },
    );
    expect(await asAdmin("SELECT environment FROM call WHERE tenant_id = $1", [own.id])).toEqual([
      { environment: "production" },
    ]);
  });

  it("refuses a key without the scope", async () => {
    const reader = { ...ingestKey, scopes: ["read" as const] };
    await expect(
      recordCalls(contextOf(tenant, reader, now), { calls: [call("z")] }, { source: "api" }),
    ).rejects.toMatchObject({ code: "FORBIDDEN" });
  });
});
