import { beforeAll, describe, expect, it } from "vitest";
import { spend } from "@/server/analytics/spend";
import { addDays, localDay, startOfDay } from "@/server/calendar/local-day";
import { recordCalls } from "@/server/calls/record";
import type { Tenant } from "@/server/context";
import { disconnect, rawPool } from "@/server/db";
import { rollUp } from "@/server/rollups/roll-up";
import { asAdmin, contextOf, loadPrices, makeTenant, personWith, system } from "../factories/tenant";
import { testDatabase } from "../setup/database";
import { differencesSql } from "./plain-sums";
import { zones } from "./zones";

const now = new Date("2026-11-20T12:00:00Z");
const quarterMs = 15 * 60_000;

beforeAll(async () => {
  await loadPrices(now);
  await asAdmin(
    "SELECT create_month(m::date) FROM generate_series(DATE '2024-01-01', DATE '2026-11-01', interval '1 month') AS m",
  );
});

const call = (at: Date | string, n = 0) => ({
  id: `c-${new Date(at).toISOString()}`,
  occurredAt: new Date(at).toISOString(),
  provider: "openai",
  model: "gpt-4o",
  feature: `f${n % 3}`,
  userId: `u${n % 2}`,
  usage: { inputTokens: 1000 + n, outputTokens: n % 7 },
});

async function store(tenant: Tenant, calls: unknown[], at = now) {
  for (let from = 0; from < calls.length; from += 1000) {
    const answer = await recordCalls(
      contextOf(tenant, system, at),
      { calls: calls.slice(from, from + 1000) },
      { source: "test", anyAge: true },
    );
    expect(answer.rejected).toEqual([]);
  }
  while ((await rollUp(contextOf(tenant, system, at))).more);
}

/** Days of 2026 that are not 24 hours long, or two ordinary ones where clocks never change. */
function changesOf(zone: string): string[] {
  const days = Array.from({ length: 320 }, (_, n) => addDays("2026-01-02", n));
  const odd = days.filter(
    (day) => startOfDay(addDays(day, 1), zone).getTime() - startOfDay(day, zone).getTime() !== 86_400_000,
  );
  return odd.length > 0 ? odd : ["2026-03-29", "2026-10-25"];
}

const sum = (amounts: string[]) => amounts.reduce((total, amount) => total + BigInt(amount), 0n);
/** Decimal strings as whole numbers of 10⁻¹⁸ USD. */
const atoms = (usd: string) => {
  const [whole = "0", part = ""] = usd.split(".");
  return String(BigInt(whole) * 10n ** 18n + BigInt(part.padEnd(18, "0")));
};

/** Calls each quarter of an hour (and 1 ms before it) for three local days around each change; then what reports say. */
async function reportsOf(zone: string) {
  const tenant = await makeTenant({ timeZone: zone });
  const said: unknown[] = [];
  let calls = 0;
  for (const change of changesOf(zone)) {
    const [from, to] = [addDays(change, -1), addDays(change, 2)];
    const [start, end] = [startOfDay(from, zone).getTime(), startOfDay(to, zone).getTime()];
    const instants = Array.from(
      { length: (end - start) / quarterMs },
      (_, n) => start + n * quarterMs,
    ).flatMap((at) => [at, at + quarterMs - 1]);
    await store(
      tenant,
      instants.map((at, n) => call(new Date(at), n)),
    );
    calls += instants.length;
    const ask = (more: object) => spend(contextOf(tenant, personWith("viewer"), now), { from, to, ...more });
    const total = (await ask({})).total;
    expect(total.calls).toBe(instants.length);
    for (const granularity of ["hour", "day", "month"] as const) {
      for (const groupBy of [
        undefined,
        "feature",
        ...(granularity === "hour" ? [] : ["user" as const]),
      ] as const) {
        const { rows } = await ask({ granularity, groupBy });
        expect(rows.reduce((count, row) => count + row.calls, 0)).toBe(total.calls);
        expect(String(sum(rows.map(({ costUsd }) => atoms(costUsd))))).toBe(atoms(total.costUsd));
        said.push(rows);
      }
    }
    const { rows: days } = await ask({ granularity: "day" });
    const expected = [from, change, addDays(change, 1)].map((day) => [
      day,
      instants.filter((at) => localDay(new Date(at), zone) === day).length,
    ]);
    expect(days.map(({ bucket, calls }) => [bucket, calls])).toEqual(expected);
    // The same stretch told by instants is answered from quarter hours, and is the same.
    expect(
      (await ask({ from: new Date(start).toISOString(), to: new Date(end).toISOString() })).total,
    ).toEqual(total);
  }
  return { said, calls };
}

describe("reports over changes of the clock", () => {
  const inUtc = new Map<string, unknown>();

  it("days, hours and months add up to the range, in every zone", { timeout: 120_000 }, async () => {
    let calls = 0;
    for (const zone of zones) {
      const report = await reportsOf(zone);
      inUtc.set(zone, report.said);
      calls += report.calls;
    }
    expect(await asAdmin(differencesSql)).toEqual([]);
    console.info(
      `reports: ${calls} calls around the changes of ${zones.length} zones; hours, days and months add up to the range`,
    );
  });

  it("the session's time zone changes nothing", { timeout: 120_000 }, async () => {
    await disconnect();
    for (const role of ["app", "ingest", "jobs"]) {
      await asAdmin(
        `ALTER ROLE tokenledger_${role} IN DATABASE ${testDatabase().name} SET timezone = 'Asia/Kolkata'`,
      );
    }
    expect((await rawPool("jobs").query("SHOW timezone")).rows).toEqual([{ TimeZone: "Asia/Kolkata" }]);
    for (const zone of zones) expect((await reportsOf(zone)).said, zone).toEqual(inUtc.get(zone));
    // The control: a query that trusts the session would have told another day.
    const { rows } = await rawPool("app").query(
      "SELECT TIMESTAMPTZ '2026-11-01 23:00:00+00'::date::text AS day",
    );
    expect(rows).toEqual([{ day: "2026-11-02" }]);
  });
});

const edges = [
  "2024-02-28T23:59:59.999Z", "2024-02-29T00:00:00.000Z", "2024-02-29T23:59:59.999Z", "2024-03-01T00:00:00.000Z",
  "2025-12-31T23:59:59.999Z", "2026-01-01T00:00:00.000Z", "2026-01-01T00:00:00.001Z",
  "2026-10-31T23:59:59.999Z", "2026-11-01T00:00:00.000Z", "2026-11-01T00:00:00.001Z",
  "2026-10-31T18:29:59.999Z", "2026-10-31T18:30:00.000Z", "2026-10-31T18:30:00.001Z",
]; // prettier-ignore

it.each(["UTC", "Asia/Kolkata"])(
  "a millisecond beside a boundary lies in the right month, quarter hour and day (%s)",
  async (zone) => {
    const tenant = await makeTenant({ timeZone: zone });
    await store(
      tenant,
      edges.map((at) => call(at)),
    );
    const placed = await asAdmin<{ at: Date; part: string }>(
      "SELECT occurred_at AS at, tableoid::regclass::text AS part FROM call WHERE tenant_id = $1",
      [tenant.id],
    );
    expect(placed).toHaveLength(edges.length);
    for (const { at, part } of placed)
      expect(part).toBe(`call_${at.toISOString().slice(0, 7).replace("-", "_")}`);

    const countBy = (keys: string[]) =>
      Object.fromEntries(
        [...new Set(keys)].sort().map((key) => [key, keys.filter((one) => one === key).length]),
      );
    const slots = await asAdmin<{ slot: Date; calls: string }>(
      "SELECT slot, sum(calls) AS calls FROM rollup_slot WHERE tenant_id = $1 GROUP BY 1 ORDER BY 1",
      [tenant.id],
    );
    const quarters = edges.map((at) =>
      new Date(Math.floor(Date.parse(at) / quarterMs) * quarterMs).toISOString(),
    );
    expect(Object.fromEntries(slots.map(({ slot, calls }) => [slot.toISOString(), Number(calls)]))).toEqual(
      countBy(quarters),
    );
    const { rows } = await spend(contextOf(tenant, personWith("viewer"), now), {
      from: "2026-10-01",
      to: "2026-11-03",
      granularity: "day",
    });
    const late = edges.filter((at) => at > "2026-10").map((at) => localDay(new Date(at), zone));
    expect(Object.fromEntries(rows.map(({ bucket, calls }) => [bucket, calls]))).toEqual(countBy(late));
  },
);

it("late events count in their own hour, up to 35 days; later ones and early ones are kept apart", async () => {
  const tenant = await makeTenant();
  const [second, minute, hour, day] = [1_000, 60_000, 3_600_000, 86_400_000];
  const taken = [0, second, minute, hour, day, 7 * day, 34 * day + 23 * hour, 35 * day, -minute, -5 * minute];
  const kept = [35 * day + 1, 36 * day, 400 * day, -5 * minute - 1, -10 * minute, -hour, -365 * day];
  const codes = [...kept.slice(0, 3).map(() => "TOO_OLD"), ...kept.slice(3).map(() => "TOO_NEW")];
  const calls = [...taken, ...kept].map((age) => call(new Date(now.getTime() - age)));
  const answer = await recordCalls(contextOf(tenant, system, now), { calls }, { source: "api" });
  expect(answer).toMatchObject({ accepted: taken.length, duplicates: 0 });
  expect(answer.rejected.map(({ code }) => code)).toEqual(codes);
  expect(
    await asAdmin("SELECT count(*)::int AS n FROM call_quarantine WHERE tenant_id = $1", [tenant.id]),
  ).toEqual([{ n: kept.length }]);
  await rollUp(contextOf(tenant, system, now));
  expect(await asAdmin(differencesSql)).toEqual([]);
  // A server whose clock is ten minutes off files nothing elsewhere: the same calls are all known.
  for (const off of [-4 * minute, 10 * minute]) {
    const again = await recordCalls(
      contextOf(tenant, system, new Date(now.getTime() + off)),
      { calls: calls.slice(0, 5) },
      { source: "api" },
    );
    expect(again).toMatchObject({ accepted: 0, duplicates: 5, rejected: [] });
  }
});
