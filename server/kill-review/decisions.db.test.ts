import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { addDays } from "@/server/calendar/local-day";
import type { Tenant } from "@/server/context";
import { addDestination } from "@/server/delivery/add";
import { makeMember, makePerson } from "@/tests/factories/person";
import { store } from "@/tests/factories/stored";
import { asAdmin, contextOf, loadPrices, makeTenant, personWith, system } from "@/tests/factories/tenant";
import { decideFeature } from "./decide";
import { decisionsAbout } from "./decision-queries";
import { decisionHistory } from "./history";
import { listKillReviews } from "./list";
import { makeKillReview } from "./make";
import { previewKillReview } from "./preview";
import { readKillReview } from "./read";
import { remindOfDecisions } from "./remind";
import { withdrawDecision } from "./withdraw";

beforeAll(() => loadPrices(new Date("2026-07-01T00:00:00Z")));

const october = "2026-10-01";
const at = (text: string) => new Date(`${text}:00Z`);
/** gpt-4o: $2.50 a million tokens, hence so many dollars. */
const call = (id: string, day: string, feature: string, usd: number) => ({
  id,
  occurredAt: `${day}T12:00:00Z`,
  provider: "openai",
  model: "gpt-4o",
  usage: { inputTokens: usd * 400_000 },
  feature,
  userId: "ada",
});
/** A call a day from one day to another, both included. */
const daily = (feature: string, usd: number, first: string, last: string) => {
  const calls: ReturnType<typeof call>[] = [];
  for (let day = first; day <= last; day = addDays(day, 1))
    calls.push(call(`${feature}-${day}`, day, feature, usd));
  return calls;
};
const of = (tenant: Tenant, when: string, role: "finance" | "viewer" | "admin" = "finance") =>
  contextOf(tenant, personWith(role), at(when));
const make = (tenant: Tenant, when: string) => makeKillReview(contextOf(tenant, system, at(when)));
const kill = {
  month: october,
  feature: "old",
  decision: "kill",
  reason: "nobody asks for it",
  dueOn: "2026-11-20",
} as const;
const newest = async (tenant: Tenant) =>
  (
    await contextOf(tenant, system, at("2027-01-01T00:00")).db.write((db) =>
      decisionsAbout(db, tenant.id, "old"),
    )
  )[0];

let tenant: Tenant;
/** "old" costs a dollar a day, "new-home" two. */
beforeEach(async () => {
  tenant = await makeTenant();
  const calls = [...daily("old", 1, "2026-09-01", "2026-11-10"), ...daily("new-home", 2, "2026-09-01", "2026-11-10")];
  await store(tenant, calls, at("2026-11-10T13:00"));
  await make(tenant, "2026-11-10T14:00");
}); // prettier-ignore
/** They go on, the old one until its due date. */
const later = (when: string, first = "2026-11-11", last = "2026-12-31") =>
  store(tenant, [...daily("old", 1, first, "2026-11-20"), ...daily("new-home", 2, first, last)], at(when));

describe("a decision", () => {
  it("is measured against what was known when it was made, in parts of a month and in whole ones", async () => {
    await decideFeature(of(tenant, "2026-11-10T15:00"), kill);
    await later("2027-01-01T01:00");
    await make(tenant, "2026-12-01T02:00");
    const november = await readKillReview(of(tenant, "2026-12-01T02:00", "viewer"), { month: "2026-11-01" });
    const [first] = november.figures.decisions[0]?.savings ?? [];
    expect(first).toMatchObject({ first: "2026-11-21", last: "2026-11-30", actualUsd: "0", verdict: "saved" });
    expect(Number(first?.savedUsd)).toBeCloseTo(10, 1);
    expect(november.figures.decisions[0]).toMatchObject({ feature: "old", decision: "kill", state: "done" });
    await make(tenant, "2027-01-01T02:00");
    const december = await readKillReview(of(tenant, "2027-01-01T02:00", "viewer"), { month: "2026-12-01" });
    const savings = december.figures.decisions[0]?.savings;
    expect(savings?.map(({ first: day, last, verdict }) => [day, last, verdict])).toEqual([["2026-12-01", "2026-12-31", "saved"]]);
    expect(Number(savings?.[0]?.savedUsd)).toBeCloseTo(31, 1);
    const { saved } = await listKillReviews(of(tenant, "2027-01-01T02:00", "viewer"));
    expect(saved?.since).toBe("2026-11-21");
    expect(Number(saved?.measuredUsd)).toBeCloseTo(41, 1);
    expect(saved?.visibleUsd).toBe(saved?.measuredUsd);
  }); // prettier-ignore

  it("leaves no month out where a review was never made", async () => {
    await decideFeature(of(tenant, "2026-11-10T15:00"), kill);
    await later("2027-01-01T01:00");
    await make(tenant, "2027-01-01T02:00");
    const { figures } = await readKillReview(of(tenant, "2027-01-01T02:00"), { month: "2026-12-01" });
    expect(figures.decisions[0]?.savings.map(({ first }) => first)).toEqual(["2026-11-21", "2026-12-01"]);
  });

  it("that is a merge is measured of both features", async () => {
    await decideFeature(of(tenant, "2026-11-10T15:00"), {
      ...kill,
      decision: "merge",
      mergeInto: "new-home",
    });
    await later("2026-12-01T01:00", "2026-11-11", "2026-11-30");
    await make(tenant, "2026-12-01T02:00");
    const { figures } = await readKillReview(of(tenant, "2026-12-01T02:00"), { month: "2026-11-01" });
    const [saving] = figures.decisions[0]?.savings ?? [];
    expect(saving?.actualUsd).toBe("20");
    expect(Number(saving?.baseline?.expectedUsd)).toBeCloseTo(30, 1);
    expect(saving?.verdict).toBe("saved");
  });

  it("keeps what it is held against when its day or owner is changed, and begins anew with another feature", async () => {
    await decideFeature(of(tenant, "2026-11-10T15:00"), kill);
    const known = (await newest(tenant))?.baseline;
    await later("2026-12-10T13:00", "2026-11-11", "2026-12-10");
    const { version, before } = await decideFeature(of(tenant, "2026-12-10T14:00"), { ...kill, dueOn: "2026-12-15" });
    expect([version, before?.dueOn]).toEqual([2, "2026-11-20"]);
    const changed = (await newest(tenant))?.baseline;
    expect([changed?.takenOn, changed?.past]).toEqual([known?.takenOn, known?.past]);
    expect(changed?.stretches[0]).toMatchObject({ first: "2026-12-16", last: "2026-12-31" });
    expect(changed?.stretches[1]).toEqual(known?.stretches[2]);
    await decideFeature(of(tenant, "2026-12-10T14:00"), { ...kill, dueOn: "2026-12-15", decision: "merge", mergeInto: "new-home" }); // prettier-ignore
    expect((await newest(tenant))?.baseline?.takenOn).toBe("2026-12-10");
    const versions = await decisionHistory(of(tenant, "2026-12-10T15:00", "viewer"), { month: october, feature: "old" });
    expect(versions.map((one) => [one.version, one.decision])).toEqual([[3, "merge"], [2, "kill"], [1, "kill"]]);
  }); // prettier-ignore

  it("said twice changes nothing, and withdrawn is measured no more", async () => {
    const ctx = of(tenant, "2026-11-10T15:00");
    expect((await decideFeature(ctx, kill)).version).toBe(1);
    expect((await decideFeature(ctx, kill)).version).toBe(1);
    await withdrawDecision(ctx, { month: october, feature: "old", reason: "a mistake" });
    await expect(withdrawDecision(ctx, { month: october, feature: "old", reason: "again" })).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect((await readKillReview(ctx, { month: october })).decisions).toEqual([]);
    await later("2026-12-01T01:00", "2026-11-11", "2026-11-30");
    await make(tenant, "2026-12-01T02:00");
    expect((await readKillReview(of(tenant, "2026-12-01T02:00"), { month: "2026-11-01" })).figures.decisions).toEqual([]);
    const acts = await asAdmin("SELECT action FROM audit_event WHERE tenant_id = $1 AND action LIKE 'kill-review.%' ORDER BY seq", [tenant.id]);
    expect(acts.map(({ action }) => action)).toEqual(["kill-review.made", "kill-review.decided", "kill-review.withdrawn", "kill-review.made"]);
  }); // prettier-ignore

  it.each([
    ["a day that has passed", { dueOn: "2026-11-09" }, "INVALID_INPUT"],
    ["a day too far off", { dueOn: "2027-05-14" }, "INVALID_INPUT"],
    ["an owner who is no member", { ownerId: "00000000-0000-4000-8000-0000000000ff" }, "INVALID_INPUT"],
    ["a merge into what is not there", { decision: "merge", mergeInto: "nowhere" }, "INVALID_INPUT"],
    ["a feature that is not there", { feature: "nowhere" }, "NOT_FOUND"],
    ["a month without a review", { month: "2026-09-01" }, "NOT_FOUND"],
  ])("is refused for %s", async (_name, change, code) => {
    await expect(decideFeature(of(tenant, "2026-11-10T15:00"), { ...kill, ...change } as typeof kill)).rejects.toMatchObject({ code });
  }); // prettier-ignore

  it("is for who may", async () => {
    const viewer = of(tenant, "2026-11-10T15:00", "viewer");
    await expect(decideFeature(viewer, kill)).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(withdrawDecision(viewer, { month: october, feature: "old", reason: "x" })).rejects.toMatchObject({ code: "FORBIDDEN" }); // prettier-ignore
    const other = of(await makeTenant(), "2026-11-10T15:00");
    await expect(decideFeature(other, kill)).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(readKillReview(other, { month: october })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("has an owner who was a member then", async () => {
    const person = await makePerson();
    await makeMember(tenant, "viewer", person);
    await decideFeature(of(tenant, "2026-11-10T15:00"), { ...kill, ownerId: person.personId });
    await asAdmin("DELETE FROM member WHERE tenant_id = $1 AND person_id = $2", [tenant.id, person.personId]);
    const again = await decideFeature(of(tenant, "2026-11-10T15:00"), { ...kill, ownerId: person.personId, reason: "still" });
    expect(again.version).toBe(2);
  }); // prettier-ignore
});

describe("a review", () => {
  it("stays as it was, and tells what came since", async () => {
    const before = await readKillReview(of(tenant, "2026-11-10T15:00"), { month: october });
    expect(before.sinceThen).toEqual({ total: { costUsd: "0", calls: 0, unpricedCalls: 0 }, features: [] });
    await store(tenant, [call("late", "2026-10-15", "old", 3), { ...call("odd", "2026-10-15", "old", 1), model: "in-house-7b", provider: "acme" }], at("2026-11-10T16:00")); // prettier-ignore
    await asAdmin("UPDATE call SET cost_usd = cost_usd + 0.25 WHERE tenant_id = $1 AND call_id = 'new-home-2026-10-20'", [tenant.id]); // prettier-ignore
    await asAdmin("INSERT INTO rollup_dirty (tenant_id, hour) VALUES ($1, '2026-10-20T12:00:00Z')", [tenant.id]);
    await store(tenant, [], at("2026-11-10T16:30"));
    const after = await readKillReview(of(tenant, "2026-11-10T17:00"), { month: october });
    expect(after.items).toEqual(before.items);
    expect(after.figures).toEqual(before.figures);
    expect(after.sinceThen).toEqual({
      total: { costUsd: "3.25", calls: 2, unpricedCalls: 1 },
      features: [
        { feature: "new-home", costUsd: "0.25", calls: 0, unpricedCalls: 0 },
        { feature: "old", costUsd: "3", calls: 2, unpricedCalls: 1 },
      ],
    });
    for (const sql of ["UPDATE kill_review SET figures = '{}'", "UPDATE kill_review_item SET evidence = '{}'", "UPDATE kill_decision SET reason = 'x'", "DELETE FROM kill_review_item"])
      await expect(contextOf(tenant, system, at("2026-11-10T17:00")).db.write((db) => db.$executeRawUnsafe(sql))).rejects.toThrow(/permission denied/);
  }); // prettier-ignore

  it("of the running month is shown, and kept by nobody", async () => {
    const preview = await previewKillReview(of(tenant, "2026-11-10T15:00", "viewer"));
    expect(preview?.month).toBe("2026-11-01");
    expect(preview?.items.map(({ feature, evidence }) => [feature, evidence.uses])).toEqual([["new-home", 10], ["old", 10]]);
    expect(await asAdmin("SELECT month::text FROM kill_review WHERE tenant_id = $1", [tenant.id])).toHaveLength(1);
    expect(await previewKillReview(of(await makeTenant(), "2026-11-10T15:00"))).toBeNull();
  }); // prettier-ignore
});

it("is reminded of a week before, on the day, and weekly while calls still come, each once", async () => {
  const url = "https://hooks.slack.com/services/T0/B0/abcdefghijklmnopqrstuvwx";
  await addDestination(of(tenant, "2026-11-10T15:00", "admin"), { kind: "slack", name: "all", url });
  await decideFeature(of(tenant, "2026-11-10T15:00"), kill);
  // Calls that cease three days after the second reminder of the week after.
  await store(tenant, daily("old", 1, "2026-11-11", "2026-12-01"), at("2026-12-01T13:00"));
  const said = async (when: string) =>
    (await remindOfDecisions(contextOf(tenant, system, at(when)))).reminders;
  const days = ["2026-11-12T12:00", "2026-11-13T07:59", "2026-11-13T08:00", "2026-11-13T08:15", "2026-11-19T12:00", "2026-11-20T09:00", "2026-11-20T10:00", "2026-11-25T09:00", "2026-11-27T09:00", "2026-11-28T09:00", "2026-12-04T09:00", "2026-12-11T09:00", "2026-12-18T09:00"]; // prettier-ignore
  const counts: number[] = [];
  for (const day of days) counts.push(await said(day));
  expect(counts).toEqual([0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 1, 0, 0]);
  const keys = await asAdmin<{ key: string }>("SELECT key FROM delivery WHERE tenant_id = $1 AND key LIKE '%reminder%' ORDER BY created_at, key", [tenant.id]); // prettier-ignore
  expect(keys.map(({ key }) => key)).toEqual(["before", "due", "late-1", "late-2"].map((kind) => `report:kill-reminder:1:${kind}:old`)); // prettier-ignore
});
