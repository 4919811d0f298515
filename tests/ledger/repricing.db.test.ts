import { beforeAll, describe, expect, it } from "vitest";
import { listAudit } from "@/server/audit/list";
import { recordCalls } from "@/server/calls/record";
import type { Tenant } from "@/server/context";
import { closePeriod } from "@/server/periods/close";
import { listPeriods } from "@/server/periods/list";
import { Usd } from "@/server/prices/decimal";
import { approveRepricing } from "@/server/repricing/approve";
import { discardRepricing } from "@/server/repricing/discard";
import { listRepricings } from "@/server/repricing/list";
import { priceBacklog } from "@/server/repricing/price-backlog";
import { requestRepricing } from "@/server/repricing/request";
import { rollUp } from "@/server/rollups/roll-up";
import { asAdmin, contextOf, makeTenant, personWith, system } from "../factories/tenant";
import { listPrice } from "./made-prices";
import { differencesSql } from "./plain-sums";
import { applyAll, approve, previewAll, previewed, reprice, show } from "./reprice";

const at = (day: string, time = "12:00:00") => new Date(`2026-${day}T${time}Z`);
const now = at("11-20");
const scope = { from: "2026-09-01", to: "2026-12-01" };

let next = 0;
/** A model of this test's own, listed at $1 and $2 a million tokens. All are listed before a process reads the book. */
const freshModel = () => `house-${String((next += 1))}`;
const models = 60;
let unknown = 0;
const unknownModel = () => `unheard-of-${String((unknown += 1))}`;

const call = (id: string, occurredAt: Date, model: string, more: object = {}) => ({
  id,
  occurredAt: occurredAt.toISOString(),
  provider: "openai",
  model,
  feature: "chat",
  usage: { inputTokens: 1_000_000, outputTokens: 500_000 },
  ...more,
});

async function store(tenant: Tenant, calls: unknown[], receivedAt = at("11-10")) {
  const answer = await recordCalls(
    contextOf(tenant, system, receivedAt),
    { calls },
    { source: "test", anyAge: true },
  );
  expect(answer.rejected).toEqual([]);
}

async function roll(tenant: Tenant) {
  while ((await rollUp(contextOf(tenant, system, now))).more);
}

const ledger = (tenant: Tenant) =>
  asAdmin<{ call_id: string; cost: string | null; status: string }>(
    "SELECT call_id, trim_scale(cost_usd)::text AS cost, price_status AS status FROM call WHERE tenant_id = $1 ORDER BY occurred_at, call_id",
    [tenant.id],
  );
const costs = async (tenant: Tenant) => (await ledger(tenant)).map(({ cost }) => cost);
const corrections = (tenant: Tenant) =>
  asAdmin(
    `SELECT call_id, trim_scale(cost_usd)::text AS cost, trim_scale(delta_usd)::text AS delta, to_char(month, 'YYYY-MM') AS month
     FROM call_correction WHERE tenant_id = $1 ORDER BY n`,
    [tenant.id],
  );
const histories = (tenant: Tenant) =>
  asAdmin(
    "SELECT call_id, trim_scale(cost_usd)::text AS cost, price_status AS status, cause, feature FROM call_history WHERE tenant_id = $1 ORDER BY n",
    [tenant.id],
  );

/** A tenant whose calls of September (closed), October and November cost 2, and whose list says 3 by now. */
async function wronglyPriced() {
  const model = freshModel();
  const tenant = await makeTenant();
  await store(tenant, [
    call("sep", at("09-15"), model),
    call("oct", at("10-15"), model, { feature: "search" }),
    call("nov", at("11-05"), model),
  ]);
  await roll(tenant);
  await closePeriod(contextOf(tenant, personWith("finance"), at("11-12")), { month: "2026-09" });
  await listPrice(model, { input: "2", output: "2" }, at("11-15"));
  return { tenant, model };
}

beforeAll(async () => {
  for (let n = 1; n <= models; n += 1)
    await listPrice(`house-${String(n)}`, { input: "1", output: "2" }, at("08-01"));
  await asAdmin(
    "SELECT create_month(m::date) FROM generate_series(DATE '2026-08-01', DATE '2026-11-01', interval '1 month') AS m",
  );
});

describe("a repricing", () => {
  it("tells beforehand what it changes, changes nothing until approved, then exactly that", async () => {
    const { tenant } = await wronglyPriced();
    const before = await ledger(tenant);
    const id = await previewed(tenant, scope, now);
    const preview = await show(tenant, id, now);
    expect(preview).toMatchObject({
      state: "previewed",
      callsChanged: 3,
      deltaUsd: "3",
      progress: { seen: 3, total: 3 },
      preview: {
        open: { calls: 2, newlyPriced: 0, deltaUsd: "2" },
        closed: { calls: 1, newlyPriced: 0, deltaUsd: "1" },
        rows: [
          { month: "2026-09", closed: true, feature: "chat", calls: 1, beforeUsd: "2", afterUsd: "3", deltaUsd: "1" },
          { month: "2026-10", closed: false, feature: "search", calls: 1, beforeUsd: "2", afterUsd: "3", deltaUsd: "1" },
          { month: "2026-11", closed: false, feature: "chat", calls: 1, beforeUsd: "2", afterUsd: "3", deltaUsd: "1" },
        ],
      },
    }); // prettier-ignore
    expect(await ledger(tenant)).toEqual(before);
    expect(await asAdmin("SELECT FROM rollup_dirty WHERE tenant_id = $1", [tenant.id])).toEqual([]);

    await approve(tenant, id, now);
    await applyAll(tenant, id, now);
    expect(await costs(tenant)).toEqual(["2", "3", "3"]);
    expect(await corrections(tenant)).toEqual([{ call_id: "sep", cost: "3", delta: "1", month: "2026-09" }]);
    expect(await histories(tenant)).toEqual([
      { call_id: "oct", cost: "2", status: "priced", cause: "repricing", feature: "search" },
      { call_id: "nov", cost: "2", status: "priced", cause: "repricing", feature: "chat" },
    ]);
    const done = await show(tenant, id, now);
    expect(done).toMatchObject({ state: "done", callsChanged: 3, deltaUsd: "3", progress: { seen: 3 } });
    const said = ({ month, closed, feature, calls, deltaUsd }: (typeof done.applied.rows)[number]) => [month, closed, feature, calls, deltaUsd]; // prettier-ignore
    expect({ ...done.applied, rows: done.applied.rows.map(said) }).toEqual({
      ...preview.preview,
      rows: preview.preview.rows.map(said),
    });
    await roll(tenant);
    expect(await asAdmin(differencesSql)).toEqual([]);
  });

  it("writes down who asked, who approved and what came of it", async () => {
    const { tenant } = await wronglyPriced();
    const id = await reprice(tenant, scope, now);
    const { events } = await listAudit(contextOf(tenant, personWith("owner"), now), {});
    const said = events.filter(({ subject }) => subject === id);
    expect(said.map(({ action, actorKind, after }) => [action, actorKind, after])).toEqual([
      ["repricing.applied", "system", { callsSeen: 3, callsChanged: 3, deltaUsd: "3" }],
      ["repricing.approved", "person", { callsChanged: 3, deltaUsd: "3" }],
      ["repricing.requested", "person", { reason: "The list was wrong.", scope: { from: "2026-09-01T00:00:00.000Z", to: "2026-12-01T00:00:00.000Z" } }],
    ]); // prettier-ignore
  });

  it("changes nothing when it is done again", async () => {
    const { tenant } = await wronglyPriced();
    await reprice(tenant, scope, now);
    const [calls, booked, kept] = [await ledger(tenant), await corrections(tenant), await histories(tenant)];
    const again = await previewed(tenant, scope, at("11-21"));
    expect(await show(tenant, again, now)).toMatchObject({ callsChanged: 0, deltaUsd: "0" });
    await expect(approve(tenant, again, at("11-21"))).rejects.toThrow("would change nothing");
    expect([await ledger(tenant), await corrections(tenant), await histories(tenant)]).toEqual([
      calls,
      booked,
      kept,
    ]);
  });

  it("corrects a closed month again by the difference to what it was corrected to", async () => {
    const { tenant, model } = await wronglyPriced();
    await reprice(tenant, scope, now);
    await listPrice(model, { input: "0.5", output: "2" }, at("11-21"));
    await reprice(tenant, scope, at("11-22"));
    expect(await corrections(tenant)).toEqual([
      { call_id: "sep", cost: "3", delta: "1", month: "2026-09" },
      { call_id: "sep", cost: "1.5", delta: "-1.5", month: "2026-09" },
    ]);
    expect(await costs(tenant)).toEqual(["2", "1.5", "1.5"]);
  });

  it("prices by what was known when it was asked for, whatever is learned before it is approved", async () => {
    const { tenant, model } = await wronglyPriced();
    const { id } = await requestRepricing(contextOf(tenant, personWith("admin"), now), {
      scope,
      reason: "x",
    });
    await listPrice(model, { input: "50", output: "50" }, at("11-20", "12:00:01"));
    await previewAll(tenant, id, at("11-20", "12:01:00"));
    await listPrice(model, { input: "100", output: "100" }, at("11-20", "13:00:00"));
    await approve(tenant, id, at("11-20", "14:00:00"));
    await applyAll(tenant, id, at("11-20", "14:00:00"));
    expect(await costs(tenant)).toEqual(["2", "3", "3"]);
  });

  it("leaves calls alone that came after it was asked for: they were priced by a newer book", async () => {
    const { tenant, model } = await wronglyPriced();
    const id = await previewed(tenant, scope, now);
    await listPrice(model, { input: "9", output: "2" }, at("11-20", "13:00:00"));
    await store(tenant, [call("late", at("11-06"), model)], at("11-20", "15:00:00"));
    await approve(tenant, id, at("11-20", "16:00:00"));
    await applyAll(tenant, id, at("11-20", "16:00:00"));
    expect(await costs(tenant)).toEqual(["2", "3", "3", "10"]);
  });

  it.each([
    { name: "a feature", part: { feature: "search" }, changed: ["oct"] },
    { name: "a model that was not used", part: { model: "other" }, changed: [] },
    { name: "some days", part: { from: "2026-11-01", to: "2026-11-06" }, changed: ["nov"] },
    { name: "calls without a feature", part: { feature: null }, changed: [] },
    { name: "unpriced calls", part: { onlyUnpriced: true }, changed: [] },
    { name: "a provider", part: { provider: "openai" }, changed: ["sep", "oct", "nov"] },
  ])("can be about $name alone", async ({ part, changed }) => {
    const { tenant } = await wronglyPriced();
    const id = await previewed(tenant, { ...scope, ...part }, now);
    expect((await show(tenant, id, now)).callsChanged).toBe(changed.length);
    if (changed.length === 0) return;
    await approve(tenant, id, now);
    await applyAll(tenant, id, now);
    const said = [...(await corrections(tenant)), ...(await histories(tenant))].map((row) => row.call_id);
    expect(said).toEqual(changed);
  });

  it("keeps the microseconds of a call's time, and meets it once", async () => {
    const { tenant } = await wronglyPriced();
    await asAdmin("UPDATE call SET occurred_at = occurred_at + interval '123 microseconds' WHERE tenant_id = $1", [tenant.id]); // prettier-ignore
    const id = await reprice(tenant, scope, now);
    expect(await show(tenant, id, now)).toMatchObject({ callsChanged: 3, progress: { seen: 3 } });
    expect(await histories(tenant)).toHaveLength(2);
  });
});

describe("calls that served several", () => {
  const shares = [{ feature: "a", weight: 1 }, { feature: "b", weight: 1 }, { feature: "c", weight: 1 }]; // prettier-ignore

  it("are priced as a whole and split to the last digit, whichever of the shares is asked for", async () => {
    const model = freshModel();
    const tenant = await makeTenant();
    const usage = { inputTokens: 10, outputTokens: 0 };
    await store(tenant, [call("s", at("10-15"), model, { usage, shares }), call("t", at("10-15"), model)]);
    await listPrice(model, { input: "0.1", output: "1" }, at("11-15"));
    // A split of the shares one by one would give 4, 3 and 3 tokens their own prices.
    await reprice(tenant, { ...scope, feature: "b" }, now);
    expect(await costs(tenant)).toEqual(["0.000003333333333334", "0.000000333333333333", "0.000003333333333333", "2"]); // prettier-ignore
    await reprice(tenant, scope, at("11-21"));
    const own = (await costs(tenant)).slice(0, 3).map((cost) => cost ?? "NaN");
    expect(own).toEqual(["0.000000333333333334", "0.000000333333333333", "0.000000333333333333"]);
    expect(Usd.sum(...own).toFixed()).toBe("0.000001");
  });
});

describe("whoever approves", () => {
  it.each(["viewer", "admin"] as const)("is not a %s", async (role) => {
    const { tenant } = await wronglyPriced();
    const id = await previewed(tenant, scope, now);
    const ctx = contextOf(tenant, personWith(role), now);
    await expect(approveRepricing(ctx, { id, callsChanged: 3, deltaUsd: "3" })).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
  });

  it("is a person, not a job", async () => {
    const { tenant } = await wronglyPriced();
    const id = await previewed(tenant, scope, now);
    await expect(
      approveRepricing(contextOf(tenant, system, now), { id, callsChanged: 3, deltaUsd: "3" }),
    ).rejects.toMatchObject({ code: "FORBIDDEN" });
  });

  it.each([
    { name: "other calls", seen: { callsChanged: 2, deltaUsd: "3" } },
    { name: "another amount", seen: { callsChanged: 3, deltaUsd: "3.000000000000000001" } },
  ])("has seen $name and is told so", async ({ seen }) => {
    const { tenant } = await wronglyPriced();
    const id = await previewed(tenant, scope, now);
    const ctx = contextOf(tenant, personWith("finance"), now);
    await expect(approveRepricing(ctx, { id, ...seen })).rejects.toMatchObject({
      code: "CONFLICT",
      message: expect.stringContaining("since you looked") as string,
    });
    expect((await show(tenant, id, now)).state).toBe("previewed");
  });

  it("is one of two who do so at once", async () => {
    const { tenant } = await wronglyPriced();
    const id = await previewed(tenant, scope, now);
    const answers = await Promise.allSettled([approve(tenant, id, now), approve(tenant, id, now)]);
    expect(answers.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const { events } = await listAudit(contextOf(tenant, personWith("owner"), now), {});
    expect(events.filter(({ action }) => action === "repricing.approved")).toHaveLength(1);
  });

  it("lets one run loose at a time", async () => {
    const { tenant } = await wronglyPriced();
    const [one, other] = [await previewed(tenant, scope, now), await previewed(tenant, scope, now)];
    const answers = await Promise.allSettled([approve(tenant, one, now), approve(tenant, other, now)]);
    const refused = answers.flatMap((answer) =>
      answer.status === "rejected" ? [String(answer.reason)] : [],
    );
    expect(refused).toEqual([expect.stringContaining("A repricing is running")]);
    await expect(
      asAdmin("UPDATE reprice_run SET state = 'running' WHERE tenant_id = $1", [tenant.id]),
    ).rejects.toThrow("reprice_run_running");
  });

  it("needs a new preview when calls were priced anew or a month was closed meanwhile", async () => {
    const { tenant } = await wronglyPriced();
    const id = await previewed(tenant, scope, now);
    await reprice(tenant, { ...scope, feature: "search" }, at("11-20", "13:00:00"));
    await expect(approve(tenant, id, at("11-20", "14:00:00"))).rejects.toThrow("priced anew meanwhile");

    const after = await previewed(tenant, scope, at("11-20", "15:00:00"));
    const finance = contextOf(tenant, personWith("finance"), at("11-20", "16:00:00"));
    await roll(tenant);
    await closePeriod(finance, { month: "2026-10" });
    await expect(approve(tenant, after, at("11-20", "17:00:00"))).rejects.toThrow(
      "month was closed meanwhile",
    );
  });
});

it("a discarded run cannot be approved, an approved one not discarded", async () => {
  const { tenant } = await wronglyPriced();
  const admin = contextOf(tenant, personWith("admin"), now);
  const laidAside = await previewed(tenant, scope, now);
  await discardRepricing(admin, { id: laidAside });
  await expect(approve(tenant, laidAside, now)).rejects.toThrow("was discarded");
  const done = await reprice(tenant, scope, now);
  await expect(discardRepricing(admin, { id: done })).rejects.toMatchObject({ code: "CONFLICT" });
  const listed = await listRepricings(contextOf(tenant, personWith("viewer"), now));
  expect(listed.map(({ state }) => state).sort()).toEqual(["discarded", "done"]);
});

it("announces a request and an approval, after they are stored", async () => {
  const { tenant } = await wronglyPriced();
  const ctx = contextOf(tenant, personWith("admin"), now);
  const { id } = await requestRepricing(ctx, { scope, reason: "x" });
  const data = { tenantId: tenant.id, runId: id };
  expect(ctx.emitted).toEqual([{ name: "repricing/requested", data }]);
  await previewAll(tenant, id, now);
  const finance = contextOf(tenant, personWith("finance"), now);
  await approveRepricing(finance, { id, callsChanged: 3, deltaUsd: "3.0" });
  expect(finance.emitted).toEqual([{ name: "repricing/approved", data }]);
});

it("another tenant's run is not there", async () => {
  const { tenant } = await wronglyPriced();
  const id = await previewed(tenant, scope, now);
  const stranger = await makeTenant();
  await expect(show(stranger, id, now)).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(applyAll(stranger, id, now)).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(
    approveRepricing(contextOf(stranger, personWith("owner"), now), { id, callsChanged: 3, deltaUsd: "3" }),
  ).rejects.toMatchObject({ code: "NOT_FOUND" });
});

describe("closing a month", () => {
  it("is for finance and the owner, once, when the month is over in the tenant's zone", async () => {
    const tenant = await makeTenant({ timeZone: "Asia/Kolkata" });
    const close = (role: "admin" | "finance", when: Date) =>
      closePeriod(contextOf(tenant, personWith(role), when), { month: "2026-10" });
    await expect(close("admin", now)).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(close("finance", at("10-31", "18:29:59"))).rejects.toMatchObject({ code: "INVALID_INPUT" });
    // Late calls are waited for until its last hour is final.
    expect(await close("finance", at("10-31", "18:30:00"))).toMatchObject({
      state: "closing",
      waitsFor: [{ code: "not_final", until: "2026-10-31T19:30:00.000Z" }],
    });
    expect(await close("finance", at("10-31", "19:30:00"))).toMatchObject({ state: "closed", revision: 1 });
    await expect(close("finance", now)).rejects.toThrow("closed already");
    expect(await listPeriods(contextOf(tenant, personWith("viewer"), now))).toEqual([
      { month: "2026-10", timeZone: "Asia/Kolkata", closedAt: "2026-10-31T19:30:00.000Z", closedBy: expect.any(String) as string, despite: null },
    ]); // prettier-ignore
  });

  it("waits until a repricing has ended", async () => {
    const { tenant } = await wronglyPriced();
    const id = await previewed(tenant, scope, now);
    await approve(tenant, id, now);
    const finance = contextOf(tenant, personWith("finance"), now);
    const waits = await closePeriod(finance, { month: "2026-10" });
    expect(waits).toMatchObject({ state: "closing", waitsFor: [{ code: "repricing" }] });
    expect((await listPeriods(finance)).map(({ month }) => month)).toEqual(["2026-09"]);
    await applyAll(tenant, id, now);
    await roll(tenant);
    expect(await closePeriod(finance, { month: "2026-10" })).toMatchObject({ state: "closed" });
  });
});

describe("the backlog of calls without a price", () => {
  async function waiting() {
    const model = unknownModel();
    const tenant = await makeTenant();
    await store(tenant, [
      call("sep", at("09-15"), model),
      call("nov", at("11-05"), model),
      call("never", at("11-06"), unknownModel()),
    ]);
    await roll(tenant);
    await closePeriod(contextOf(tenant, personWith("finance"), at("11-12")), { month: "2026-09" });
    return { tenant, model };
  }
  const look = (tenant: Tenant, when: Date) =>
    priceBacklog(contextOf(tenant, { kind: "system", job: "price-backlog" }, when), null);

  it("is left alone as long as nothing has a price", async () => {
    const { tenant } = await waiting();
    expect(await look(tenant, now)).toEqual({ runId: null, after: null, isBusy: false });
    expect(await asAdmin("SELECT FROM reprice_run WHERE tenant_id = $1", [tenant.id])).toEqual([]);
  });

  it("is priced by itself once a price is known; closed months get corrections; and only once", async () => {
    const { tenant, model } = await waiting();
    await listPrice(model, { input: "1", output: "2" }, at("11-19"));
    const { runId } = await look(tenant, now);
    expect(runId).not.toBeNull();
    expect(await look(tenant, now)).toMatchObject({ runId: null, isBusy: true });
    await applyAll(tenant, runId ?? "", now);
    expect(await ledger(tenant)).toEqual([
      { call_id: "sep", cost: null, status: "unpriced" },
      { call_id: "nov", cost: "2", status: "priced" },
      { call_id: "never", cost: null, status: "unpriced" },
    ]);
    expect(await corrections(tenant)).toEqual([{ call_id: "sep", cost: "2", delta: "2", month: "2026-09" }]);
    expect(await show(tenant, runId ?? "", now)).toMatchObject({
      requestedBy: "price-backlog",
      approvedBy: "price-backlog",
      applied: { open: { newlyPriced: 1 }, closed: { newlyPriced: 1 } },
    });
    expect(await look(tenant, at("11-21"))).toEqual({ runId: null, after: null, isBusy: false });
    const { events } = await listAudit(contextOf(tenant, personWith("owner"), now), {});
    expect(events.map(({ action, actorKind }) => [action, actorKind]).slice(0, 2)).toEqual([
      ["repricing.applied", "system"],
      ["repricing.started", "system"],
    ]);
  });
});
