import { beforeAll, describe, expect, it, vi } from "vitest";
import { recordCalls } from "@/server/calls/record";
import type { Role } from "@/server/auth/permissions";
import { setBudget } from "@/server/budgets/set";
import { addDays } from "@/server/calendar/local-day";
import type { Tenant } from "@/server/context";
import { addDestination } from "@/server/delivery/add";
import { rollUp } from "@/server/rollups/roll-up";
import { makeIncident } from "@/tests/factories/incident-rows";
import { makeMember, makePerson } from "@/tests/factories/person";
import {
  asAdmin,
  contextOf,
  loadPrices,
  makeTenant,
  personWith,
  system,
  type TestCtx,
} from "@/tests/factories/tenant";
import { finishReview } from "./finish";
import { listReviews } from "./list";
import { makeReview } from "./make";
import { makeDueReview } from "./make-due";
import { readReview } from "./read";
import { reopenReview } from "./reopen";
import { reviewSteps } from "./schemas";
import { setReviewOwner } from "./set-owner";
import * as taking from "./take";
import { tickStep } from "./tick";
import { untickStep } from "./untick";

const zone = "Asia/Kolkata";
/** Monday, eight in Kolkata. */
const monday = new Date("2026-11-16T02:30:00Z");
const week = "2026-11-09";
/** Noon in Kolkata. */
const noon = (day: string) => `${day}T06:30:00Z`;
beforeAll(() => loadPrices(new Date("2026-10-01T00:00:00Z")));

/** gpt-4o: $2.50 a million. */
const call = (id: string, occurredAt: string, inputTokens: number, more: object = {}) => ({
  id,
  occurredAt,
  provider: "openai",
  model: "gpt-4o",
  usage: { inputTokens },
  feature: "chat",
  team: "core",
  ...more,
});

async function store(tenant: Tenant, calls: unknown[], at = monday) {
  const ctx = contextOf(tenant, system, at);
  const answer = await recordCalls(ctx, { calls }, { source: "api" });
  expect(answer.rejected).toEqual([]);
  await asAdmin("UPDATE rollup_dirty SET marked_at = $2 WHERE tenant_id = $1", [tenant.id, at]);
  while ((await rollUp(ctx)).more);
}

const hook = (name: string) => `https://hooks.slack.com/services/T0/B0/${name}${"x".repeat(16)}`;
const of = (tenant: Tenant, role: Role = "admin", at = monday) => contextOf(tenant, personWith(role), at);
const walker = "00000000-0000-4000-8000-00000000000b";

describe("a week's figures", () => {
  let tenant: Tenant;
  beforeAll(async () => {
    tenant = await makeTenant({ timeZone: zone });
    await store(tenant, [
      // Four weeks of a dollar a day; the eighth has its own.
      ...Array.from({ length: 26 }, (_, n) => call(`base-${String(n)}`, noon(addDays("2026-10-13", n)), 400_000)),
      // The week's first and last quarter of an hour, and what lies just beyond.
      call("before", "2026-11-08T18:29:00Z", 400_000),
      call("first", "2026-11-08T18:30:00Z", 4_000_000),
      call("last", "2026-11-15T18:29:59.999Z", 800_000),
      call("after", "2026-11-15T18:30:00Z", 9_000_000),
      ...Array.from({ length: 20 }, (_, n) => call(`new-${String(n)}`, noon("2026-11-11"), 200_000, { feature: "drafts", team: undefined, userId: "quentin" })),
      ...Array.from({ length: 20 }, (_, n) => call(`chat-${String(n)}`, noon("2026-11-03"), 40_000)),
      call("unpriced", noon("2026-11-10"), 7_000, { model: "in-house-7b", provider: "acme", feature: undefined }),
    ]); // prettier-ignore
    await setBudget(of(tenant), { subject: { kind: "user", key: "quentin" }, amountUsd: "12" });
    await setBudget(of(tenant), { subject: { kind: "feature", key: "quiet" }, amountUsd: "500" });
    await makeIncident(tenant, { openedAt: new Date(noon("2026-11-10")), subject: { kind: "user", key: "quentin" } });
    await makeIncident(tenant, { openedAt: new Date(noon("2026-11-16")), subject: { kind: "feature", key: "late" } });
    expect(await makeReview(of(tenant))).toEqual({ week, made: true, destinations: 0 });
  }); // prettier-ignore

  it("are those of the reports, of whole local days", async () => {
    const { review } = await readReview(of(tenant, "viewer"), { week });
    const { spend, growth, calls, incidents, budgets, gaps } = review.figures;
    const [raw] = await asAdmin<{ usd: string; calls: number }>(
      `SELECT trim_scale(sum(cost_usd))::text AS usd, count(*)::int AS calls FROM call WHERE tenant_id = $1
         AND (occurred_at AT TIME ZONE $2)::date BETWEEN '2026-11-09' AND '2026-11-15'`,
      [tenant.id, zone],
    );
    expect([spend.costUsd, spend.calls]).toEqual([raw?.usd, raw?.calls]);
    expect(spend).toMatchObject({
      costUsd: "22",
      calls: 23,
      unpricedCalls: 1,
      previous: { costUsd: "9", calls: 27 },
      changeUsd: "13",
    });
    expect(spend.days.map(({ day, costUsd, previousUsd }) => [day.slice(8), costUsd, previousUsd])).toEqual([
      ["09", "10", "1"],
      ["10", "0", "3"],
      ["11", "10", "1"],
      ["12", "0", "1"],
      ["13", "0", "1"],
      ["14", "0", "1"],
      ["15", "2", "1"],
    ]);
    expect(growth.features.map(({ key, changeUsd, isNew }) => [key, changeUsd, isNew])).toEqual([
      ["drafts", "10", true],
    ]);
    expect(growth.teams).toEqual([
      { key: null, costUsd: "10", previousUsd: "0", changeUsd: "10", changeRatio: null, isNew: true },
    ]);
    expect(calls).toHaveLength(10);
    expect(calls.slice(0, 2).map(({ id }) => id)).toEqual(["first", "last"]);
    expect(incidents).toMatchObject({ opened: 1, resolved: 0, unresolved: 1 });
    expect(budgets).toMatchObject({ inForce: 2, near: 1 });
    expect(budgets.list[0]).toMatchObject({ subjectKind: "user", usedUsd: "10", amountUsd: "12" });
    expect(gaps).toMatchObject({ unpricedCalls: 1, unpricedTokens: 7_000 });
    expect(gaps.lacking.map(({ tag, costUsd }) => [tag, costUsd])).toEqual([
      ["feature", "0"],
      ["team", "10"],
    ]);
  });

  it("expect of the week what its days did not know", async () => {
    const { review } = await readReview(of(tenant), { week });
    // About a dollar a day, and nothing of the week's own $22.
    expect(review.figures.spend.forecast?.method).toBe("weekday-aware");
    expect(Number(review.figures.spend.forecast?.expectedUsd)).toBeGreaterThan(6);
    expect(Number(review.figures.spend.forecast?.expectedUsd)).toBeLessThan(11);
  });

  it("name no person", async () => {
    const { review } = await readReview(of(tenant), { week });
    expect(review.figures.incidents.list[0]).toMatchObject({ subjectKind: "user", subjectKey: null });
    expect(JSON.stringify(review)).not.toContain("quentin");
  });

  it("stay as they were taken, whatever comes later", async () => {
    await store(tenant, [call("late", noon("2026-11-12"), 40_000_000)], new Date("2026-11-16T05:00:00Z"));
    expect(await makeReview(of(tenant))).toEqual({ week, made: false, destinations: 0 });
    const { review } = await readReview(of(tenant), { week });
    expect([review.figures.spend.costUsd, review.takenAt]).toEqual(["22", monday]);
    const asApp = contextOf(tenant, system, monday).db.write((db) => db.$executeRaw`UPDATE weekly_review SET figures = '{}' WHERE tenant_id = ${tenant.id}::uuid`); // prettier-ignore
    await expect(asApp).rejects.toThrow(/permission denied/);
  });
});

describe("making it", () => {
  it("is done once, by however many workers, and told once to who takes everything", async () => {
    const tenant = await makeTenant();
    await store(tenant, [call("one", noon("2026-11-11"), 1_000)]);
    await addDestination(of(tenant), { kind: "slack", name: "all", url: hook("all") });
    await addDestination(of(tenant), { kind: "slack", name: "some", url: hook("some"), routes: { severities: ["critical"] } }); // prettier-ignore
    const at = new Date("2026-11-16T08:00:00Z");
    const made = await Promise.all([1, 2, 3].map(() => makeDueReview(contextOf(tenant, system, at))));
    expect(made.filter((one) => one?.made)).toHaveLength(1);
    const sent = await asAdmin("SELECT key, guarantee, message ->> 'title' AS title FROM delivery WHERE tenant_id = $1", [tenant.id]); // prettier-ignore
    expect(sent).toEqual([
      {
        key: `report:review:${week}`,
        guarantee: "at_least_once",
        title: `Weekly review of ${tenant.name}: 9 Nov 2026 to 15 Nov 2026`,
      },
    ]);
    const [row] = await asAdmin("SELECT told_at FROM weekly_review WHERE tenant_id = $1", [tenant.id]);
    expect(row?.told_at).toEqual(at);
  });

  it("tells what was made and not told, when it was interrupted between", async () => {
    const tenant = await makeTenant();
    await store(tenant, [call("one", noon("2026-11-11"), 1_000)]);
    await makeReview(of(tenant));
    await asAdmin("UPDATE weekly_review SET told_at = NULL WHERE tenant_id = $1", [tenant.id]);
    await addDestination(of(tenant), { kind: "slack", name: "all", url: hook("all") });
    expect(await makeReview(of(tenant))).toEqual({ week, made: false, destinations: 1 });
    expect(await makeReview(of(tenant))).toEqual({ week, made: false, destinations: 0 });
  });

  it("keeps nothing when its figures cannot be had", async () => {
    const tenant = await makeTenant();
    await store(tenant, [call("one", noon("2026-11-11"), 1_000)]);
    vi.spyOn(taking, "takeFigures").mockRejectedValueOnce(new Error("gone"));
    await expect(makeReview(of(tenant))).rejects.toThrow("gone");
    expect(await asAdmin("SELECT 1 FROM weekly_review WHERE tenant_id = $1", [tenant.id])).toEqual([]);
    expect(await makeReview(of(tenant))).toMatchObject({ made: true });
  });

  it("has nothing to look at before the first call", async () => {
    const tenant = await makeTenant();
    await store(tenant, [call("today", monday.toISOString(), 1_000)]);
    await expect(makeReview(of(tenant))).rejects.toMatchObject({ code: "CONFLICT" });
    expect(await makeDueReview(contextOf(tenant, system, monday))).toBeNull();
  });
});

describe("walking through it", () => {
  let tenant: Tenant;
  beforeAll(async () => {
    tenant = await makeTenant();
    await store(tenant, [call("one", noon("2026-11-11"), 1_000)]);
    await makeReview(of(tenant));
  });

  it("ticks each part with a note, takes it back, and is done by somebody", async () => {
    const office = of(tenant, "finance");
    await tickStep(office, { week, step: "spend", note: " fine " });
    await expect(finishReview(office, { week })).rejects.toMatchObject({ message: "5 parts are not ticked yet." });
    expect(await untickStep(office, { week, step: "spend" })).toEqual({ note: "fine" });
    for (const step of reviewSteps) await tickStep(office, { week, step });
    await tickStep(office, { week, step: "calls", note: "a batch" });
    expect(await finishReview(office, { week })).toEqual({ doneAt: monday, doneBy: walker });
    const { review, ticked } = await readReview(office, { week });
    expect([review.doneAt, review.doneBy]).toEqual([monday, walker]);
    expect(ticked.map(({ step }) => step).sort()).toEqual([...reviewSteps].sort());
    expect(ticked.find(({ step }) => step === "calls")?.note).toBe("a batch");
    const changes = [() => tickStep(office, { week, step: "calls" }), () => untickStep(office, { week, step: "calls" }), () => finishReview(office, { week })];
    for (const change of changes) await expect(change()).rejects.toMatchObject({ code: "CONFLICT" });
    await reopenReview(office, { week });
    expect(await untickStep(office, { week, step: "calls" })).toEqual({ note: "a batch" });
    expect((await listReviews(office)).reviews).toMatchObject([{ week, ticked: 5, steps: 6, doneAt: null }]);
    const acts = await asAdmin("SELECT action FROM audit_event WHERE tenant_id = $1 ORDER BY seq", [tenant.id]);
    expect(acts.map(({ action }) => action)).toEqual(["review.made", "review.done", "review.reopened"]);
  }); // prettier-ignore

  it("is for who may, of a review that is there", async () => {
    const viewer = of(tenant, "viewer");
    const changes = (ctx: TestCtx) => [() => tickStep(ctx, { week, step: "spend" }), () => untickStep(ctx, { week, step: "spend" }), () => finishReview(ctx, { week }), () => reopenReview(ctx, { week })];
    for (const change of [...changes(viewer), () => makeReview(viewer), () => setReviewOwner(viewer, { ownerId: null }), () => makeReview(of(tenant, "finance"))])
      await expect(change()).rejects.toMatchObject({ code: "FORBIDDEN" });
    const other = of(await makeTenant());
    for (const change of [...changes(other), () => readReview(other, { week })])
      await expect(change()).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect((await listReviews(other)).reviews).toEqual([]);
    await expect(readReview(viewer, { week: "2026-11-10" })).rejects.toThrow("must be a Monday");
  }); // prettier-ignore
});

it("belongs to the tenant's owner, or to who was chosen while a member", async () => {
  const tenant = await makeTenant();
  const [owner, other] = [await makePerson(), await makePerson()];
  await makeMember(tenant, "owner", owner);
  await makeMember(tenant, "viewer", other);
  const ctx = of(tenant);
  const told = async () => (await listReviews(ctx)).owner;
  expect(await told()).toEqual({ personId: owner.personId, isChosen: false });
  expect(await setReviewOwner(ctx, { ownerId: other.personId })).toEqual({ before: null });
  expect(await told()).toEqual({ personId: other.personId, isChosen: true });
  await store(tenant, [call("one", noon("2026-11-11"), 1_000)]);
  await makeReview(ctx);
  expect((await readReview(ctx, { week })).review.ownerId).toBe(other.personId);
  await asAdmin("DELETE FROM member WHERE tenant_id = $1 AND person_id = $2", [tenant.id, other.personId]);
  expect(await told()).toEqual({ personId: owner.personId, isChosen: false });
  await expect(setReviewOwner(ctx, { ownerId: other.personId })).rejects.toMatchObject({
    code: "INVALID_INPUT",
  });
  // It is of the review that was made all the same.
  expect((await readReview(ctx, { week })).review.ownerId).toBe(other.personId);
});
