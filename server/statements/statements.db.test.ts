import { Client } from "pg";
import { beforeAll, describe, expect, it } from "vitest";
import { listAudit } from "@/server/audit/list";
import { recordCalls } from "@/server/calls/record";
import type { Tenant } from "@/server/context";
import { cancelClosing } from "@/server/periods/cancel-closing";
import { closePeriod } from "@/server/periods/close";
import { closeWaiting } from "@/server/periods/close-waiting";
import { reopenPeriod } from "@/server/periods/reopen";
import { Usd } from "@/server/prices/decimal";
import { advanceErasure } from "@/server/privacy/advance-erasure";
import { eraseUser } from "@/server/privacy/erase-user";
import { rollUp } from "@/server/rollups/roll-up";
import { asAdmin, contextOf, makeTenant, personWith, system } from "@/tests/factories/tenant";
import { listPrice } from "@/tests/ledger/made-prices";
import { reprice } from "@/tests/ledger/reprice";
import { testDatabase } from "@/tests/setup/database";
import { listStatementMonths } from "./list-months";
import { readStatement, readStatementView } from "./read";
import { statementViews } from "./schemas";
import { sinceClosed } from "./since-closed";
import { tellClosed } from "./tell-closed";
import { verifyStatement } from "./verify";

const at = (text: string) => new Date(text.includes("T") ? text : `${text}T12:00:00Z`);
const as = (tenant: Tenant, when: string, role: "owner" | "finance" | "viewer" = "finance") =>
  contextOf(tenant, personWith(role), at(when));
const job = (tenant: Tenant, when: string) => contextOf(tenant, system, at(when));

let model = "";
let next = 0;
/** Odd prices, so that amounts have many decimals. */
const call = (id: string, occurredAt: string, more: object = {}) => ({
  id,
  occurredAt,
  provider: "openai",
  model,
  usage: { inputTokens: 1_237, outputTokens: 311 },
  ...more,
});
async function store(tenant: Tenant, when: string, calls: unknown[]) {
  const answer = await recordCalls(job(tenant, when), { calls }, { source: "test", anyAge: true });
  expect(answer.rejected).toEqual([]);
  await roll(tenant, when);
}
const roll = async (tenant: Tenant, when: string) => {
  while ((await rollUp(job(tenant, when))).more);
};
const close = (tenant: Tenant, month: string, when: string) => closePeriod(as(tenant, when), { month });

interface Line extends Record<string, unknown> {
  kind: string;
  calls: number;
  unpriced: number;
  cost: string;
}
const linesOf = (tenant: Tenant, month: string, revision = 1) =>
  asAdmin<Line>(
    `SELECT kind, to_char(of_month, 'YYYY-MM') AS of, account_id AS account, team, feature, provider, model, calls::int,
       fresh_input_tokens::int AS input, visible_output_tokens::int AS output, trim_scale(cost_usd)::text AS cost, unpriced_calls::int AS unpriced
     FROM statement_line WHERE tenant_id = $1 AND month = ($2 || '-01')::date AND revision = $3 ORDER BY n`,
    [tenant.id, month, revision],
  );
/** Over raw calls alone: a month from local midnight to local midnight, as PostgreSQL's own zones tell. */
const plainly = (tenant: Tenant, month: string) =>
  asAdmin<Line>(
    `SELECT 'usage' AS kind, $2::text AS of, coalesce(account_id, '') AS account, coalesce(team, '') AS team, coalesce(feature, '') AS feature,
       provider, model, (count(*) FILTER (WHERE share_no IS NULL OR share_no = 1))::int AS calls, sum(fresh_input_tokens)::int AS input,
       sum(visible_output_tokens)::int AS output, trim_scale(coalesce(sum(cost_usd), 0))::text AS cost,
       (count(*) FILTER (WHERE cost_usd IS NULL AND (share_no IS NULL OR share_no = 1)))::int AS unpriced
     FROM call WHERE tenant_id = $1 AND occurred_at >= ($2 || '-01')::timestamp AT TIME ZONE $3
       AND occurred_at < (($2 || '-01')::timestamp + interval '1 month') AT TIME ZONE $3
     GROUP BY 3, 4, 5, 6, 7 ORDER BY 3, 4, 5, 6, 7`,
    [tenant.id, month, tenant.timeZone],
  );
const sum = (values: readonly string[]) =>
  values.reduce((total, value) => total.plus(value), new Usd(0)).toFixed();
/** Statements in force, exactly; and the ledger with all corrections. */
const statedUsd = async (tenant: Tenant) =>
  (await asAdmin<{ usd: string }>("SELECT trim_scale(sum(cost_usd + corrections_usd))::text AS usd FROM statement WHERE tenant_id = $1 AND reopened_at IS NULL", [tenant.id]))[0]?.usd; // prettier-ignore
const ledgerUsd = async (tenant: Tenant) =>
  (await asAdmin<{ usd: string }>("SELECT trim_scale((SELECT sum(cost_usd) FROM call WHERE tenant_id = $1) + (SELECT coalesce(sum(delta_usd), 0) FROM call_correction WHERE tenant_id = $1))::text AS usd", [tenant.id]))[0]?.usd; // prettier-ignore

const models = 12;
beforeAll(async () => {
  for (let n = 1; n <= models; n += 1)
    await listPrice(`stated-${String(n)}`, { input: "1.37", output: "2.91" }, at("2026-01-01"));
  await asAdmin("SELECT create_month(m::date) FROM generate_series(DATE '2026-02-01', DATE '2026-12-01', interval '1 month') AS m"); // prettier-ignore
});
const freshModel = () => (model = `stated-${String((next += 1))}`);

describe("a month that is closed", () => {
  it.each([
    ["Asia/Kolkata", "2026-09", ["2026-08-31T18:29:59.999Z", "2026-08-31T18:30:00Z", "2026-09-30T18:29:59.999Z", "2026-09-30T18:30:00Z"]],
    // Its clocks change on the 8th: it is an hour short.
    ["America/New_York", "2026-03", ["2026-03-01T04:59:59.999Z", "2026-03-01T05:00:00Z", "2026-04-01T03:59:59.999Z", "2026-04-01T04:00:00Z"]],
  ])("is what raw calls of its local days say (%s, %s)", async (timeZone, month, edges) => {
    freshModel();
    const tenant = await makeTenant({ timeZone });
    const people = [{}, { accountId: "acme", userId: "u1" }, { accountId: "zeta", userId: "u2" }, { userId: "u3" }];
    const work = [{ feature: "chat", team: "core" }, { feature: "search", team: "core" }, { feature: "chat", team: "labs" }, {}];
    const day = (n: number) => `${month}-${String(1 + (n % 28)).padStart(2, "0")}T${String((n * 7) % 24).padStart(2, "0")}:30:00Z`;
    await store(tenant, "2026-11-10", [
      ...edges.map((edge, n) => call(`edge-${String(n)}`, edge, people[n])),
      ...Array.from({ length: 120 }, (_, n) => call(`c-${String(n)}`, day(n), { ...people[n % 4], ...work[(n >> 2) % 4], ...(n % 11 === 0 && { model: "unheard-of" }), usage: { inputTokens: 1_000 + n * 37, outputTokens: n * 13 } })),
      call("shared", day(5), { feature: "chat", shares: [{ userId: "u1", accountId: "acme" }, { userId: "u2", accountId: "zeta" }] }),
    ]);
    const answer = await close(tenant, month, "2026-11-11");
    const lines = await linesOf(tenant, month);
    const expected = await plainly(tenant, month);
    expect(lines).toEqual(expected);
    expect(lines.length).toBeGreaterThan(15);
    const { head } = await readStatement(as(tenant, "2026-11-11", "viewer"), { month });
    const exact = sum(expected.map(({ cost }) => cost));
    expect(answer).toMatchObject({ state: "closed", revision: 1, amountUsd: head.amountUsd, contentHash: head.contentHash });
    const count = (of: (line: Line) => number) => expected.reduce((total, line) => total + of(line), 0);
    expect(head).toMatchObject({ calls: count(({ calls }) => calls), unpricedCalls: count(({ unpriced }) => unpriced), correctionsUsd: "0.000000000000000000", timeZone, renamedAt: null });
    expect([head.calls > 115, head.unpricedCalls > 9]).toEqual([true, true]);
    expect(new Usd(head.costUsd).toFixed()).toBe(exact);
    expect(head.priceBook).toContain("platform test");
    expect(head.codeVersion).toMatch(/^\d+\.\d+\.\d+/);
    for (const by of statementViews) {
      const { rows, totalUsd, rest } = await readStatementView(as(tenant, "2026-11-11", "viewer"), { month, by });
      expect([totalUsd, rest]).toEqual([head.amountUsd, null]);
      expect(new Usd(sum(rows.map(({ amountUsd }) => amountUsd))).toFixed(2)).toBe(head.amountUsd);
      for (const { key, amountUsd } of rows) {
        const within = await readStatementView(as(tenant, "2026-11-11", "viewer"), { month, by, of: key });
        expect([within.totalUsd, new Usd(sum(within.rows.map((row) => row.amountUsd))).toFixed(2)]).toEqual([amountUsd, amountUsd]);
      }
    }
    expect(await verifyStatement(as(tenant, "2026-11-11", "viewer"), { month })).toMatchObject({ isIntact: true, addsUp: true, lines: lines.length });
  }); // prettier-ignore

  it("leaves no hour out and takes none twice when the zone changes between two months", async () => {
    freshModel();
    const tenant = await makeTenant({ timeZone: "Asia/Kolkata" });
    await store(tenant, "2026-11-10", [
      call("sep", "2026-09-30T18:29:00Z", { feature: "chat" }),
      call("between", "2026-09-30T22:00:00Z", { feature: "chat" }),
      call("oct", "2026-10-31T23:00:00Z", { feature: "chat" }),
    ]);
    await close(tenant, "2026-09", "2026-11-10");
    const moved = { ...tenant, timeZone: "America/New_York" };
    await asAdmin("UPDATE tenant SET time_zone = $2 WHERE tenant_id = $1", [tenant.id, moved.timeZone]);
    expect(await close(moved, "2026-10", "2026-11-11")).toMatchObject({ waitsFor: [{ code: "rebuilding" }] });
    await store(moved, "2026-11-11", [call("late", "2026-09-03T12:00:00Z", { feature: "search" })]);
    expect(await close(moved, "2026-10", "2026-11-11")).toMatchObject({ state: "closed" });
    expect((await linesOf(tenant, "2026-09")).map(({ calls }) => calls)).toEqual([1]);
    const october = await linesOf(tenant, "2026-10");
    expect(october.map(({ kind, of, feature, calls }) => [kind, of, feature, calls])).toEqual([
      ["usage", "2026-10", "chat", 2],
      ["late", "2026-09", "search", 1],
    ]);
    expect(await statedUsd(tenant)).toBe(await ledgerUsd(tenant));
  });

  it("stays as it is whatever comes later; each correction is in one later statement, also after a month was opened again", async () => {
    const named = freshModel();
    const tenant = await makeTenant({ timeZone: "Asia/Kolkata" });
    const scope = { from: "2026-09-01", to: "2026-12-31" };
    const anew = async (input: string, when: string) => {
      await listPrice(named, { input, output: "2.91" }, at(when));
      await reprice(tenant, scope, at(when));
      await roll(tenant, when);
    };
    await store(tenant, "2026-10-01", [call("s1", "2026-09-05T10:00:00Z", { feature: "chat", accountId: "acme" }), call("s2", "2026-09-06T10:00:00Z", { feature: "search" })]);
    await close(tenant, "2026-09", "2026-10-02");
    const september = await linesOf(tenant, "2026-09");

    await store(tenant, "2026-10-10", [call("s-late", "2026-09-07T10:00:00Z", { feature: "chat", accountId: "acme" }), call("o1", "2026-10-09T10:00:00Z", { feature: "chat" })]);
    const { late } = await sinceClosed(as(tenant, "2026-10-11"), { month: "2026-09" });
    expect(late).toMatchObject({ calls: 1 });
    await anew("1.7", "2026-10-15");
    await close(tenant, "2026-10", "2026-11-02");
    const kinds = async (month: string, revision?: number) => (await linesOf(tenant, month, revision)).map(({ kind, of, feature, calls }) => [kind, of, feature, calls]);
    const october = [["usage", "2026-10", "chat", 1], ["late", "2026-09", "chat", 1], ["price", "2026-09", "search", 1], ["price", "2026-09", "chat", 2]];
    expect(await kinds("2026-10")).toEqual(october);
    expect(await statedUsd(tenant)).toBe(await ledgerUsd(tenant));
    expect(await sinceClosed(as(tenant, "2026-11-03"), { month: "2026-09" })).toEqual({ late: { calls: 0, costUsd: "0" }, corrections: { costUsd: "0" } });

    // Late ones of both, corrections of both, and October opened again in between.
    await store(tenant, "2026-11-10", [call("s-later", "2026-09-08T10:00:00Z", { feature: "search" }), call("o-late", "2026-10-20T10:00:00Z", { feature: "chat" }), call("n1", "2026-11-05T10:00:00Z", { feature: "chat" })]);
    await anew("2.3", "2026-11-15");
    await expect(reopenPeriod(as(tenant, "2026-11-16", "owner"), { month: "2026-09", reason: "x" })).rejects.toThrow("later month is closed");
    await expect(reopenPeriod(as(tenant, "2026-11-16"), { month: "2026-10", reason: "x" })).rejects.toMatchObject({ code: "FORBIDDEN" });
    expect(await reopenPeriod(as(tenant, "2026-11-16", "owner"), { month: "2026-10", reason: "A tag was wrong." })).toEqual({ revision: 1 });
    // Calls that were corrected once keep their rows, though their month is open again: nothing counts twice.
    await anew("3.1", "2026-11-17");
    expect(await close(tenant, "2026-10", "2026-11-18")).toMatchObject({ state: "closed", revision: 2 });
    await anew("0.4", "2026-11-20");
    await store(tenant, "2026-11-21", [call("o-later", "2026-10-21T10:00:00Z", { feature: "search" })]);
    await anew("0.7", "2026-11-25");
    await close(tenant, "2026-11", "2026-12-02");

    expect(await statedUsd(tenant)).toBe(await ledgerUsd(tenant));
    // And that is what the eight calls cost by the last price, with nothing counted twice on the way.
    expect(await statedUsd(tenant)).toBe(new Usd("1237").times("0.7").plus(new Usd("311").times("2.91")).times(8).dividedBy(1_000_000).toFixed());
    expect(await linesOf(tenant, "2026-09")).toEqual(september);
    expect(await kinds("2026-10")).toEqual(october);
    expect(await kinds("2026-10", 2)).toEqual([["usage", "2026-10", "chat", 2], ["late", "2026-09", "search", 1], ["late", "2026-09", "chat", 1], ...october.slice(2)]);
    for (const revision of [1, 2]) expect(await verifyStatement(as(tenant, "2026-12-03"), { month: "2026-10", revision })).toMatchObject({ isIntact: true, addsUp: true });
    const { revisions } = await readStatement(as(tenant, "2026-12-03"), { month: "2026-10" });
    expect(revisions.map(({ revision, reopenedAt }) => [revision, reopenedAt])).toEqual([[2, null], [1, "2026-11-16T12:00:00.000Z"]]);
    const { events } = await listAudit(as(tenant, "2026-12-03", "owner"), {});
    expect(events.map(({ action }) => action).filter((action) => action.startsWith("period."))).toEqual(["period.closed", "period.closed", "period.reopened", "period.closed", "period.closed"]);
  }); // prettier-ignore

  it("is not closed where its lines are not what its hours hold", async () => {
    freshModel();
    const tenant = await makeTenant();
    await store(tenant, "2026-10-05", [call("a", "2026-09-05T10:00:00Z"), call("b", "2026-09-06T10:00:00Z")]);
    await asAdmin(
      "UPDATE rollup_user_day SET cost_usd = cost_usd + 0.000000000000000001 WHERE tenant_id = $1",
      [tenant.id],
    );
    await expect(close(tenant, "2026-09", "2026-10-06")).rejects.toMatchObject({ code: "INTERNAL" });
    const left =
      "SELECT FROM statement_line WHERE tenant_id = $1 UNION ALL SELECT FROM period WHERE tenant_id = $1";
    expect(await asAdmin(left, [tenant.id])).toEqual([]);
  });
});

describe("a month that waits", () => {
  async function waiting() {
    freshModel();
    const tenant = await makeTenant();
    await store(tenant, "2026-10-01", [call("a", "2026-09-05T10:00:00Z", { accountId: "acme" })]);
    await asAdmin("INSERT INTO rollup_dirty (tenant_id, hour) VALUES ($1, '2026-09-05T10:00:00Z')", [tenant.id]); // prettier-ignore
    expect(await close(tenant, "2026-09", "2026-10-02")).toMatchObject({
      waitsFor: [{ code: "rolling_up" }],
    });
    return tenant;
  }
  const periods = (tenant: Tenant) => asAdmin("SELECT FROM period WHERE tenant_id = $1", [tenant.id]);

  it("is closed by the job, once, by whichever of several workers, and told once", async () => {
    const tenant = await waiting();
    await asAdmin(
      `INSERT INTO destination (tenant_id, id, kind, name, target, target_digest, tail, routes, state, failures, created_by, created_at, updated_at)
       VALUES ($1, gen_random_uuid(), 'slack', 'test', '', '', '', '{"teams": [], "severities": [], "rules": []}', 'active', 0, 'test', now(), now())`,
      [tenant.id],
    );
    expect(await closeWaiting(job(tenant, "2026-10-02T13:00:00Z"))).toEqual({ closed: [] });
    const months = await listStatementMonths(as(tenant, "2026-10-02", "viewer"));
    expect(months.map(({ month, state }) => [month, state])).toEqual([
      ["2026-10", "running"],
      ["2026-09", "closing"],
    ]);
    expect(months[1]).toMatchObject({
      state: "closing",
      closing: {
        requestedAt: "2026-10-02T12:00:00.000Z",
        checkedAt: "2026-10-02T13:00:00.000Z",
        waitsFor: [{ code: "rolling_up" }],
      },
    });
    await roll(tenant, "2026-10-02T13:05:00Z");
    const answers = await Promise.all(
      [1, 2, 3, 4].map(() => closeWaiting(job(tenant, "2026-10-02T13:15:00Z"))),
    );
    expect(answers.flatMap(({ closed }) => closed)).toEqual(["2026-09"]);
    expect(await asAdmin("SELECT revision FROM statement WHERE tenant_id = $1", [tenant.id])).toEqual([{ revision: 1 }]); // prettier-ignore
    // Interrupted before it noted that it told, it tells again by the same key.
    const [closing] = await asAdmin("SELECT * FROM period_closing WHERE tenant_id = $1", [tenant.id]);
    expect(await tellClosed(job(tenant, "2026-10-02T13:16:00Z"))).toEqual({ messages: 1 });
    await asAdmin(
      "INSERT INTO period_closing SELECT * FROM jsonb_populate_record(NULL::period_closing, $1::jsonb)",
      [JSON.stringify(closing)],
    );
    expect(await tellClosed(job(tenant, "2026-10-02T13:17:00Z"))).toEqual({ messages: 0 });
    expect(await asAdmin("SELECT FROM period_closing WHERE tenant_id = $1", [tenant.id])).toEqual([]);
    const told = await asAdmin<{ title: string }>("SELECT message->>'title' AS title FROM delivery WHERE tenant_id = $1 AND key = 'report:statement:2026-09'", [tenant.id]); // prettier-ignore
    expect(told).toEqual([{ title: `September 2026 of ${tenant.name} is closed` }]);
  });

  it("is closed whole or not at all when the worker is killed after its lines were written", async () => {
    const tenant = await waiting();
    await roll(tenant, "2026-10-02T13:05:00Z");
    const admin = new Client({ connectionString: testDatabase().adminUrl });
    await admin.connect();
    try {
      await admin.query("BEGIN");
      await admin.query("LOCK TABLE statement IN SHARE ROW EXCLUSIVE MODE");
      const killed = closeWaiting(job(tenant, "2026-10-02T13:15:00Z")).catch((error: unknown) => error);
      const blocked =
        "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%INSERT INTO statement (%'";
      let pid: unknown;
      for (const until = Date.now() + 8_000; pid === undefined && Date.now() < until;)
        pid = (await asAdmin<{ pid: number }>(blocked))[0]?.pid;
      expect(pid).toEqual(expect.any(Number));
      await admin.query("SELECT pg_terminate_backend($1)", [pid]);
      expect(await killed).toBeInstanceOf(Error);
      await admin.query("ROLLBACK");
    } finally {
      await admin.end();
    }
    expect(await linesOf(tenant, "2026-09")).toEqual([]);
    expect(await periods(tenant)).toEqual([]);
    expect(await closeWaiting(job(tenant, "2026-10-02T13:30:00Z"))).toEqual({ closed: ["2026-09"] });
    expect(await linesOf(tenant, "2026-09")).toHaveLength(1);
  });

  it("is left open when the closing is cancelled, by whoever may close", async () => {
    const tenant = await waiting();
    await expect(
      cancelClosing(as(tenant, "2026-10-02", "viewer"), { month: "2026-09" }),
    ).rejects.toMatchObject({ code: "FORBIDDEN" });
    await cancelClosing(as(tenant, "2026-10-02"), { month: "2026-09" });
    await expect(cancelClosing(as(tenant, "2026-10-02"), { month: "2026-09" })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
    await roll(tenant, "2026-10-02");
    expect(await closeWaiting(job(tenant, "2026-10-03"))).toEqual({ closed: [] });
    expect(await periods(tenant)).toEqual([]);
  });
});

describe("a statement", () => {
  async function closed() {
    freshModel();
    const tenant = await makeTenant();
    await store(tenant, "2026-10-01", [
      call("a", "2026-09-05T10:00:00Z", { userId: "ann", accountId: "ann", feature: "chat" }),
      call("b", "2026-09-05T11:00:00Z", { accountId: "acme", feature: "chat" }),
    ]);
    await close(tenant, "2026-09", "2026-10-02");
    return tenant;
  }
  const verify = (tenant: Tenant) => verifyStatement(as(tenant, "2026-10-03"), { month: "2026-09" });

  it.each([
    ["an amount", "UPDATE statement_line SET cost_usd = cost_usd + 1 WHERE tenant_id = $1 AND n = 1", { isIntact: false, addsUp: false }],
    ["whose it is", "UPDATE statement_line SET feature = 'search' WHERE tenant_id = $1 AND n = 1", { isIntact: false, addsUp: true }],
    ["a line that is gone", "DELETE FROM statement_line WHERE tenant_id = $1 AND n = 2", { isIntact: false, addsUp: false }],
    ["when it was taken", "UPDATE statement SET taken_at = taken_at - interval '1 day' WHERE tenant_id = $1", { isIntact: false, addsUp: true }],
  ])("tells by its hash when somebody changes %s", async (_, sabotage, expected) => {
    const tenant = await closed();
    expect(await verify(tenant)).toMatchObject({ isIntact: true, addsUp: true, lines: 2 });
    await asAdmin(sabotage, [tenant.id]);
    expect(await verify(tenant)).toMatchObject(expected);
  }); // prettier-ignore

  it.each([
    ["write", "UPDATE statement_line SET cost_usd = 0"],
    ["write", "UPDATE statement_line SET account_id = 'x'"],
    ["write", "DELETE FROM statement_line"],
    ["write", "UPDATE statement SET amount_usd = 0"],
    ["write", "UPDATE statement SET content_hash = content_hash"],
    ["write", "DELETE FROM statement"],
    ["rollup", "UPDATE statement_line SET cost_usd = 0"],
    ["rollup", "DELETE FROM statement_line"],
    ["rollup", "UPDATE statement SET amount_usd = 0"],
    ["rollup", "INSERT INTO statement_line SELECT * FROM statement_line"],
  ] as const)("cannot be changed by the product's own roles (%s: %s)", async (role, sql) => {
    const tenant = await closed();
    await expect(as(tenant, "2026-10-03").db[role]((db) => db.$executeRawUnsafe(sql))).rejects.toThrow(
      /permission denied/,
    );
  });

  it("forgets a person with the rest of the product: amounts stay, the hash is made anew, and it says so", async () => {
    const tenant = await closed();
    const before = await readStatement(as(tenant, "2026-10-03"), { month: "2026-09" });
    const { alias } = await eraseUser(as(tenant, "2026-10-04", "owner"), { userId: "ann", confirm: "ann" });
    expect(await close(tenant, "2026-08", "2026-10-04")).toMatchObject({ waitsFor: [{ code: "erasing" }] });
    while ((await advanceErasure(job(tenant, "2026-10-04"))).more);
    const { head } = await readStatement(as(tenant, "2026-10-05"), { month: "2026-09" });
    expect(head).toMatchObject({
      amountUsd: before.head.amountUsd,
      costUsd: before.head.costUsd,
      renamedAt: "2026-10-04T12:00:00.000Z",
    });
    expect(head.contentHash).not.toBe(before.head.contentHash);
    expect(await verify(tenant)).toMatchObject({ isIntact: true, addsUp: true });
    expect((await linesOf(tenant, "2026-09")).map(({ account }) => account).sort()).toEqual(["acme", alias]);
    // Renamed is not late.
    await roll(tenant, "2026-10-05");
    expect(await sinceClosed(as(tenant, "2026-10-05"), { month: "2026-09" })).toMatchObject({
      late: { calls: 0, costUsd: "0" },
    });
  });

  it("is another tenant's nobody knows of", async () => {
    const tenant = await closed();
    const stranger = await makeTenant();
    expect((await verify(tenant)).isIntact).toBe(true);
    await expect(verify(stranger)).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(readStatement(as(stranger, "2026-10-03"), { month: "2026-09" })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
    await expect(
      reopenPeriod(as(stranger, "2026-10-03", "owner"), { month: "2026-09", reason: "x" }),
    ).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});
