import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { retryTax } from "@/server/analytics/retry-tax";
import { recordCalls } from "@/server/calls/record";
import type { Tenant } from "@/server/context";
import { asAdmin, contextOf, loadPrices, makeTenant, personWith, system } from "@/tests/factories/tenant";
import { mostFailures } from "./retry-causes-query";
import { daysOfEffects } from "./retry-queries";
import { rollUp } from "./roll-up";

const now = new Date("2026-11-20T12:00:00Z");
const hourMs = 3_600_000;

beforeAll(async () => {
  await loadPrices(now);
  await asAdmin(
    "SELECT create_month(m::date) FROM generate_series(DATE '2026-02-01', DATE '2026-11-01', interval '1 month') AS m",
  );
});

const call = (id: string, at: Date | string, more: object = {}) => ({
  id,
  occurredAt: new Date(at).toISOString(),
  provider: "openai",
  model: "gpt-4o",
  usage: { inputTokens: 1000, outputTokens: 100 },
  ...more,
});

async function store(tenant: Tenant, calls: readonly object[]): Promise<void> {
  for (let from = 0; from < calls.length; from += 500) {
    const part = calls.slice(from, from + 500);
    const answer = await recordCalls(contextOf(tenant, system, now), { calls: part }, { source: "test", anyAge: true }); // prettier-ignore
    expect(answer.rejected).toEqual([]);
  }
}
async function roll(tenant: Tenant): Promise<void> {
  while ((await rollUp(contextOf(tenant, system, now))).more);
}

const workTags = "kind, provider, model, feature, team, environment, prompt_id, prompt_version, error_class".split(", "); // prettier-ignore
const whole = "(c.share_no IS NULL OR c.share_no = 1)";
/** What both tables must hold, told call by call and apart from the product's SQL. */
const plain = (detail: string, where: string) => `
  SELECT c.tenant_id, (c.occurred_at AT TIME ZONE t.time_zone)::date, ${workTags.map((tag) => `coalesce(c.${tag}, '')`).join(", ")},
    ${detail}, sum(CASE WHEN ${whole} THEN 1 ELSE 0 END), sum(CASE WHEN c.cost_usd IS NULL THEN 0 ELSE c.cost_usd END),
    sum(CASE WHEN c.cost_usd IS NULL AND ${whole} THEN 1 ELSE 0 END)
  FROM call c JOIN tenant t USING (tenant_id) WHERE ${where} GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12`;
const cause = `coalesce((
  SELECT f.error_class FROM call f
  WHERE f.tenant_id = c.tenant_id AND f.root_request_id = c.root_request_id AND f.error_class IS NOT NULL AND f.attempt < c.attempt
    AND f.occurred_at > c.occurred_at - interval '24 hours' AND f.occurred_at <= c.occurred_at + interval '60 minutes'
  ORDER BY f.attempt DESC, f.occurred_at DESC, f.error_class LIMIT 1), '')`;
const rolled = (table: string, detail: string) =>
  `SELECT tenant_id, day, ${workTags.join(", ")}, ${detail}, calls, cost_usd, unpriced_calls FROM ${table}`;
const difference = (one: string, other: string) =>
  `((${one}) EXCEPT ALL (${other})) UNION ALL ((${other}) EXCEPT ALL (${one}))`;
/** Rows that only one side has, of these tenants. */
async function differences(tenants: readonly Tenant[]): Promise<unknown[]> {
  const sides = [
    difference(plain(cause, "c.attempt > 1"), rolled("rollup_retry_day", "cause")),
    difference(plain("c.billed", "c.error_class IS NOT NULL"), rolled("rollup_failure_day", "billed")),
  ];
  const ids = tenants.map(({ id }) => id);
  const found = await Promise.all(
    sides.map((sql) => asAdmin(`SELECT * FROM (${sql}) AS d WHERE tenant_id = ANY ($1)`, [ids])),
  );
  return found.flat();
}

const zones = [
  { timeZone: "America/New_York", change: "2026-11-01T06:00:00Z" },
  { timeZone: "America/New_York", change: "2026-03-08T07:00:00Z" },
  { timeZone: "Australia/Lord_Howe", change: "2026-10-03T15:30:00Z" },
  { timeZone: "Australia/Lord_Howe", change: "2026-04-04T15:00:00Z" },
  { timeZone: "Asia/Kolkata", change: "2026-10-31T18:30:00Z" },
];

/** Attempts of a few requests in the four days around a change of the clock, in the order in which they arrive. */
const attempts = fc.array(
  fc.record({
    request: fc.integer({ min: 1, max: 2 }),
    attempt: fc.integer({ min: 1, max: 4 }),
    /** From the change, on edges of days and windows more often than chance has it. */
    hours: fc.oneof(fc.integer({ min: -48, max: 48 }), fc.constantFrom(-24, -1, 0, 1, 23, 24)),
    ms: fc.constantFrom(-1, 0, 0, 1, 61_000),
    errorClass: fc.constantFrom(undefined, "timeout", "rate_limited"),
    billed: fc.constantFrom("yes", "no", "unknown"),
    feature: fc.constantFrom(undefined, "chat", "mail"),
    shares: fc.constantFrom(undefined, undefined, [{ userId: "a" }, { userId: "b", weight: 2 }]),
    rollUpAfter: fc.boolean(),
  }),
  { minLength: 2, maxLength: 12 },
);

describe("retries and failures by day", () => {
  it("are the ledger's, whatever arrives in whatever order, over changes of the clock", { timeout: 120_000 }, async () => {
    let calls = 0;
      const tenants: Tenant[] = [];
      for (const [at, story] of fc.sample(attempts, { seed: 20261121, numRuns: 30 }).entries()) {
        const { timeZone, change } = zones[at % zones.length] ?? { timeZone: "UTC", change: now.toISOString() };
        const tenant = await makeTenant({ timeZone });
        tenants.push(tenant);
        const waiting: object[] = [];
        for (const [n, { request, hours, ms, rollUpAfter, ...facts }] of story.entries()) {
          const when = new Date(Date.parse(change) + hours * hourMs + ms);
          waiting.push(call(`${String(at)}-${String(n)}`, when, { rootRequestId: `r${String(request)}`, ...facts }));
          calls += 1;
          if (!rollUpAfter && n < story.length - 1) continue;
          await store(tenant, waiting.splice(0));
          await roll(tenant);
        }
      }
      expect(await differences(tenants)).toEqual([]);
      const found = await asAdmin("SELECT count(*) FILTER (WHERE cause <> '')::int AS explained, count(*) FILTER (WHERE cause = '')::int AS others FROM rollup_retry_day");
    expect(found).toMatchObject([{ explained: expect.any(Number) as number }]);
    expect(found[0]?.explained).toBeGreaterThan(20);
    console.info(`retries by day: ${String(calls)} attempts in 30 stories of 5 changes of the clock, 0 differences`);
  }); // prettier-ignore

  it("see a cause that comes a day late", async () => {
    const tenant = await makeTenant({ timeZone: "America/New_York" });
    const causes = async () =>
      (await asAdmin("SELECT day::text, cause, calls::int FROM rollup_retry_day WHERE tenant_id = $1 ORDER BY 1, 2", [tenant.id])); // prettier-ignore
    await store(tenant, [call("r", "2026-11-10T05:30:00Z", { rootRequestId: "one", attempt: 2 })]);
    await roll(tenant);
    expect(await causes()).toEqual([{ day: "2026-11-10", cause: "", calls: 1 }]);
    // 23:30 of the day before, in New York.
    await store(tenant, [call("f", "2026-11-10T04:30:00Z", { rootRequestId: "one", errorClass: "timeout" })]);
    await roll(tenant);
    expect(await causes()).toEqual([{ day: "2026-11-10", cause: "timeout", calls: 1 }]);
    await asAdmin("DELETE FROM call WHERE tenant_id = $1 AND call_id = 'f'", [tenant.id]);
    await asAdmin("INSERT INTO rollup_dirty (tenant_id, hour) VALUES ($1, '2026-11-10T04:00:00Z')", [
      tenant.id,
    ]);
    await roll(tenant);
    expect(await causes()).toEqual([{ day: "2026-11-10", cause: "", calls: 1 }]);
  });

  it("take an id of more failures than one request can have for something else", async () => {
    const tenant = await makeTenant();
    const failures = (count: number, root: string) =>
      Array.from({ length: count }, (_, n) =>
        call(`${root}-${String(n)}`, "2026-11-10T10:00:00Z", { rootRequestId: root, errorClass: "timeout" }),
      );
    await store(tenant, [
      ...failures(mostFailures, "request"),
      ...failures(mostFailures + 1, "session"),
      call("a", "2026-11-10T10:01:00Z", { rootRequestId: "request", attempt: 2 }),
      call("b", "2026-11-10T10:01:00Z", { rootRequestId: "session", attempt: 2 }),
    ]);
    await roll(tenant);
    const rows = await asAdmin("SELECT cause, calls::int FROM rollup_retry_day WHERE tenant_id = $1 ORDER BY 1", [tenant.id]); // prettier-ignore
    expect(rows).toEqual([
      { cause: "", calls: 1 },
      { cause: "timeout", calls: 1 },
    ]);
  });

  it("follow the tenant to another zone", async () => {
    const tenant = await makeTenant({ timeZone: "Asia/Kolkata" });
    await store(tenant, [
      call("f", "2026-11-10T18:29:00Z", { rootRequestId: "one", errorClass: "timeout" }),
      call("r", "2026-11-10T18:31:00Z", { rootRequestId: "one", attempt: 2 }),
    ]);
    await roll(tenant);
    const moved = { ...tenant, timeZone: "Australia/Lord_Howe" };
    await asAdmin("UPDATE tenant SET time_zone = $2 WHERE tenant_id = $1", [tenant.id, moved.timeZone]);
    await roll(moved);
    expect(await differences([tenant])).toEqual([]);
    const days = await asAdmin("SELECT day::text FROM rollup_retry_day WHERE tenant_id = $1", [tenant.id]);
    expect(days).toEqual([{ day: "2026-11-11" }]);
  });
});

it.each([
  { name: "an ordinary day", timeZone: "UTC", days: ["2026-11-10", "2026-11-10"], effects: ["2026-11-09", "2026-11-11"] },
  { name: "days in a row", timeZone: "UTC", days: ["2026-11-10", "2026-11-12"], effects: ["2026-11-09", "2026-11-13"] },
  { name: "before a day of 23 hours", timeZone: "America/New_York", days: ["2026-03-07", "2026-03-07"], effects: ["2026-03-06", "2026-03-09"] },
  { name: "before a day of 25 hours", timeZone: "America/New_York", days: ["2026-10-31", "2026-10-31"], effects: ["2026-10-30", "2026-11-01"] },
])("what changes on $name may change retries around it", ({ timeZone, days, effects }) => {
  const [first = "", last = ""] = days;
  expect(daysOfEffects({ first, last }, timeZone)).toEqual({ first: effects[0], last: effects[1] });
}); // prettier-ignore

describe("the retry tax by cause", () => {
  /** As it was asked of the ledger before there were days of it: causes of up to a day before the range, whenever in it. */
  const asked = `
    WITH retry AS (SELECT * FROM call WHERE tenant_id = $1 AND occurred_at >= $2 AND occurred_at < $3 AND attempt > 1),
    failed AS (SELECT * FROM call WHERE tenant_id = $1 AND occurred_at >= $2::timestamptz - interval '1 day' AND occurred_at < $3
      AND error_class IS NOT NULL AND root_request_id IS NOT NULL),
    cause AS (
      SELECT DISTINCT ON (r.occurred_at, r.call_id) r.occurred_at, r.call_id, f.error_class FROM retry r
      JOIN failed f ON f.root_request_id = r.root_request_id AND f.attempt < r.attempt
      ORDER BY r.occurred_at, r.call_id, f.attempt DESC, f.occurred_at DESC)
    SELECT c.error_class AS "errorClass", count(*)::int AS calls, trim_scale(coalesce(sum(r.cost_usd), 0))::text AS "costUsd",
      (count(*) FILTER (WHERE r.cost_usd IS NULL))::int AS "unpricedCalls"
    FROM retry r LEFT JOIN cause c USING (occurred_at, call_id)
    GROUP BY 1 ORDER BY coalesce(sum(r.cost_usd), 0) DESC, count(*) DESC, 1`;

  it("is what the ledger said, of whole days and of ragged ends", async () => {
    const tenant = await makeTenant({ timeZone: "Australia/Lord_Howe" });
    const start = Date.parse("2026-04-01T00:30:00Z");
    const calls = Array.from({ length: 300 }, (_, n) => {
      // Ten hours and a bit from request to request, some minutes from attempt to attempt.
      const at = new Date(start + Math.floor(n / 3) * 1.7 * hourMs + (n % 3) * 11 * 60_000);
      const attempt = 1 + (n % 3);
      const failed = attempt < 3 || n % 2 === 0 ? { errorClass: ["timeout", "overloaded", "refused"][n % 7] ?? "other" } : {}; // prettier-ignore
      const model = n % 11 === 0 ? { provider: "acme", model: "in-house-7b" } : {};
      return call(`c${String(n)}`, at, { rootRequestId: `r${String(Math.floor(n / 3))}`, attempt, ...failed, ...model }); // prettier-ignore
    });
    await store(tenant, calls);
    await roll(tenant);
    const reader = contextOf(tenant, personWith("viewer"), now);
    let classes = 0;
    for (const [from, to] of [
      ["2026-04-02", "2026-04-07"],
      ["2026-04-03T16:15:00Z", "2026-04-06T01:45:00Z"],
      ["2026-04-04T15:00:00Z", "2026-04-04T15:15:00Z"],
    ] as const) {
      const answer = await retryTax(reader, { from, to });
      const bounds = await asAdmin<{ from: Date; to: Date }>(
        "SELECT ($1::timestamp AT TIME ZONE $3) AS from, ($2::timestamp AT TIME ZONE $3) AS to",
        [from.replace("Z", ""), to.replace("Z", ""), from.endsWith("Z") ? "UTC" : tenant.timeZone],
      );
      const plainly = await asAdmin(asked, [tenant.id, bounds[0]?.from, bounds[0]?.to]);
      expect(answer.byErrorClass).toEqual(plainly);
      classes += plainly.length;
    }
    expect(classes).toBeGreaterThan(6);
  });

  it("has no limit of days, takes filters, and refuses those of users", async () => {
    const tenant = await makeTenant();
    await store(tenant, [
      call("f", "2026-02-10T10:00:00Z", { rootRequestId: "one", errorClass: "timeout", feature: "chat" }),
      call("r", "2026-02-10T10:01:00Z", { rootRequestId: "one", attempt: 2, feature: "chat" }),
      call("s", "2026-11-10T10:01:00Z", { rootRequestId: "two", attempt: 2, feature: "mail" }),
    ]);
    await roll(tenant);
    const reader = contextOf(tenant, personWith("viewer"), now);
    const year = { from: "2026-01-01", to: "2026-11-21" };
    expect((await retryTax(reader, year)).byErrorClass).toMatchObject([
      { errorClass: "timeout", calls: 1 },
      { errorClass: null, calls: 1 },
    ]);
    const chat = await retryTax(reader, { ...year, filter: { feature: ["chat"] } });
    expect(chat.byErrorClass).toMatchObject([{ errorClass: "timeout", calls: 1 }]);
    expect(chat.total).toMatchObject({ calls: 2, retryCalls: 1 });
    await expect(retryTax(reader, { ...year, filter: { user: ["u"] } })).rejects.toMatchObject({ code: "INVALID_INPUT" }); // prettier-ignore
  });
});
