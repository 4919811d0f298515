import { beforeAll, beforeEach, expect, it } from "vitest";
import { rollUpHours } from "@/prisma/seed/roll-up-hours";
import type { Tenant } from "@/server/context";
import { reserve } from "@/server/gate/reserve";
import { listIncidents } from "@/server/incidents/list";
import { asAdmin, contextOf, loadPrices, makeTenant, system } from "@/tests/factories/tenant";
import { evaluate } from "./evaluate";
import { replay } from "./replay";

const now = new Date("2026-11-18T13:05:30Z");
const after = (seconds: number) => new Date(now.getTime() + seconds * 1_000);
let tenant: Tenant;
const at = (when = now) => contextOf(tenant, system, when);

beforeAll(async () => {
  await asAdmin("SELECT create_month(m::date) FROM generate_series(DATE '2026-10-01', DATE '2026-12-01', interval '1 month') AS m"); // prettier-ignore
  await loadPrices(now);
});

/** So many calls of one user and prompt, so many seconds apart. */
async function calls(user: string | null, count: number, apartSeconds: number, from: Date, usd = 0.1) {
  await asAdmin(
    `INSERT INTO call (tenant_id, call_id, occurred_at, received_at, source, kind, provider, model, feature, user_id, prompt_id, prompt_version, cost_usd, price_status)
     SELECT $1, coalesce($2, 'nobody') || '-' || n || '-' || extract(epoch FROM t), t, t, 'test', 'llm', 'openai', 'gpt-4o', 'agent', $2, 'plan', 'v5', $5::numeric, 'priced'
     FROM generate_series(0, $3::int - 1) AS n, LATERAL (SELECT $4::timestamptz + n * $6::float8 * interval '1 second' AS t) AS times`,
    [tenant.id, user, count, from.toISOString(), usd, apartSeconds],
  ); // prettier-ignore
  const first = Math.floor(from.getTime() / 3_600_000);
  const last = Math.floor((from.getTime() + count * apartSeconds * 1_000) / 3_600_000);
  await rollUpHours(
    at(),
    Array.from({ length: last - first + 1 }, (_, n) => new Date((first + n) * 3_600_000)),
  );
}
const loops = async () =>
  (await listIncidents(at(), { rule: "loop" })).incidents.map(({ subject, state, actual, unit, details }) => {
    return [subject.key, state, unit, actual, details.contributors[0]?.label ?? null];
  });

/** Twelve days of a feature that ann calls every other minute. */
beforeEach(async () => {
  tenant = await makeTenant({ timeZone: "Asia/Kolkata" });
  await calls("ann", 12 * 720, 120, new Date(now.getTime() - 12 * 86_400_000), 0.01);
});

it("is found in the minutes that have passed, and ends an hour after it did", async () => {
  await evaluate(at(), "fast");
  expect(await loops()).toEqual([]);
  await calls("bob", 70, 3, after(-210));
  await evaluate(at(), "fast");
  expect(await loops()).toEqual([["agent", "open", "usd", "7", "prompt plan v5"]]);
  const again = at(after(60));
  await evaluate(again, "fast");
  expect(await loops()).toHaveLength(1);
  expect(again.emitted).toEqual([]);
  await evaluate(at(after(1_800)), "fast");
  expect((await loops())[0]?.[1]).toBe("open");
  await evaluate(at(after(3_700)), "fast");
  expect((await loops())[0]?.[1]).toBe("resolved");
  // Nobody keeps minutes to look back at.
  expect(await replay(at(after(7_200)), { from: after(-7_200), to: after(7_200) })).not.toContainEqual(
    expect.objectContaining({ kind: "opened", rule: "loop" }),
  );
});

it("is nobody's where many users call, or none is named", async () => {
  for (let user = 0; user < 10; user += 1) await calls(`user-${String(user)}`, 20, 9, after(-200));
  await calls(null, 100, 2, after(-210));
  await evaluate(at(), "fast");
  expect(await loops()).toEqual([]);
});

it("is no other tenant's", async () => {
  await calls("bob", 70, 3, after(-210));
  const other = await makeTenant();
  await evaluate(contextOf(other, system, now), "fast");
  expect((await listIncidents(contextOf(other, system, now), {})).incidents).toEqual([]);
});

it("is found in what the gate turned away, which no roll-up tells of", async () => {
  const ask = (n: number, when: Date) => {
    const ctx = at(when);
    return reserve(ctx, { key: `${String(n)}-${when.toISOString()}`, feature: "agent", userId: "bob", promptHash: "h", estimate: { costUsd: "0.001" } }).then(
      ({ outcome }) => ({ outcome, emitted: ctx.emitted }),
    ); // prettier-ignore
  };
  const answers = [];
  for (let n = 0; n < 63; n += 1) answers.push(await ask(n, now));
  expect(answers.filter(({ outcome }) => outcome === "deny")).toHaveLength(3);
  // Alerts are asked to look once a minute, not at each refusal.
  expect(answers.flatMap(({ emitted }) => emitted)).toEqual([
    expect.objectContaining({
      name: "alerts/evaluate-requested",
      data: { tenantId: tenant.id, cadences: ["fast"] },
    }),
  ]);
  expect(await asAdmin("SELECT feature, reason, refused, peak::int FROM gate_refusal WHERE tenant_id = $1", [tenant.id])).toEqual([
    { feature: "agent", reason: "loop", refused: 3, peak: 63 },
  ]); // prettier-ignore
  await evaluate(at(after(20)), "fast");
  expect(await loops()).toEqual([["agent", "open", "calls", "3", null]]);
});
