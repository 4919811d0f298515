import { beforeAll, describe, expect, it } from "vitest";
import { rollUpHours } from "@/prisma/seed/roll-up-hours";
import type { Tenant } from "@/server/context";
import type { RuleId } from "@/server/incidents/schemas";
import { makeMember } from "@/tests/factories/person";
import { asAdmin, contextOf, makeTenant, personWith, system } from "@/tests/factories/tenant";
import { backtest } from "./backtest";
import { listRules } from "./list-rules";
import { replay } from "./replay";
import { resetAlert } from "./reset";
import { setAlert } from "./set";

const hourMs = 3_600_000;
const now = new Date("2026-11-18T00:00:00Z");
let tenant: Tenant;
const admin = async () => contextOf(tenant, await makeMember(tenant, "admin"), now);

/** An hour's call of a feature, every hour for 60 days, at what it costs `daysAgo` and at that hour of the day. */
async function fill(feature: string, usd: string): Promise<void> {
  await asAdmin(
    `INSERT INTO call (tenant_id, call_id, occurred_at, received_at, source, kind, provider, model, feature, cost_usd, price_status)
     SELECT $1, $2 || h, at, at, 'test', 'llm', 'openai', 'gpt-4o', $2, ${usd}, 'priced'
     FROM generate_series(1, 60 * 24) AS h, LATERAL (SELECT $3::timestamptz - h * interval '1 hour' AS at) AS times,
       LATERAL (SELECT (h - 1) / 24 AS days_ago, extract(hour FROM at)::int AS hour) AS parts`,
    [tenant.id, feature, now.toISOString()],
  );
}

beforeAll(async () => {
  await asAdmin("SELECT create_month(m::date) FROM generate_series(DATE '2026-09-01', DATE '2026-11-01', interval '1 month') AS m"); // prettier-ignore
  tenant = await makeTenant();
  // Ten hours of twelve dollars each on one day; and an hour of twelve dollars in a day that is as dear as any.
  await fill("chat", "CASE WHEN days_ago = 20 AND hour BETWEEN 5 AND 14 THEN 12 ELSE 1 END");
  await fill("search", "CASE WHEN days_ago = 10 THEN CASE WHEN hour = 5 THEN 12 ELSE 0.5 END ELSE 1 END");
  await rollUpHours(
    contextOf(tenant, system, now),
    Array.from({ length: 60 * 24 }, (_, h) => new Date(now.getTime() - (h + 1) * hourMs)),
  );
}, 120_000);

describe("a backtest", () => {
  it("tells what the rule would have told, what went by unnoticed, and what was noise", async () => {
    const answer = await backtest(await admin(), { rule: "spike", days: 40 });
    expect(answer.fires.map(({ subject, isNoise }) => [subject.key, isNoise])).toEqual([
      ["chat", false],
      ["search", true],
    ]);
    expect(answer).toMatchObject({ total: 2, noise: 1 });
    const [chat] = answer.fires;
    expect(chat).toMatchObject({
      firedAt: new Date("2026-10-28T06:00:00Z"),
      window: { from: new Date("2026-10-28T05:00:00Z") },
      expected: "1",
      actual: "12",
      beforeUsd: "11",
    });
    // The nine hours after the alert cost some ten dollars more than usual each, until what is usual has risen with them.
    expect(Number(chat?.missedUsd)).toBeGreaterThan(80);
    expect(Number(chat?.missedUsd)).toBeLessThan(99);
  });

  it("finds exactly what a replay opens", async () => {
    const other = contextOf(tenant, system, now);
    await replay(other, { from: new Date(now.getTime() - 40 * 24 * hourMs), to: now });
    const opened = await asAdmin<{ rule: RuleId; key: string; at: Date }>(
      "SELECT rule, subject_key AS key, opened_at AS at FROM incident WHERE tenant_id = $1 ORDER BY opened_at, subject_key",
      [tenant.id],
    );
    const rules = [...new Set(opened.map(({ rule }) => rule))];
    expect(rules.length).toBeGreaterThan(2);
    for (const rule of rules) {
      const { fires } = await backtest(other, { rule, days: 40 });
      expect(fires.map(({ subject, firedAt }) => [subject.key, firedAt])).toEqual(
        opened.filter((one) => one.rule === rule).map(({ key, at }) => [key, at]),
      );
    }
  });

  it("tries parameters that nobody has set, and of one subject alone", async () => {
    const ctx = await admin();
    const fires = async (params: Record<string, number>, key?: string) => {
      const subject = key === undefined ? null : ({ kind: "feature", key } as const);
      return (await backtest(ctx, { rule: "spike", days: 40, params, subject })).total;
    };
    expect(await fires({ ratio: 13 })).toBe(0);
    expect(await fires({ minUsd: 100 })).toBe(0);
    expect(await fires({}, "search")).toBe(1);
    expect(await fires({}, "nobody")).toBe(0);
  });

  it.each([
    ["a budget's rule", { rule: "budget" }, "rule"],
    ["a rule whose past is not kept", { rule: "reconciliation-gap" }, "rule"],
  ] as const)("is refused for %s", async (_case, input, field) => {
    await expect(backtest(await admin(), input)).rejects.toMatchObject({
      code: "INVALID_INPUT",
      data: { field },
    });
  });

  it("refuses parameters that are none, and values out of bounds", async () => {
    const ctx = await admin();
    const wrong: Record<string, number>[] = [{ sigma: 3 }, { ratio: 0 }, { minUsd: -1 }, { ratio: Infinity }];
    for (const params of wrong) await expect(backtest(ctx, { rule: "spike", params })).rejects.toThrow();
    await expect(backtest(ctx, { rule: "spike", subject: { kind: "user", key: "ann" } })).rejects.toThrow();
  });
});

describe("settings", () => {
  const ruleOf = async () => (await listRules(await admin())).rules.find(({ rule }) => rule === "spike");

  it("are as delivered for a new tenant, and every rule is on", async () => {
    const { rules } = await listRules(await admin());
    expect(rules).toHaveLength(18);
    expect(rules.every(({ enabled, isUsual }) => enabled && isUsual)).toBe(true);
  });

  it("are set for everything, for one subject, and as delivered again", async () => {
    const ctx = await admin();
    const subject = { kind: "feature", key: "chat" } as const;
    await setAlert(ctx, { rule: "spike", params: { ratio: 5, minUsd: 5 } });
    await setAlert(ctx, { rule: "spike", subject, params: { ratio: 20 } });
    expect(await ruleOf()).toMatchObject({
      isUsual: false,
      params: { ratio: 5, minUsd: 5, floorUsd: 25 },
      overrides: [{ subject, enabled: true, params: { ratio: 20 } }],
    });
    const { fires } = await backtest(ctx, { rule: "spike", days: 40 });
    expect(fires.map((fire) => fire.subject.key)).toEqual(["search"]);
    await setAlert(ctx, { rule: "spike", subject, enabled: false });
    expect((await ruleOf())?.overrides).toEqual([{ subject, enabled: false, params: {} }]);
    await resetAlert(ctx, { rule: "spike", subject });
    await resetAlert(ctx, { rule: "spike" });
    await resetAlert(ctx, { rule: "spike" });
    expect(await ruleOf()).toMatchObject({ isUsual: true, overrides: [] });
    const audit = await asAdmin("SELECT action FROM audit_event WHERE tenant_id = $1 ORDER BY seq", [
      tenant.id,
    ]);
    expect(audit.map(({ action }) => action)).toEqual([
      "alert.set",
      "alert.set",
      "alert.set",
      "alert.reset",
      "alert.reset",
    ]);
  });

  it.each(["viewer", "finance"] as const)("are not for a %s to change", async (role) => {
    const ctx = contextOf(tenant, personWith(role), now);
    await expect(setAlert(ctx, { rule: "spike" })).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(resetAlert(ctx, { rule: "spike" })).rejects.toMatchObject({ code: "FORBIDDEN" });
  });
});
