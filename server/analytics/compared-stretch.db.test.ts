import { beforeAll, describe, expect, it } from "vitest";
import { recordCalls } from "@/server/calls/record";
import { rollUp } from "@/server/rollups/roll-up";
import { contextOf, loadPrices, makeTenant, personWith, system } from "@/tests/factories/tenant";
import { breakdown } from "./breakdown";

const now = new Date("2026-11-20T12:00:00Z");
const current = { from: "2026-11-14", to: "2026-11-21" };
const before = (days: number) => ({
  from: new Date(Date.parse("2026-11-14") - days * 86_400_000).toISOString().slice(0, 10),
  to: "2026-11-14",
});
const call = (id: string, occurredAt: string) => ({
  id,
  occurredAt,
  kind: "llm" as const,
  provider: "openai",
  model: "gpt-4o",
  feature: "chat",
  usage: { inputTokens: 1_000, outputTokens: 100 },
});

describe("a stretch compared with", () => {
  beforeAll(() => loadPrices(now));

  async function ledgerOf(days: string[]) {
    const tenant = await makeTenant();
    const ctx = contextOf(tenant, system, now);
    await recordCalls(
      ctx,
      { calls: days.map((day, n) => call(`call-${String(n)}`, `${day}T10:00:00Z`)) },
      { source: "test", anyAge: true },
    );
    await rollUp(ctx);
    return contextOf(tenant, personWith("viewer"), now);
  }
  const ask = async (days: string[], compare: { from: string; to: string }) => {
    const answer = await breakdown(await ledgerOf(days), { ...current, compare, groupBy: "feature" });
    return {
      compare: answer.compare,
      total: answer.total.previous?.calls,
      row: answer.rows[0]?.previous?.calls,
    };
  };

  it("before the first call ever is not known, and no zero", async () => {
    expect(await ask(["2026-11-15"], before(7))).toEqual({ compare: null, total: undefined, row: undefined });
  });
  it("with no call in it, though there was one before, is zero", async () => {
    const answer = await ask(["2026-11-01", "2026-11-15"], before(7));
    expect(answer).toMatchObject({ total: 0, row: 0, compare: { knownFrom: null } });
  });
  it("in which the first call came is compared in part, and says from when on it is known", async () => {
    const answer = await ask(["2026-11-13", "2026-11-15"], before(7));
    expect(answer).toMatchObject({ total: 1, row: 1, compare: { knownFrom: "2026-11-13T10:00:00.000Z" } });
  });
  it("that begins with the quarter hour of the first call is known in whole", async () => {
    const compare = { from: "2026-11-13T10:00:00Z", to: "2026-11-14T00:00:00Z" };
    const answer = await ask(["2026-11-13", "2026-11-15"], compare);
    expect(answer).toMatchObject({ total: 1, compare: { knownFrom: null } });
  });
});
