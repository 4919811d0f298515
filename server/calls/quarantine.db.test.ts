import { beforeAll, describe, expect, it } from "vitest";
import { contextOf, ingestKey, loadPrices, makeTenant, personWith, system } from "@/tests/factories/tenant";
import type { Tenant } from "@/server/context";
import { countQuarantinedCalls } from "./count-quarantine";
import { listQuarantinedCalls } from "./list-quarantine";
import { recordCalls } from "./record";
import { showQuarantinedCall } from "./show-quarantined";

const now = new Date("2026-11-20T12:00:00Z");
const call = (id: string, more: object = {}) => ({
  id,
  occurredAt: "2026-11-20T11:59:00Z",
  provider: "openai",
  model: "gpt-4o",
  ...more,
});
const send = (tenant: Tenant, calls: unknown[], at = now) =>
  recordCalls(contextOf(tenant, ingestKey, at), { calls }, { source: "api" });
const viewerOf = (tenant: Tenant, at = now) => contextOf(tenant, personWith("viewer"), at);

let mine: Tenant;
let theirs: Tenant;
beforeAll(async () => {
  await loadPrices(now);
  [mine, theirs] = [await makeTenant(), await makeTenant()];
  await send(mine, [call("known", { feature: "chat" })]);
  await send(mine, [
    call("known", { feature: "search" }),
    call("old", { occurredAt: "2026-10-01T00:00:00Z" }),
    call("ahead", { occurredAt: "2026-11-20T12:30:00Z" }),
    call("broken", { usage: { inputTokens: -1 } }),
  ]);
});

describe("quarantine", () => {
  it("lists what was kept out and why; what is no call at all was refused instead", async () => {
    const { calls, window } = await listQuarantinedCalls(viewerOf(mine));
    expect(window).toEqual({ maxAgeDays: 35, maxAheadMinutes: 5 });
    const facts = calls.map(({ callId, code, field, source, receivedAt }) => [
      callId,
      code,
      field,
      source,
      receivedAt,
    ]);
    expect(facts.sort()).toEqual([
      ["ahead", "TOO_NEW", "occurredAt", "api", now.toISOString()],
      ["known", "CONFLICT", "id", "api", now.toISOString()],
      ["old", "TOO_OLD", "occurredAt", "api", now.toISOString()],
    ]);
  });

  it("counts those of the last 35 days", async () => {
    const days = (count: number) => new Date(now.getTime() + count * 86_400_000);
    expect(await countQuarantinedCalls(viewerOf(mine))).toEqual({ count: 3, isMore: false, days: 35 });
    expect(await countQuarantinedCalls(viewerOf(mine, days(35)))).toEqual({
      count: 3,
      isMore: false,
      days: 35,
    });
    expect(await countQuarantinedCalls(viewerOf(mine, days(35.01)))).toEqual({
      count: 0,
      isMore: false,
      days: 35,
    });
  });

  it("stops counting where the number says nothing more", async () => {
    const tenant = await makeTenant();
    const old = (i: number) => call(`old-${String(i)}`, { occurredAt: "2026-10-01T00:00:00Z" });
    await send(
      tenant,
      Array.from({ length: 999 }, (_, i) => old(i)),
    );
    expect(await countQuarantinedCalls(viewerOf(tenant))).toEqual({ count: 999, isMore: false, days: 35 });
    await send(tenant, [old(999), old(1_000)]);
    expect(await countQuarantinedCalls(viewerOf(tenant))).toEqual({ count: 999, isMore: true, days: 35 });
    expect((await listQuarantinedCalls(viewerOf(tenant))).calls).toHaveLength(200);
  });

  it("shows a call as it was sent, with its defaults", async () => {
    const { calls } = await listQuarantinedCalls(viewerOf(mine));
    const id = calls.find(({ callId }) => callId === "known")?.id ?? "";
    const shown = await showQuarantinedCall(viewerOf(mine), { id });
    expect(shown).toMatchObject({ callId: "known", code: "CONFLICT", receivedAt: now.toISOString() });
    expect(JSON.parse(shown.callJson)).toMatchObject(call("known", { feature: "search", kind: "llm" }));
  });

  it("is nobody else's, and not for keys that only send", async () => {
    const { calls } = await listQuarantinedCalls(viewerOf(mine));
    for (const { id } of calls)
      await expect(showQuarantinedCall(viewerOf(theirs), { id })).rejects.toMatchObject({
        code: "NOT_FOUND",
      });
    expect((await listQuarantinedCalls(viewerOf(theirs))).calls).toEqual([]);
    expect(await countQuarantinedCalls(contextOf(theirs, system, now))).toEqual({
      count: 0,
      isMore: false,
      days: 35,
    });
    await expect(listQuarantinedCalls(contextOf(mine, ingestKey, now))).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
  });
});
