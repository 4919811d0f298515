import { beforeAll, expect, it } from "vitest";
import { asAdmin, contextOf, ingestKey, loadPrices, makeTenant } from "@/tests/factories/tenant";
import { recordCalls } from "./record";

const now = new Date("2026-11-20T12:00:00Z");
beforeAll(() => loadPrices(now));

const callOf = (feature: string) => ({
  id: feature,
  occurredAt: "2026-11-20T11:00:00Z",
  model: "gpt-4o",
  feature,
  usage: { inputTokens: 1_000 },
});

it("folds a runaway tag's values beyond 500 a day into one, dropping neither a call nor its cost", async () => {
  const tenant = await makeTenant();
  const send = (from: number, count: number) => {
    const calls = Array.from({ length: count }, (_, i) => callOf(`f${String(from + i)}`));
    return recordCalls(contextOf(tenant, ingestKey, now), { calls }, { source: "api" });
  };
  // Side by side, so that each sees room that the other takes.
  const answers = await Promise.all([send(0, 300), send(300, 300), send(600, 100)]);
  expect(answers.reduce((sum, { accepted }) => sum + accepted, 0)).toBe(700);
  const [row] = await asAdmin<{ features: number; others: number; calls: number; cost: string }>(
    `SELECT count(DISTINCT feature)::int AS features, count(*) FILTER (WHERE feature = '__other__')::int AS others,
            count(*)::int AS calls, trim_scale(sum(cost_usd))::text AS cost FROM call WHERE tenant_id = $1`,
    [tenant.id],
  );
  expect(row).toEqual({ features: 501, others: 200, calls: 700, cost: "1.75" });
  // A folded call sent again is still known as itself.
  expect(await send(0, 300)).toMatchObject({ accepted: 0, duplicates: 300 });
});
