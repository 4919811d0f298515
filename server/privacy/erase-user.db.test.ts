import { beforeAll, describe, expect, it } from "vitest";
import { saveRule } from "@/server/attribution/save-rule";
import { recordCalls } from "@/server/calls/record";
import type { Ctx, Tenant } from "@/server/context";
import { withClient } from "@/server/launch/provision";
import { closePeriod } from "@/server/periods/close";
import { rollUp } from "@/server/rollups/roll-up";
import { sumRecentDays } from "@/server/rollups/sum-recent-days";
import { insertSql, makeRow, tablesOf } from "@/tests/factories/rows";
import { asAdmin, contextOf, loadPrices, makeTenant, personWith, system } from "@/tests/factories/tenant";
import { testDatabase } from "@/tests/setup/database";
import { advanceErasure } from "./advance-erasure";
import { eraseUser } from "./erase-user";
import { listErasures } from "./list-erasures";
import { setPseudonyms } from "./set-pseudonyms";

const now = new Date("2026-11-20T12:00:00Z");
const ada = 'ada+"canary"@example.com';
const as = (tenant: Tenant, role: "admin" | "owner" | "finance" = "admin") =>
  contextOf(tenant, personWith(role), now);
const job = (tenant: Tenant) => contextOf(tenant, system, now);
const call = (id: string, more: object = {}) => ({
  id,
  occurredAt: "2026-11-20T11:00:00Z",
  provider: "openai",
  model: "gpt-4o",
  usage: { inputTokens: 1000, outputTokens: 100 },
  ...more,
});
const store = (tenant: Tenant, calls: unknown[]) =>
  recordCalls(job(tenant), { calls }, { source: "import", anyAge: true });

async function finish(tenant: Tenant, limit = 3): Promise<void> {
  while ((await advanceErasure(job(tenant), { limit })).more);
}

/** Rows of any table that hold the text, in the clear or as JSON. */
async function whereabouts(text: string): Promise<string[]> {
  const escaped = JSON.stringify(text).slice(1, -1);
  return withClient(testDatabase().adminUrl, async (admin) => {
    const found: string[] = [];
    for (const { name } of await tablesOf(admin)) {
      const { rows } = await admin.query<{ row: string }>(
        `SELECT row_to_json(t)::text AS row FROM ${name} t
         WHERE strpos(row_to_json(t)::text, $1) > 0 OR strpos(row_to_json(t)::text, $2) > 0 OR strpos(t::text, $3) > 0`,
        [escaped, JSON.stringify(escaped).slice(1, -1), text],
      );
      found.push(...rows.map(({ row }) => `${name}: ${row}`));
    }
    return found;
  });
}

const amounts = (tenant: Tenant) =>
  asAdmin(
    `SELECT (SELECT count(*) || ' ' || sum(cost_usd) FROM call WHERE tenant_id = $1) AS ledger,
       (SELECT sum(calls) || ' ' || sum(cost_usd) FROM rollup_day WHERE tenant_id = $1) AS days,
       (SELECT sum(calls) || ' ' || sum(cost_usd) FROM rollup_user_day WHERE tenant_id = $1) AS users,
       (SELECT sum(calls) || ' ' || sum(cost_usd) FROM rollup_run_day WHERE tenant_id = $1) AS runs,
       (SELECT count(*) FROM usage_event WHERE tenant_id = $1) AS events,
       (SELECT sum(delta_usd) FROM call_correction WHERE tenant_id = $1) AS corrections,
       (SELECT sum(cost_usd) FROM call_history WHERE tenant_id = $1) AS history`,
    [tenant.id],
  );

/** A row in each table that the product fills by other ways, about a user. */
async function fillOtherTables(tenant: Tenant, userId: string): Promise<void> {
  const owner = { tenantId: tenant.id, id: "11111111-0000-4000-8000-000000000001", canary: "x" };
  const person = { user_id: userId, account_id: userId };
  const tags = JSON.stringify({ who: userId });
  const budgetOf = {
    subject_kind: "user",
    period: "month",
    amount_usd: 10,
    thresholds: "{80,100}",
    enforcement: null,
  };
  const sentence = JSON.stringify({ sentence: `User ${userId} cost $40.00 in a day.` });
  const incidentOf = {
    rule: "user-runaway",
    subject_kind: "user",
    state: "open",
    snoozed_until: null,
    resolved_at: null,
  };
  const rows: Record<string, object> = {
    call_linked: { ...person, tags, kind: "llm" },
    reprice_run: { scope: "{}", state: "done" },
    call_history: person,
    call_correction: { ...person, kind: "llm" },
    usage_event: person,
    end_user: { user_id: userId },
    trace_span: { tags: JSON.stringify({ userId }) },
    call_quarantine: {
      call: JSON.stringify({ id: "q", userId, shares: [{ userId }], tags: { who: userId } }),
    },
    tag_value: { tag: "tags.who", value: userId },
    import_run: {
      mapping: JSON.stringify({ columns: { occurredAt: "at" }, set: { userId } }),
      state: "done",
    },
    saved_view: {
      params: JSON.stringify([
        ["f", `-user:${userId}`],
        ["f", `account:${userId}`],
        ["q", userId],
        ["f", "feature:chat"],
      ]),
      deleted_at: null,
    },
    alert_setting: { rule: "user-runaway", subject_kind: "user", subject_key: userId, params: "{}" },
    incident: { ...incidentOf, subject_key: userId, details: sentence },
    incident_event: { kind: "opened", details: sentence },
    budget: { ...budgetOf, subject_key: userId, valid_to: null },
    rollup_user_day: { ...person, day: "2025-01-01" },
    rollup_run_day: { ...person, day: "2025-01-01" },
    rollup_day: { day: "2025-01-01", kind: "llm" },
    user_period: { ...person, period: "2025-01-01", first_day: "2025-01-01" },
    user_lifetime: person,
    activity_touched: { user_id: userId },
  };
  await withClient(testDatabase().adminUrl, async (admin) => {
    const tables = await tablesOf(admin);
    for (const [name, overrides] of Object.entries(rows)) {
      const table = tables.find((one) => one.name === name);
      if (!table) throw new Error(`There is no table ${name}`);
      const { text, values } = insertSql(name, makeRow(table, owner, { ...overrides }));
      await admin.query(text, values);
    }
    await admin.query("UPDATE usage_event SET account_id = NULL WHERE tenant_id = $1", [tenant.id]);
  });
}

beforeAll(() => loadPrices(now));

describe("erasing a user", () => {
  it("takes the id from every table and keeps every amount", async () => {
    const tenant = await makeTenant();
    await store(tenant, [
      call("a", { userId: ada, feature: "chat" }),
      call("b", {
        userId: ada,
        accountId: ada,
        tags: { who: ada, note: "kept" },
        occurredAt: "2026-10-05T10:00:00Z",
      }),
      call("c", { userId: "bob", tags: { assignee: ada } }),
      call("d", { userId: `${ada}2` }),
      call("e", { shares: [{ userId: ada }, { userId: "bob" }] }),
      ...Array.from({ length: 10 }, (_, at) =>
        call(`more-${String(at)}`, { userId: at % 2 === 0 ? ada : "bob" }),
      ),
    ]);
    await rollUp(job(tenant));
    await sumRecentDays(job(tenant));
    await closePeriod(as(tenant, "owner"), { month: "2026-10" });
    await fillOtherTables(tenant, ada);
    await saveRule(as(tenant), {
      name: "hers",
      conditions: [{ field: "userId", op: "is", value: ada }],
      sets: { accountId: ada },
    });
    const before = await amounts(tenant);
    // 2 × her own, hers of `more`, her share: control that the search finds what it should.
    expect((await whereabouts(ada)).length).toBeGreaterThan(20);

    const { alias } = await eraseUser(as(tenant), { userId: ada, confirm: ada });
    await finish(tenant);
    const left = (await whereabouts(ada)).filter(
      (row) => !row.includes(`${JSON.stringify(ada).slice(1, -1)}2`),
    );
    expect(left).toEqual([]);
    expect(await amounts(tenant)).toEqual(before);
    expect(alias).toMatch(/^erased_[\w-]{16}$/);
    const calls = await asAdmin<{ call_id: string; user_id: string; tags: unknown }>(
      "SELECT call_id, user_id, tags FROM call WHERE tenant_id = $1 AND call_id IN ('a', 'b', 'c', 'd') ORDER BY call_id",
      [tenant.id],
    );
    expect(calls).toEqual([
      { call_id: "a", user_id: alias, tags: null },
      { call_id: "b", user_id: alias, tags: { who: alias, note: "kept" } },
      { call_id: "c", user_id: "bob", tags: { assignee: alias } },
      { call_id: "d", user_id: `${ada}2`, tags: null },
    ]);
    const views = await asAdmin("SELECT params FROM saved_view WHERE tenant_id = $1", [tenant.id]);
    expect(views).toEqual([
      {
        params: [
          ["f", `-user:${alias}`],
          ["f", `account:${alias}`],
          ["q", alias],
          ["f", "feature:chat"],
        ],
      },
    ]);
    expect(await asAdmin("SELECT subject FROM erasure WHERE tenant_id = $1", [tenant.id])).toEqual([
      { subject: null },
    ]);
    const [erasure] = await listErasures(as(tenant));
    expect(erasure).toMatchObject({ alias, state: "done", failure: null, events: 1 });
    const rows = await asAdmin("SELECT action FROM audit_event WHERE tenant_id = $1 AND action LIKE 'user.%' ORDER BY seq", [tenant.id]); // prettier-ignore
    expect(rows).toEqual([{ action: "user.erasure-requested" }, { action: "user.erased" }]);
  });

  it("takes it from roll-ups of calls that are no longer kept", async () => {
    const tenant = await makeTenant();
    await store(tenant, [call("gone", { userId: "fay-canary", feature: "chat", occurredAt: "2026-10-05T10:00:00Z" })]); // prettier-ignore
    await rollUp(job(tenant));
    await sumRecentDays(job(tenant));
    await asAdmin("DELETE FROM call WHERE tenant_id = $1", [tenant.id]);
    const kept = (await whereabouts("fay-canary")).map((row) => row.split(":")[0]);
    expect(kept).toEqual(expect.arrayContaining(["rollup_block_by", "rollup_user_block", "rollup_user_day"]));
    await eraseUser(as(tenant), { userId: "fay-canary", confirm: "fay-canary" });
    await finish(tenant);
    expect(await whereabouts("fay-canary")).toEqual([]);
  });

  it("finds what is stored raw and what is stored under the pseudonym", async () => {
    const tenant = await makeTenant();
    await store(tenant, [call("raw", { userId: "carol-canary" })]);
    await setPseudonyms(as(tenant), { pseudonymise: true, confirm: true });
    await store(tenant, [call("hidden", { userId: " carol-canary " }), call("other", { userId: "dave" })]);
    const { alias } = await eraseUser(as(tenant), { userId: "carol-canary", confirm: "carol-canary" });
    await finish(tenant);
    const rows = await asAdmin<{ call_id: string; user_id: string }>(
      "SELECT call_id, user_id FROM call WHERE tenant_id = $1 ORDER BY call_id",
      [tenant.id],
    );
    expect(rows).toMatchObject([
      { call_id: "hidden", user_id: alias },
      { call_id: "other" },
      { call_id: "raw", user_id: alias },
    ]);
    expect(rows[1]?.user_id).toMatch(/^u_/);
  });

  it("goes on from where it was killed and touches no other tenant", async () => {
    const [tenant, other] = [await makeTenant(), await makeTenant()];
    const calls = Array.from({ length: 12 }, (_, at) =>
      call(`c${String(at)}`, {
        userId: "eve-canary",
        occurredAt: `2026-11-${String(at + 1).padStart(2, "0")}T10:00:00Z`,
      }),
    );
    await store(tenant, calls);
    await store(other, calls);
    await eraseUser(as(tenant), { userId: "eve-canary", confirm: "eve-canary" });
    await advanceErasure(job(tenant), { limit: 4 });
    const ctx = job(tenant);
    const killed = () => Object.assign(new Error("killed"), { name: "DomainError", code: "UNAVAILABLE" });
    const dying: Ctx = {
      ...ctx,
      db: {
        ...ctx.db,
        rollup: (fn) => ctx.db.rollup(async (db) => Promise.reject(killed()).finally(() => fn(db))),
      },
    };
    await expect(advanceErasure(dying, { limit: 4 })).rejects.toThrow("killed");
    await Promise.all([finish(tenant, 4), finish(tenant, 4)]);
    expect(await listErasures(as(tenant))).toMatchObject([{ state: "done", calls: 12 }]);
    const ids = await asAdmin<{ tenant_id: string }>(
      "SELECT DISTINCT tenant_id FROM call WHERE user_id = 'eve-canary'",
    );
    expect(ids).toEqual([{ tenant_id: other.id }]);
  });

  it("wants the right, and the id typed twice", async () => {
    const tenant = await makeTenant();
    await expect(eraseUser(as(tenant, "finance"), { userId: "u", confirm: "u" })).rejects.toMatchObject({ code: "FORBIDDEN" }); // prettier-ignore
    await expect(eraseUser(as(tenant), { userId: "u", confirm: "v" })).rejects.toThrow();
  });
});
