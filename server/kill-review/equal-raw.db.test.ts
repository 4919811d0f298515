import { beforeAll, describe, expect, it } from "vitest";
import { Random } from "@/prisma/seed/random";
import { addDays, startOfDay } from "@/server/calendar/local-day";
import type { Tenant } from "@/server/context";
import { recordUsage } from "@/server/usage/record";
import { count, store } from "@/tests/factories/stored";
import { asAdmin, contextOf, loadPrices, makeTenant, personWith, system } from "@/tests/factories/tenant";
import { makeKillReview } from "./make";
import { readKillReview } from "./read";

const first = "2026-11-01";
beforeAll(() => loadPrices(new Date("2026-07-01T00:00:00Z")));

interface History {
  calls: { id: string; occurredAt: string; feature?: string | undefined; attempt: number }[];
  events: { id: string; occurredAt: string; feature: string; userId: string }[];
}

/** Uses spread over the month and its edges, of a feature in either source, both, or another month alone. */
function play(seed: number, features: number, timeZone: string): History {
  const random = new Random(seed);
  const history: History = { calls: [], events: [] };
  const moment = (start: string, days: number) =>
    new Date(startOfDay(start, timeZone).getTime() + random.int(0, days * 86_400 - 1) * 1_000).toISOString();
  for (let at = 0; at < features; at += 1) {
    const feature = `f${String(at).padStart(2, "0")}`;
    // Few numbers, so that many tie.
    const [calls, events] = [random.int(0, 5), random.chance(0.5) ? random.int(0, 6) : 0];
    for (let n = 0; n < calls; n += 1)
      history.calls.push({ id: `${feature}-c${String(n)}`, occurredAt: moment(first, 30), feature, attempt: random.chance(0.3) ? 2 : 1 });
    for (let n = 0; n < events; n += 1)
      history.events.push({ id: `${feature}-e${String(n)}`, occurredAt: moment(first, 30), feature, userId: `u${String(random.int(0, 3))}` });
    if (random.chance(0.5)) history.calls.push({ id: `${feature}-before`, occurredAt: moment("2026-10-01", 31), feature, attempt: 1 });
    history.calls.push({ id: `${feature}-after`, occurredAt: moment("2026-12-01", 1), feature, attempt: 1 });
  }
  history.calls.push({ id: "nameless", occurredAt: moment(first, 30), attempt: 1 });
  return history;
} // prettier-ignore

async function reviewed({ calls, events }: History, timeZone: string): Promise<Tenant> {
  const tenant = await makeTenant({ timeZone });
  const full = calls.map((call) => ({ ...call, provider: "openai", model: "gpt-4o", usage: { inputTokens: 400_000 }, userId: "ada" })); // prettier-ignore
  const end = new Date(startOfDay(addDays(first, 31), timeZone));
  if (events.length > 0) await recordUsage(contextOf(tenant, system, end), { events }, { source: "api" });
  await store(tenant, full, end);
  await count(tenant, end);
  await makeKillReview(contextOf(tenant, system, end));
  return tenant;
}

/** The same from nothing but calls and events, by one who has not read the rules' code. */
const plain = (tenant: Tenant) =>
  asAdmin<{ feature: string; uses: number; bottom: boolean }>(
    `WITH told AS (
       SELECT feature, to_char(occurred_at AT TIME ZONE $2, 'YYYY-MM') AS month, (attempt = 1)::int AS requests, 0 AS events, cost_usd
       FROM call WHERE tenant_id = $1 AND feature IS NOT NULL
       UNION ALL
       SELECT feature, to_char(occurred_at AT TIME ZONE $2, 'YYYY-MM'), 0, count, 0 FROM usage_event WHERE tenant_id = $1 AND feature IS NOT NULL
     ), months AS (
       SELECT feature, month, greatest(sum(requests), sum(events)) AS uses, sum(cost_usd) AS cost FROM told GROUP BY feature, month
     ), ranked AS (
       SELECT feature, coalesce(max(uses) FILTER (WHERE month = '2026-11'), 0)::int AS uses FROM months GROUP BY feature
       HAVING coalesce(max(uses) FILTER (WHERE month = '2026-11'), 0) > 0 OR max(cost) FILTER (WHERE month = '2026-11') > 0
         OR max(uses) FILTER (WHERE month IN ('2026-08', '2026-09', '2026-10')) > 0
     ), sizes AS (SELECT count(*)::int AS n FROM ranked), last AS (
       SELECT uses AS cut FROM ranked, sizes WHERE n >= 4 ORDER BY uses OFFSET (SELECT greatest(n / 4 - 1, 0) FROM sizes) LIMIT 1
     ), within AS (SELECT count(*) AS held FROM ranked, last WHERE uses <= cut)
     SELECT feature, uses, uses = 0 OR coalesce(CASE WHEN 2 * (SELECT held FROM within) > (SELECT n FROM sizes)
       THEN uses < (SELECT cut FROM last) ELSE uses <= (SELECT cut FROM last) END, false) AS bottom
     FROM ranked ORDER BY feature COLLATE "C"`,
    [tenant.id, tenant.timeZone],
  );

async function told(tenant: Tenant) {
  const ctx = contextOf(tenant, personWith("viewer"), new Date("2026-12-02T12:00:00Z"));
  const { items } = await readKillReview(ctx, { month: first });
  return items.map(({ feature, evidence, isBottom }) => ({ feature, uses: evidence.uses, bottom: isBottom })).toSorted((one, other) => (one.feature < other.feature ? -1 : 1)); // prettier-ignore
}

describe.each(["Asia/Kolkata", "America/New_York"])("the least used quarter in %s", (timeZone) => {
  it.each([1, 2, 3, 5, 8, 13])(
    "is what plain sums over calls and events say, of %i features",
    async (features) => {
      const tenant = await reviewed(play(features * 101, features, timeZone), timeZone);
      expect(await told(tenant)).toEqual(await plain(tenant));
    },
  );
});

it("of no feature at all is nothing, and what carries none is told beside it", async () => {
  const tenant = await reviewed(play(7, 0, "UTC"), "UTC");
  expect(await told(tenant)).toEqual([]);
  const ctx = contextOf(tenant, personWith("viewer"), new Date("2026-12-02T12:00:00Z"));
  const { figures } = await readKillReview(ctx, { month: first });
  expect([figures.unattributed, figures.bottom]).toEqual([{ costUsd: "1", calls: 1, unpricedCalls: 0 }, { features: 0, costUsd: "0" }]); // prettier-ignore
});
