import { Client, DatabaseError } from "pg";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { recordCalls } from "@/server/calls/record";
import type { Tenant } from "@/server/context";
import * as settle from "@/server/calls/outcomes";
import { asAdmin, contextOf, ingestKey, loadPrices, makeTenant } from "../factories/tenant";
import { testDatabase } from "../setup/database";

vi.hoisted(() => (process.env.DATABASE_POOL_SIZE = "12"));

const now = new Date("2026-11-20T12:00:00Z");
const call = (id: string, more: object = {}) => ({
  id,
  occurredAt: "2026-11-20T11:59:00Z",
  provider: "openai",
  model: "gpt-4o",
  usage: { inputTokens: 1000, outputTokens: 100 },
  ...more,
});
/** Requests of one source are joined into one transaction; sources of their own meet in the database. */
const store = (tenant: Tenant, calls: unknown[], source = "api") =>
  recordCalls(contextOf(tenant, ingestKey, now), { calls }, { source });
const countOf = async (table: string, tenant: Tenant) =>
  (
    await asAdmin<{ n: number }>(`SELECT count(*)::int AS n FROM ${table} WHERE tenant_id = $1`, [tenant.id])
  )[0]?.n;

beforeAll(async () => {
  await loadPrices(now);
  await asAdmin("SELECT create_month(DATE '2026-11-01'), create_month(DATE '2026-10-01')");
});

describe("exactly once", () => {
  it.each([
    ["joined", () => "api"],
    ["in transactions of their own", (n: number) => `api ${n}`],
  ])("one event sent 50 times at once, %s, is one row", async (_, sourceOf) => {
    const tenant = await makeTenant();
    const answers = await Promise.all(
      Array.from({ length: 50 }, (__, n) => store(tenant, [call("same")], sourceOf(n))),
    );
    expect(answers.map(({ accepted }) => accepted).filter((accepted) => accepted === 1)).toHaveLength(1);
    expect(
      answers.filter(({ duplicates, rejected }) => duplicates === 1 && rejected.length === 0),
    ).toHaveLength(49);
    expect(await countOf("call", tenant)).toBe(1);
    expect(await countOf("rollup_dirty", tenant)).toBe(1);
  });

  it("the same id at other times is one row: the first one's", async () => {
    const tenant = await makeTenant();
    expect(await store(tenant, [call("x")])).toMatchObject({ accepted: 1, duplicates: 0 });
    const times = [
      "2026-11-20T11:59:00.001Z",
      "2026-10-31T23:59:59.999Z",
      "2026-11-01T00:00:00Z",
      "2026-11-20T17:29:00+05:30",
    ];
    for (const occurredAt of times) expect(await store(tenant, [call("x", { occurredAt })])).toMatchObject({ accepted: 0, duplicates: 1, rejected: [] }); // prettier-ignore
    expect(await asAdmin("SELECT occurred_at FROM call WHERE tenant_id = $1", [tenant.id])).toEqual([
      { occurred_at: new Date("2026-11-20T11:59:00Z") },
    ]);
  });

  it("the same id with another body is kept in quarantine, once, however often it comes", async () => {
    const tenant = await makeTenant();
    await store(tenant, [call("x")]);
    const bodies = [{ feature: "chat" }, { usage: { inputTokens: 1001, outputTokens: 100 } }, { model: "gpt-4o-mini" }, { attempt: 2 }, { tags: { a: "b" } }]; // prettier-ignore
    for (const body of [...bodies, ...bodies]) {
      expect(await store(tenant, [call("x", body)])).toMatchObject({
        accepted: 0,
        duplicates: 0,
        rejected: [{ id: "x", code: "CONFLICT", field: "id" }],
      });
    }
    expect(await countOf("call", tenant)).toBe(1);
    expect(await countOf("call_quarantine", tenant)).toBe(bodies.length);
  });

  it("repeats inside a batch are told one by one", async () => {
    const tenant = await makeTenant();
    const batch = [call("a"), call("b"), call("a"), call("a", { feature: "other" }), call("b"), call("c")];
    const answer = await store(tenant, batch);
    expect(answer).toMatchObject({
      accepted: 3,
      duplicates: 2,
      rejected: [{ index: 3, id: "a", code: "CONFLICT" }],
    });
    expect(await store(tenant, batch)).toMatchObject({
      accepted: 0,
      duplicates: 5,
      rejected: [{ index: 3, id: "a" }],
    });
    expect(await countOf("call", tenant)).toBe(3);
    expect(await countOf("call_quarantine", tenant)).toBe(1);
  });

  it("one id of two tenants is two rows", async () => {
    const tenants = await Promise.all([makeTenant(), makeTenant()]);
    const answers = await Promise.all(
      tenants.flatMap((tenant) => Array.from({ length: 10 }, () => store(tenant, [call("shared")]))),
    );
    expect(answers.reduce((sum, { accepted }) => sum + accepted, 0)).toBe(2);
    expect(await Promise.all(tenants.map((tenant) => countOf("call", tenant)))).toEqual([1, 1]);
  });
});

const pairs = 1_000;
/** Two batches of the same calls in opposite order, at once, in transactions of their own. */
async function storeOpposed(tenant: Tenant, times: number) {
  let failed = 0;
  let accepted = 0;
  for (let n = 0; n < times; n += 1) {
    const batch = Array.from({ length: 8 }, (_, at) => call(`${n}-${at}`));
    const answers = await Promise.allSettled([
      store(tenant, batch, "one"),
      store(tenant, batch.toReversed(), "other"),
    ]);
    for (const answer of answers) {
      if (answer.status === "rejected") failed += 1;
      else accepted += answer.value.accepted;
    }
  }
  return { failed, accepted };
}

const deadlocks = async () =>
  (
    await asAdmin<{ n: number }>(
      "SELECT deadlocks::int AS n FROM pg_stat_database WHERE datname = current_database()",
    )
  )[0]?.n ?? 0;

describe("two batches in opposite order", () => {
  it(`${pairs} times: none fails, none doubles`, { timeout: 120_000 }, async () => {
    const tenant = await makeTenant();
    expect(await storeOpposed(tenant, pairs)).toEqual({ failed: 0, accepted: pairs * 8 });
    expect(await countOf("call", tenant)).toBe(pairs * 8);
    expect(await deadlocks()).toBe(0);
    console.info(`exactly once: ${pairs} pairs of opposed batches, ${pairs * 8} rows, 0 failed, 0 deadlocks`);
  });

  it("would deadlock unsorted (mutation control)", async () => {
    // The ledger of ids alone, by hand: one statement a call makes sure that the two meet half-way.
    const tenant = await makeTenant();
    const insert = `INSERT INTO call_seen VALUES ('${tenant.id}', $1, '', now(), now()) ON CONFLICT DO NOTHING`;
    const [one, other] = [new Client(testDatabase().adminUrl), new Client(testDatabase().adminUrl)];
    await Promise.all([one.connect(), other.connect()]);
    await Promise.all([one.query("BEGIN"), other.query("BEGIN")]);
    await Promise.all([one.query(insert, ["a"]), other.query(insert, ["b"])]);
    const results = await Promise.allSettled([one.query(insert, ["b"]), other.query(insert, ["a"])]);
    const codes = results.map((result) => (result.status === "rejected" && result.reason instanceof DatabaseError ? result.reason.code : "")); // prettier-ignore
    await Promise.all([one.end(), other.end()]);
    expect(codes).toContain("40P01");
  });
});

const twice = [call("a"), call("a", { occurredAt: "2026-11-20T11:58:00Z" })];

it("one id at two times inside a batch is one row", async () => {
  const tenant = await makeTenant();
  expect(await store(tenant, twice)).toMatchObject({ accepted: 1, duplicates: 1, rejected: [] });
  expect(await countOf("call", tenant)).toBe(1);
});

it("and would be two without the first of each (mutation control)", async () => {
  const tenant = await makeTenant();
  vi.spyOn(settle, "firstOfEach").mockImplementation((waiting) => [...waiting]);
  await store(tenant, twice);
  expect(await countOf("call", tenant)).toBe(2);
});
