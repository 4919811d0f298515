import { beforeAll, describe, expect, it } from "vitest";
import { addDays, startOfDay } from "@/server/calendar/local-day";
import { recordCalls } from "@/server/calls/record";
import type { Tenant } from "@/server/context";
import { rollUp } from "@/server/rollups/roll-up";
import { asAdmin, contextOf, loadPrices, makeTenant, personWith, system } from "@/tests/factories/tenant";
import { oddDays, reportZones, storeZonedCalls } from "@/tests/ledger/zoned-calls";
import { errors } from "./errors";

const now = new Date("2026-11-20T12:00:00Z");
const reader = (tenant: Tenant) => contextOf(tenant, personWith("viewer"), now);

beforeAll(async () => {
  await loadPrices(now);
  await asAdmin(
    "SELECT create_month(m::date) FROM generate_series(DATE '2026-01-01', DATE '2026-11-01', interval '1 month') AS m",
  );
});

async function store(tenant: Tenant, calls: unknown[]): Promise<void> {
  const ctx = contextOf(tenant, system, now);
  const answer = await recordCalls(ctx, { calls }, { source: "test", anyAge: true });
  expect(answer.rejected).toEqual([]);
  while ((await rollUp(ctx)).more);
}

const whole = "(share_no IS NULL OR share_no = 1)";
const failuresOf = (billed: string) => `json_build_object(
  'calls', (count(*) FILTER (WHERE error_class IS NOT NULL AND billed = '${billed}' AND ${whole}))::int,
  'costUsd', trim_scale(coalesce(sum(cost_usd) FILTER (WHERE error_class IS NOT NULL AND billed = '${billed}'), 0))::text,
  'unpricedCalls', (count(*) FILTER (WHERE error_class IS NOT NULL AND billed = '${billed}' AND cost_usd IS NULL AND ${whole}))::int)`;
const failures = `json_build_object('billed', ${failuresOf("yes")}, 'unknown', ${failuresOf("unknown")}, 'notBilled', ${failuresOf("no")})`;
/** Rates and failures by a plain GROUP BY. */
const plainly = (tenant: Tenant, key: string, from: Date, to: Date, where = "true") =>
  asAdmin(
    `SELECT ${key} AS key, (count(*) FILTER (WHERE ${whole}))::int AS calls, (count(*) FILTER (WHERE error_class IS NOT NULL AND ${whole}))::int AS "errorCalls",
       trim_scale(coalesce(sum(cost_usd), 0))::text AS "costUsd",
       trim_scale(round((count(*) FILTER (WHERE error_class IS NOT NULL AND ${whole}))::numeric / nullif(count(*) FILTER (WHERE ${whole}), 0), 6))::text AS "errorRate",
       ${failures} AS failures
     FROM call WHERE tenant_id = $1 AND occurred_at >= $2 AND occurred_at < $3 AND ${where} GROUP BY 1`,
    [tenant.id, from, to],
  );
const byKey = (rows: readonly { key?: unknown }[]) =>
  new Map(rows.map(({ key, ...figures }) => [key, figures]));

describe.each(reportZones)("errors in %s", (timeZone) => {
  let tenant: Tenant;
  const [, day] = oddDays(timeZone);
  const start = (one: string) => startOfDay(one, timeZone);
  beforeAll(async () => {
    tenant = await makeTenant({ timeZone });
    await storeZonedCalls(tenant, now);
    const more = Array.from({ length: 90 }, (_, n) => ({
      id: `more-${String(n)}`,
      occurredAt: new Date(start(addDays(day, -1)).getTime() + n * 2_900_000).toISOString(),
      ...(n % 7 === 0 ? { provider: "acme", model: "in-house-7b" } : { provider: "anthropic", model: "claude-haiku-4-5" }),
      feature: n % 4 === 0 ? undefined : n % 3 === 0 ? "mail" : "search",
      errorClass: ["rate_limited", "refused", "timeout", undefined][n % 4],
      billed: ["yes", "no", "unknown"][n % 3],
      usage: { inputTokens: 1_000 + n, outputTokens: n },
      ...(n % 10 === 1 ? { shares: [{ feature: "mail" }, { feature: "search", weight: 3 }] } : {}),
    })); // prettier-ignore
    await store(tenant, more);
  });

  it("are those of a plain GROUP BY, of whole days and of ragged ends, beside the stretch before", async () => {
    for (const [from, to] of [
      [start(addDays(day, -2)), start(addDays(day, 3))],
      [start(day), start(addDays(day, 1))],
      [new Date(start(addDays(day, -1)).getTime() + 4_500_000), new Date(start(addDays(day, 1)).getTime() + 9_900_000)],
    ] as const) {
      const compare = { from: start(addDays(day, -1)).toISOString(), to: start(day).toISOString() };
      const answer = await errors(reader(tenant), { from: from.toISOString(), to: to.toISOString(), compare });
      const [before, after] = [start(addDays(day, -1)), start(day)];
      for (const kind of ["feature", "model"] as const) {
        const rows = answer[`${kind}s`].rows;
        const found = rows.filter(({ current }) => current.calls > 0).map(({ key, current }) => ({ key, ...current }));
        expect(byKey(found)).toEqual(byKey(await plainly(tenant, kind, from, to)));
        const previous = rows.flatMap((one) => (one.previous?.calls ? [{ key: one.key, ...one.previous }] : []));
        expect(byKey(previous)).toEqual(byKey(await plainly(tenant, kind, before, after)));
        expect(answer[`${kind}s`].groups).toBe(rows.length);
      }
      const [total] = await plainly(tenant, "NULL", from, to);
      expect({ key: null, ...answer.total.current }).toEqual(total);
      const classes = await plainly(tenant, "error_class", from, to, "error_class IS NOT NULL");
      expect(new Map(answer.classes.filter(({ current }) => current.billed.calls + current.unknown.calls + current.notBilled.calls > 0)
        .map(({ errorClass, current }) => [errorClass, current])))
        .toEqual(new Map(classes.map(({ key, failures: of }) => [key, of])));
      const cells = await plainly(tenant, "json_build_array(error_class, feature)::text", from, to, "error_class IS NOT NULL");
      expect(new Map(answer.cells.map((cell) => [JSON.stringify([cell.errorClass, cell.feature]), cell.failures])))
        .toEqual(new Map(cells.map(({ key, failures: of }) => [String(key).replace(", ", ","), of])));
    }
  }); // prettier-ignore

  it("are of what is asked for alone", async () => {
    const [from, to] = [start(addDays(day, -2)), start(addDays(day, 3))];
    const filter = { feature: { not: ["chat"] }, error: { contains: ["TIME", "refu"] } };
    const days = { from: addDays(day, -2), to: addDays(day, 3) };
    const answer = await errors(reader(tenant), { ...days, filter });
    const where =
      "coalesce(feature, '') <> 'chat' AND (error_class ILIKE '%time%' OR error_class LIKE '%refu%')";
    expect({ key: null, ...answer.total.current }).toEqual(
      (await plainly(tenant, "NULL", from, to, where))[0],
    );
    const ragged = { from: new Date(from.getTime() + 900_000).toISOString(), to: to.toISOString() };
    const later = await errors(reader(tenant), { ...ragged, filter });
    expect({ key: null, ...later.total.current }).toEqual((await plainly(tenant, "NULL", new Date(ragged.from), to, where))[0]); // prettier-ignore
  });
});

it("lists the dearest failures first, as many as asked for, and refuses filters of users", async () => {
  const tenant = await makeTenant();
  const call = (id: string, feature: string, inputTokens: number, more: object) => ({
    id, occurredAt: "2026-11-10T10:00:00Z", provider: "openai", model: "gpt-4o", feature, usage: { inputTokens }, ...more,
  }); // prettier-ignore
  await store(tenant, [
    call("a", "cheap", 10, { errorClass: "timeout", billed: "yes" }),
    call("b", "dear", 10_000, { errorClass: "timeout", billed: "unknown" }),
    call("c", "free", 99_000, { errorClass: "refused", billed: "no" }),
    call("d", "sound", 99_000, {}),
  ]);
  const week = { from: "2026-11-08", to: "2026-11-15" };
  const all = await errors(reader(tenant), week);
  expect(all.features.rows.map(({ key, previous }) => [key, previous])).toEqual([
    ["dear", null],
    ["cheap", null],
    ["free", null],
    ["sound", null],
  ]);
  const few = await errors(reader(tenant), { ...week, limit: 2 });
  expect([few.features.rows.length, few.features.groups, few.cells.length, few.classes.length]).toEqual([2, 4, 2, 2]); // prettier-ignore
  expect((await errors(reader(tenant), { from: "2026-01-01", to: "2026-02-01" })).total.current).toMatchObject({ calls: 0, errorRate: null }); // prettier-ignore
  await expect(errors(reader(tenant), { ...week, filter: { user: ["u"] } })).rejects.toMatchObject({ code: "INVALID_INPUT" }); // prettier-ignore
  const ingest = contextOf(tenant, { kind: "key", keyId: "k", scopes: ["ingest"], pins: {} }, now);
  await expect(errors(ingest, week)).rejects.toMatchObject({ code: "FORBIDDEN" });
});
