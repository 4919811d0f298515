import { parse } from "csv-parse/sync";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { exportTable } from "@/server/analytics/tables/export";
import { addDays, localDay, startOfDay } from "@/server/calendar/local-day";
import { recordCalls } from "@/server/calls/record";
import type { Tenant } from "@/server/context";
import { Usd } from "@/server/prices/decimal";
import { rollUp } from "@/server/rollups/roll-up";
import { asAdmin, contextOf, loadPrices, makeTenant, personWith, system } from "@/tests/factories/tenant";
import { forecastSubject } from "./forecast";
import { listBudgets } from "./list";
import type { BudgetSubject } from "./schemas";
import { setBudget } from "./set";

beforeAll(async () => {
  await loadPrices(new Date("2026-01-01T00:00:00Z"));
  await asAdmin(
    "SELECT create_month(m::date) FROM generate_series(DATE '2026-01-01', DATE '2026-12-01', interval '1 month') AS m",
  );
});

/** A call every 47 minutes of six weeks until now, of tags told by its number. */
async function storeCalls(tenant: Tenant, now: Date): Promise<void> {
  const calls = Array.from({ length: 1_290 }, (_, n) => ({
    id: `c${String(n)}`,
    occurredAt: new Date(now.getTime() - 1 - n * 47 * 60_000).toISOString(),
    ...(n % 13 === 5 ? { provider: "acme", model: "in-house-7b" } : { provider: "openai", model: "gpt-4o" }),
    feature: n % 5 === 4 ? undefined : n % 2 === 0 ? "chat" : "mail",
    team: n % 3 === 0 ? "red" : "blue",
    environment: n % 7 === 0 ? "staging" : "production",
    userId: n % 11 === 0 ? undefined : `user-${String(n % 5)}`,
    accountId: `account-${String(n % 2)}`,
    usage: { inputTokens: 1_000 + n * 31, outputTokens: n % 19 },
  })); // prettier-ignore
  const ctx = contextOf(tenant, system, now);
  for (let from = 0; from < calls.length; from += 1_000) {
    const batch = calls.slice(from, from + 1_000);
    const answer = await recordCalls(ctx, { calls: batch }, { source: "test", anyAge: true });
    expect(answer.rejected).toEqual([]);
  }
  while ((await rollUp(ctx)).more);
}

const subjects: { subject: BudgetSubject; where: string }[] = [
  { subject: { kind: "tenant", key: "" }, where: "true" },
  { subject: { kind: "feature", key: "chat" }, where: "feature = 'chat'" },
  { subject: { kind: "feature", key: "mail" }, where: "feature = 'mail'" },
  { subject: { kind: "team", key: "red" }, where: "team = 'red'" },
  { subject: { kind: "environment", key: "staging" }, where: "environment = 'staging'" },
  { subject: { kind: "user", key: "user-3" }, where: "user_id = 'user-3'" },
  { subject: { kind: "account", key: "account-1" }, where: "account_id = 'account-1'" },
  { subject: { kind: "team", key: "nobody" }, where: "team = 'nobody'" },
];

const plainly = async (tenant: Tenant, where: string, from: Date, to: Date) => {
  const [row] = await asAdmin<{ usd: string; unpriced: number }>(
    `SELECT trim_scale(coalesce(sum(cost_usd), 0))::text AS usd, count(*) FILTER (WHERE cost_usd IS NULL)::int AS unpriced
     FROM call WHERE tenant_id = $1 AND occurred_at >= $2 AND occurred_at < $3 AND ${where}`,
    [tenant.id, from, to],
  );
  return row;
};

// Months of 28, 30 and 31 days; the last two after a change of the clocks in them, in a zone that is a day ahead.
const moments = [
  { timeZone: "America/New_York", now: new Date("2026-11-21T17:20:00Z") },
  { timeZone: "America/New_York", now: new Date("2026-03-09T03:50:00Z") },
  { timeZone: "Asia/Kolkata", now: new Date("2026-10-31T20:59:59Z") },
  { timeZone: "UTC", now: new Date("2026-02-28T23:40:00Z") },
];

describe.each(moments)("budgets in $timeZone at $now", ({ timeZone, now }) => {
  let tenant: Tenant;
  const today = localDay(now, timeZone);
  const month = `${today.slice(0, 7)}-01`;
  const next = `${addDays(month, 31).slice(0, 7)}-01`;
  const reader = () => contextOf(tenant, personWith("viewer"), now);

  beforeAll(async () => {
    tenant = await makeTenant({ timeZone });
    await storeCalls(tenant, now);
    const set = contextOf(tenant, personWith("admin"), new Date(now.getTime() - 1));
    for (const { subject } of subjects) {
      await setBudget(set, { subject, amountUsd: "2.5" });
      await setBudget(set, { subject, amountUsd: "0.25", period: "day" });
    }
  });

  it("have used what the ledger says, this month and today", async () => {
    const { budgets } = await listBudgets(reader());
    expect(budgets).toHaveLength(subjects.length * 2);
    for (const { subject, where } of subjects) {
      for (const [period, first, end] of [["month", month, next], ["day", today, addDays(today, 1)]] as const) {
        const plain = await plainly(tenant, where, startOfDay(first, timeZone), startOfDay(end, timeZone));
        const found = budgets.find(({ budget }) => budget.subject.kind === subject.kind && budget.subject.key === subject.key && budget.period === period);
        expect([found?.usedUsd, found?.unpricedCalls], `${subject.kind} ${period}`).toEqual([plain?.usd, plain?.unpriced]);
        expect(found?.period).toMatchObject({ first, last: addDays(end, -1), to: startOfDay(end, timeZone).toISOString() });
        const share = new Usd(plain?.usd ?? 0).div(period === "month" ? "2.5" : "0.25");
        expect(Number(found?.usedShare)).toBeCloseTo(share.toNumber(), 5);
        const passed = [70, 80, 90, 100].filter((per) => found?.budget.thresholds.includes(per) && share.times(100).gte(per));
        expect(found?.threshold ?? 0).toBe(Math.max(0, ...passed));
      }
    } // prettier-ignore
  });

  it("leave as a file with every digit", async () => {
    const file = await exportTable(reader(), { table: "budgets", input: {}, bom: false, onError: vi.fn() });
    const rows = parse<Record<string, string>>(await new Response(file.body).text(), { columns: true });
    const { budgets } = await listBudgets(reader());
    expect(rows.map((row) => [row.subjectKey, row.period, row.usedUsd, row.expectedUsd, row.gapUsd])).toEqual(
      budgets.map(({ budget, usedUsd, forecast, gapUsd }) => [budget.subject.key, budget.period, usedUsd, forecast?.expectedUsd ?? "", gapUsd ?? ""]),
    );
    expect(file.fileName).toContain(`-budgets-${month}-to-${addDays(next, -1)}`);
  }); // prettier-ignore

  it("are forecast from what was spent already, and what nobody spent is not", async () => {
    for (const { budget, forecast, reason, usedUsd, gapUsd, passedOn } of (await listBudgets(reader()))
      .budgets) {
      if (budget.subject.key === "nobody") {
        expect([forecast, reason, gapUsd, passedOn]).toEqual([null, "no-cost-yet", null, null]);
        continue;
      }
      const [low, expected, high] = [forecast?.lowUsd, forecast?.expectedUsd, forecast?.highUsd].map(Number);
      expect(low).toBeGreaterThanOrEqual(Math.floor(Number(usedUsd) * 100) / 100);
      expect(low).toBeLessThanOrEqual(expected ?? 0);
      expect(expected).toBeLessThanOrEqual(high ?? 0);
      expect(new Usd(gapUsd ?? 0).plus(budget.amountUsd).toFixed(2)).toBe(forecast?.expectedUsd);
      // Told to the cent, and the day to the last digit.
      if (Math.abs((expected ?? 0) - Number(budget.amountUsd)) > 0.01)
        expect(passedOn !== null).toBe((expected ?? 0) > Number(budget.amountUsd));
    }
  });

  it("are told day by day, and the days add up", async () => {
    for (const { subject, where } of subjects) {
      const answer = await forecastSubject(reader(), { subject });
      expect(answer.days.map(({ day }) => day)).toEqual(Array.from({ length: answer.days.length }, (_, n) => addDays(month, n))); // prettier-ignore
      expect(answer.days.at(-1)?.day).toBe(today);
      for (const { day, costUsd } of answer.days.slice(-4)) {
        const plain = await plainly(tenant, where, startOfDay(day, timeZone), startOfDay(addDays(day, 1), timeZone)); // prettier-ignore
        expect(costUsd, day).toBe(plain?.usd);
      }
      expect(answer.days.at(-1)?.soFarUsd).toBe(answer.usedUsd);
      expect(answer.line.map(({ day }) => day)).toEqual(
        answer.forecast ? Array.from({ length: answer.line.length }, (_, n) => addDays(today, n)) : [],
      );
      if (answer.forecast) {
        expect(answer.line.at(-1)).toMatchObject({ day: addDays(next, -1), soFarUsd: answer.forecast.expectedUsd }); // prettier-ignore
        expect(answer.pastErrors.map(({ days }) => days)).toEqual([1, 7, 14, 28]);
      }
      expect(answer.budgets).toHaveLength(2);
    }
  });

  it("of days that are over are what they were, and those before the first call are gaps", async () => {
    const first = addDays(today, -70);
    const period = { first, last: addDays(today, -2) };
    const answer = await forecastSubject(reader(), { subject: { kind: "tenant", key: "" }, period });
    const plain = await plainly(tenant, "true", startOfDay(first, timeZone), startOfDay(addDays(today, -1), timeZone)); // prettier-ignore
    expect([answer.usedUsd, answer.forecast, answer.line]).toEqual([plain?.usd, null, []]);
    expect(answer.days[0]).toMatchObject({ day: first, costUsd: null });
  });
});

it("a budget with no call at all is told, and its forecast is not", async () => {
  const tenant = await makeTenant();
  const now = new Date("2026-11-21T12:00:00Z");
  await setBudget(contextOf(tenant, personWith("owner"), now), { subject: { kind: "tenant", key: "" }, amountUsd: "10" }); // prettier-ignore
  const [status] = (await listBudgets(contextOf(tenant, personWith("viewer"), now))).budgets;
  expect(status).toMatchObject({ usedUsd: "0", usedShare: "0", threshold: null, forecast: null, reason: "no-cost-yet", pastError: null }); // prettier-ignore
});
