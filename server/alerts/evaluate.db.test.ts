import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { rollUpHours } from "@/prisma/seed/roll-up-hours";
import type { Tenant } from "@/server/context";
import { setBudget } from "@/server/budgets/set";
import { readIncident } from "@/server/incidents/read";
import { resolveIncident } from "@/server/incidents/resolve";
import { snoozeIncident } from "@/server/incidents/snooze";
import { makeMember } from "@/tests/factories/person";
import { asAdmin, contextOf, makeTenant, system, type TestCtx } from "@/tests/factories/tenant";
import { evaluate } from "./evaluate";
import { replay } from "./replay";
import { setAlert } from "./set";

const hourMs = 3_600_000;
/** The end of the last final hour is noon. */
const now = new Date("2026-11-18T13:05:00Z");
const noon = new Date("2026-11-18T12:00:00Z");
const hoursAgo = (hours: number, from = noon) => new Date(from.getTime() - hours * hourMs);

let tenant: Tenant;
const at = (when: Date): TestCtx => contextOf(tenant, system, when);

beforeAll(() =>
  asAdmin("SELECT create_month(m::date) FROM generate_series(DATE '2026-10-01', DATE '2026-12-01', interval '1 month') AS m"),
); // prettier-ignore

/** So many calls of a feature in each of these hours, at so many dollars each. */
async function calls(
  feature: string,
  from: Date,
  hours: number,
  each: { calls: number; usd: number; attempt?: number },
) {
  await asAdmin(
    `INSERT INTO call (tenant_id, call_id, occurred_at, received_at, source, kind, provider, model, feature, environment, cost_usd, price_status, attempt)
     SELECT $1, $2 || '-' || h || '-' || c || '-' || $6::text || '-' || $7::text, t, t, 'test', 'llm', 'openai', 'gpt-4o', $2, 'production', $6::numeric, 'priced', $7::smallint
     FROM generate_series(0, $4::int - 1) AS h, generate_series(0, $5::int - 1) AS c,
       LATERAL (SELECT $3::timestamptz + h * interval '1 hour' + c * interval '61 seconds' AS t) AS times`,
    [tenant.id, feature, from.toISOString(), hours, each.calls, each.usd, each.attempt ?? 1],
  );
  const first = Math.floor(from.getTime() / hourMs);
  await rollUpHours(
    at(now),
    Array.from({ length: hours + 1 }, (_, i) => new Date((first + i) * hourMs)),
  );
}
const incidents = () =>
  asAdmin<{ id: string; rule: string; subject: string; state: string; events: number }>(
    `SELECT i.id, rule, subject_key AS subject, state, (SELECT count(*)::int FROM incident_event e WHERE e.incident_id = i.id) AS events
     FROM incident i WHERE tenant_id = $1 ORDER BY rule, subject_key, opened_at`,
    [tenant.id],
  );
const rulesOf = async () => (await incidents()).map(({ rule, state }) => `${rule} ${state}`);

/** Of the hour that is running, in Kolkata from half past on. */
const spikeNow = (each = { calls: 25, usd: 0.8 }) => calls("chat", new Date("2026-11-18T12:35:00Z"), 1, each);

/** Ten even days, then an hour that costs forty times as much, cut in two by the zone's own hours. */
beforeEach(async () => {
  tenant = await makeTenant({ timeZone: "Asia/Kolkata" });
  await calls("chat", hoursAgo(240), 239, { calls: 2, usd: 0.25 });
  await calls("chat", hoursAgo(1), 1, { calls: 40, usd: 0.5 });
});

describe("an hour out of its band", () => {
  it("is one incident, told after its commit, however often it is looked at", async () => {
    const ctx = at(now);
    await evaluate(ctx, "hourly");
    await evaluate(ctx, "hourly");
    await evaluate(at(new Date(now.getTime() + 60_000)), "hourly");
    expect(await rulesOf()).toEqual(["day-over-mean open", "hour-out-of-band open"]);
    expect(ctx.emitted.map(({ name }) => name)).toEqual(["incident/changed", "incident/changed"]);
    const [{ id } = { id: "" }] = (await incidents()).filter(({ rule }) => rule === "hour-out-of-band");
    const { incident, timeline, possible } = await readIncident(ctx, { id });
    expect(incident).toMatchObject({
      unit: "usd",
      actual: "15",
      window: { to: new Date("2026-11-18T11:30:00Z") },
    });
    expect(incident.details.contributors[0]?.label).toBe("more requests");
    expect(timeline.map(({ kind, actorId }) => [kind, actorId])).toEqual([["opened", "test"]]);
    expect(possible).toEqual(["acknowledge", "snooze", "resolve", "note"]);
  });

  it("is one incident when two workers find it at once, told by one of them", async () => {
    const workers = Array.from({ length: 4 }, () => at(now));
    await Promise.all(workers.map((worker) => evaluate(worker, "hourly")));
    expect(await rulesOf()).toEqual(["day-over-mean open", "hour-out-of-band open"]);
    expect(workers.flatMap(({ emitted }) => emitted)).toHaveLength(2);
    expect((await incidents()).map(({ events }) => events)).toEqual([1, 1]);
  });

  it("is seen while it goes on, and resolved after so many quiet hours, not at the first", async () => {
    await spikeNow();
    await evaluate(at(now), "fast");
    const spike = async () => (await incidents()).find(({ rule }) => rule === "spike")?.state;
    expect(await spike()).toBe("open");
    await evaluate(at(new Date(now.getTime() + 1.5 * hourMs)), "fast");
    expect(await spike()).toBe("open");
    const later = at(new Date(now.getTime() + 5 * hourMs));
    await evaluate(later, "fast");
    expect(await spike()).toBe("resolved");
    expect(later.emitted).toMatchObject([{ name: "incident/changed", data: { n: 2 } }]);
  });

  it("stays quiet after somebody resolved it, and speaks up when it is twice as bad", async () => {
    await spikeNow();
    await evaluate(at(now), "fast");
    const [{ id } = { id: "" }] = await incidents();
    await resolveIncident(contextOf(tenant, await makeMember(tenant, "admin"), now), {
      id,
      note: "a test run",
    });
    await evaluate(at(now), "fast");
    expect(await rulesOf()).toEqual(["spike resolved"]);
    await spikeNow({ calls: 25, usd: 0.9 });
    await evaluate(at(now), "fast");
    expect(await rulesOf()).toEqual(["spike open"]);
  });

  it("wakes when a snooze is over", async () => {
    await spikeNow();
    await evaluate(at(now), "fast");
    const [{ id } = { id: "" }] = await incidents();
    const until = new Date(now.getTime() + 10 * 60_000).toISOString();
    await snoozeIncident(contextOf(tenant, await makeMember(tenant, "finance"), now), { id, until });
    await evaluate(at(new Date(now.getTime() + 5 * 60_000)), "fast");
    expect(await rulesOf()).toEqual(["spike snoozed"]);
    const woken = at(new Date(now.getTime() + 15 * 60_000));
    await evaluate(woken, "fast");
    expect(await rulesOf()).toEqual(["spike open"]);
    expect(woken.emitted).toHaveLength(1);
  });

  it("is none where the rule is off for the subject", async () => {
    const admin = contextOf(tenant, await makeMember(tenant, "admin"), now);
    await setAlert(admin, { rule: "spike", subject: { kind: "feature", key: "chat" }, enabled: false });
    await spikeNow();
    await evaluate(at(now), "fast");
    expect(await rulesOf()).toEqual([]);
  });
});

describe("a budget", () => {
  const budgets = async () =>
    asAdmin<{ rule: string; state: string; level: number | null }>(
      "SELECT rule, state, level FROM incident WHERE tenant_id = $1 AND rule IN ('budget', 'daily-pace') ORDER BY rule",
      [tenant.id],
    );

  it("opens one incident a month, and tells each further threshold", async () => {
    const admin = contextOf(tenant, await makeMember(tenant, "admin"), now);
    // Ten days of twelve dollars, and twenty.
    await setBudget(admin, { subject: { kind: "feature", key: "chat" }, amountUsd: "185" });
    await evaluate(at(now), "fast");
    expect(await budgets()).toEqual([
      { rule: "budget", state: "open", level: 70 },
      { rule: "daily-pace", state: "open", level: null },
    ]);
    await spikeNow({ calls: 25, usd: 1.4 });
    const told = at(new Date(now.getTime() + 60_000));
    await evaluate(told, "fast");
    await evaluate(at(new Date(now.getTime() + 120_000)), "fast");
    expect((await budgets())[0]).toEqual({ rule: "budget", state: "open", level: 90 });
    const timeline = await asAdmin(
      "SELECT kind, e.details->>'level' AS level FROM incident_event e JOIN incident ON incident.id = incident_id WHERE incident.tenant_id = $1 AND rule = 'budget' ORDER BY n",
      [tenant.id],
    );
    expect(timeline).toEqual([
      { kind: "opened", level: "70" },
      { kind: "escalated", level: "90" },
    ]);
    // In another month it is another budget.
    await evaluate(at(new Date("2026-12-01T02:00:00Z")), "fast");
    expect((await budgets())[0]).toMatchObject({ rule: "budget", state: "resolved" });
  });
});

it("finds live, hour by hour, what a replay finds", async () => {
  await calls("night", hoursAgo(30), 2, { calls: 60, usd: 0.3, attempt: 2 });
  await calls("chat", hoursAgo(20), 3, { calls: 30, usd: 0.9 });
  const from = hoursAgo(60);
  const end = hoursAgo(-6);
  const facts =
    "rule, subject_key, window_start, state, level, trim_scale(actual)::text AS actual, trim_scale(expected)::text AS expected";
  const all = () => asAdmin(`SELECT ${facts} FROM incident WHERE tenant_id = $1 ORDER BY rule, subject_key, window_start`, [tenant.id]); // prettier-ignore
  await asAdmin("INSERT INTO alert_state (tenant_id, cadence, evaluated_to) SELECT $1, c, $2 FROM unnest('{hourly,daily}'::text[]) AS c", [tenant.id, from.toISOString()]); // prettier-ignore
  for (let clock = from.getTime(); clock <= end.getTime() + 1.1 * hourMs; clock += hourMs) {
    await evaluate(at(new Date(clock)), "hourly");
    await evaluate(at(new Date(clock)), "daily");
  }
  // What is looked at while it happens is about days and hours that are still growing; these are about whole ones.
  const live = await all();
  expect(live.length).toBeGreaterThan(4);
  await asAdmin("DELETE FROM incident WHERE tenant_id = $1", [tenant.id]);
  await replay(at(now), { from, to: end });
  const whole = ["spike", "user-runaway", "unpriced-model"];
  expect((await all()).filter(({ rule }) => !whole.includes(String(rule)))).toEqual(live);
});

it("hears a silence where something always came, and none while something comes", async () => {
  await calls("steady", hoursAgo(240), 241, { calls: 20, usd: 0.001 });
  const silences = async () => (await incidents()).filter(({ rule }) => rule === "silent-source").map(({ subject }) => subject); // prettier-ignore
  await evaluate(at(now), "hourly");
  expect(await silences()).toEqual([]);
  await evaluate(at(hoursAgo(-5, now)), "hourly");
  expect(await silences()).toEqual(["", "production"]);
});

it("looks at what it has missed, and not at what is long over", async () => {
  await asAdmin("INSERT INTO alert_state (tenant_id, cadence, evaluated_to) VALUES ($1, 'hourly', $2)", [tenant.id, hoursAgo(5).toISOString()]); // prettier-ignore
  expect((await evaluate(at(now), "hourly")).instants).toBe(5);
  expect((await evaluate(at(now), "hourly")).instants).toBe(0);
  expect((await evaluate(at(hoursAgo(-24 * 20)), "hourly")).instants).toBe(48);
});
