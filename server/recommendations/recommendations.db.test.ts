import { beforeAll, describe, expect, it } from "vitest";
import { addDays, startOfDay } from "@/server/calendar/local-day";
import { recordCalls } from "@/server/calls/record";
import type { Tenant } from "@/server/context";
import { rollUp } from "@/server/rollups/roll-up";
import { makeMember, makePerson } from "@/tests/factories/person";
import { asAdmin, contextOf, loadPrices, makeTenant, personWith, system } from "@/tests/factories/tenant";
import { acceptRecommendation } from "./accept";
import { dismissRecommendation } from "./dismiss";
import { listDueLooks } from "./list-due";
import { listRecommendations } from "./list";
import { refreshRecommendations } from "./refresh";
import { reopenRecommendation } from "./reopen";

const timeZone = "Asia/Kolkata";
const begin = "2026-09-01";
/** Six in the morning of the nth day. */
const morning = (day: number) =>
  new Date(startOfDay(addDays(begin, day), timeZone).getTime() + 6 * 3_600_000);
const noon = (day: number, minute: number) =>
  new Date(startOfDay(addDays(begin, day), timeZone).getTime() + (720 + minute) * 60_000).toISOString();

/** gpt-4o: $2.50 a million. Each request costs 2 cents, and so does each retry. */
const attempt = (feature: string, day: number, n: number, more: object = {}) => ({
  id: `${feature}-${String(day)}-${String(n)}`,
  occurredAt: noon(day, n),
  provider: "openai",
  model: "gpt-4o",
  feature,
  userId: "ann",
  rootRequestId: `${feature}-${String(day)}-${String(n % 10)}`,
  usage: { inputTokens: 8_000 },
  ...more,
});
/** Ten requests, and so many second attempts at them. */
const day = (feature: string, at: number, retries: number) => [
  ...Array.from({ length: 10 }, (_, n) => attempt(feature, at, n, n < retries ? { errorClass: "timeout", billed: "yes" } : {})),
  ...Array.from({ length: retries }, (_, n) => attempt(feature, at, 10 + n, { attempt: 2 })),
]; // prettier-ignore
const days = (feature: string, from: number, to: number, retries: (day: number) => number) =>
  Array.from({ length: to - from }, (_, n) => day(feature, from + n, retries(from + n))).flat();

async function store(tenant: Tenant, calls: readonly unknown[], at: Date): Promise<void> {
  const ctx = contextOf(tenant, system, at);
  for (let from = 0; from < calls.length; from += 400) {
    const answer = await recordCalls(ctx, { calls: calls.slice(from, from + 400) }, { source: "test", anyAge: true }); // prettier-ignore
    expect(answer.rejected).toEqual([]);
  }
  while ((await rollUp(ctx)).more);
}

const as = (tenant: Tenant, dayOf: number, role: Parameters<typeof personWith>[0] = "finance") =>
  contextOf(tenant, personWith(role), morning(dayOf));
const look = (tenant: Tenant, dayOf: number) =>
  refreshRecommendations(contextOf(tenant, system, morning(dayOf)));
const only = async (tenant: Tenant, feature: string, dayOf = 70) => {
  const { recommendations } = await listRecommendations(as(tenant, dayOf, "viewer"));
  const one = recommendations.find(({ finding }) => finding.subject.feature === feature);
  if (!one) throw new Error(`nothing about ${feature}`);
  return one;
};
async function memberOf(tenant: Tenant): Promise<string> {
  return (await makeMember(tenant, "admin", await makePerson())).personId;
}

beforeAll(async () => {
  await loadPrices(new Date("2026-08-01T00:00:00Z"));
  await asAdmin("SELECT create_month(m::date) FROM generate_series(DATE '2026-08-01', DATE '2026-12-01', interval '1 month') AS m"); // prettier-ignore
});

describe("one that is taken up", () => {
  let tenant: Tenant;
  let ownerId: string;
  beforeAll(async () => {
    tenant = await makeTenant({ timeZone });
    ownerId = await memberOf(tenant);
    // Four or six retries a day for 30 days; then one feature is mended on the day it is taken up, the other is not.
    const wavering = (at: number) => (at % 2 === 0 ? 4 : 6);
    await store(tenant, [
      ...days("mended", 0, 30, wavering), ...days("mended", 30, 62, () => 1),
      ...days("unchanged", 0, 62, wavering),
    ], morning(62)); // prettier-ignore
    await look(tenant, 30);
  }, 120_000);

  it("was counted: half of 150 retries at 2 cents", async () => {
    const one = await only(tenant, "mended");
    expect(one).toMatchObject({ state: "open", kind: "retry", holds: true, baseline: null });
    expect(one.finding.savingUsd).toBe("1.5");
    expect((await listRecommendations(as(tenant, 30))).savingUsd).toBe("3");
  });

  it("is refused without an owner who is a member, with a day that is over, and to who only looks", async () => {
    const { id } = await only(tenant, "mended");
    const input = { id, ownerId, dueOn: addDays(begin, 40) };
    const stranger = (await makePerson()).personId;
    await expect(acceptRecommendation(as(tenant, 30), { ...input, ownerId: stranger })).rejects.toMatchObject({ code: "INVALID_INPUT", data: { field: "ownerId" } }); // prettier-ignore
    await expect(acceptRecommendation(as(tenant, 30), { ...input, dueOn: addDays(begin, 29) })).rejects.toMatchObject({ code: "INVALID_INPUT", data: { field: "dueOn" } }); // prettier-ignore
    await expect(acceptRecommendation(as(tenant, 30, "viewer"), input)).rejects.toMatchObject({ code: "FORBIDDEN" }); // prettier-ignore
    const elsewhere = await makeTenant({ timeZone });
    await expect(acceptRecommendation(as(elsewhere, 30), input)).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect((await only(tenant, "mended")).state).toBe("open");
  });

  it("freezes the 30 days before, and waits two weeks", async () => {
    for (const feature of ["mended", "unchanged"]) {
      const { id } = await only(tenant, feature);
      await acceptRecommendation(as(tenant, 30), {
        id,
        ownerId,
        dueOn: addDays(begin, 40),
        note: "Back off",
      });
    }
    const { baseline, state, ownerId: answers, dueOn, note } = await only(tenant, "mended");
    expect([state, answers, dueOn, note]).toEqual(["accepted", ownerId, "2026-10-11", "Back off"]);
    expect([baseline?.first, baseline?.last, baseline?.days.length]).toEqual(["2026-09-01", "2026-09-30", 30]); // prettier-ignore
    expect(baseline?.days[0]).toEqual({ day: "2026-09-01", calls: 10, costUsd: "0.08" });
    // The day of the acceptance is nobody's: 13 whole days after it are over.
    await look(tenant, 44);
    expect(await only(tenant, "mended")).toMatchObject({ state: "accepted", measured: null });
  });

  it("is verified once it shows, by what really was paid less", async () => {
    expect(await look(tenant, 45)).toMatchObject({ verified: 1 });
    const { state, measured } = await only(tenant, "mended");
    expect(state).toBe("verified");
    // 14 days × 10 requests at a cent of retries before; since, 14 retries at 2 cents.
    expect(measured).toMatchObject({ first: "2026-10-02", last: "2026-10-15", days: 14, calls: 140, expectedUsd: "1.4", costUsd: "0.28", savingUsd: "1.12", isSeen: true }); // prettier-ignore
    const [plain] = await asAdmin<{ usd: string }>(
      `SELECT trim_scale(140 * (SELECT sum(cost_usd) FILTER (WHERE attempt > 1) / count(*) FILTER (WHERE attempt = 1) FROM call WHERE tenant_id = $1 AND feature = 'mended' AND (occurred_at AT TIME ZONE $2)::date BETWEEN '2026-09-01' AND '2026-09-30')
         - (SELECT sum(cost_usd) FILTER (WHERE attempt > 1) FROM call WHERE tenant_id = $1 AND feature = 'mended' AND (occurred_at AT TIME ZONE $2)::date BETWEEN '2026-10-02' AND '2026-10-15'))::text AS usd`,
      [tenant.id, timeZone],
    );
    expect(measured?.savingUsd).toBe(plain?.usd);
    const list = await listRecommendations(as(tenant, 45));
    expect([list.verifiedUsd, list.savingUsd, list.counts]).toEqual([
      "1.12",
      "1.5",
      { open: 0, accepted: 1, dismissed: 0, verified: 1, not_seen: 0, gone: 0 },
    ]);
    const seen = await asAdmin("SELECT action FROM audit_event WHERE tenant_id = $1 AND action = 'recommendation.verified'", [tenant.id]); // prettier-ignore
    expect(seen).toHaveLength(1);
  });

  it("is not seen where nothing changed in a month; and what was counted stays", async () => {
    expect((await only(tenant, "unchanged")).state).toBe("accepted");
    await look(tenant, 61);
    const unchanged = await only(tenant, "unchanged");
    expect(unchanged).toMatchObject({
      state: "not_seen",
      measured: { days: 30, savingUsd: "0", isSeen: false },
    });
    const settled = await only(tenant, "mended");
    expect(settled).toMatchObject({ state: "verified", measured: { days: 30, savingUsd: "2.4" } });
    await look(tenant, 62);
    expect((await only(tenant, "mended")).measured).toEqual(settled.measured);
  });
});

describe("one that is put aside", () => {
  let tenant: Tenant;
  beforeAll(async () => {
    tenant = await makeTenant({ timeZone });
    // Five retries a day, later ten: double from the 60th day on.
    await store(tenant, [...days("chat", 0, 30, () => 5), ...days("chat", 30, 60, () => 10)], morning(60));
    await look(tenant, 30);
  }, 120_000);

  it("stays so until it would save twice as much", async () => {
    const { id } = await only(tenant, "chat");
    await dismissRecommendation(as(tenant, 30), { id, note: "Too small" });
    await expect(dismissRecommendation(as(tenant, 30), { id })).rejects.toMatchObject({ code: "CONFLICT" });
    expect(await only(tenant, "chat")).toMatchObject({ state: "dismissed", dismissedUsd: "1.5", note: "Too small" }); // prettier-ignore
    expect((await listRecommendations(as(tenant, 30))).savingUsd).toBe("0");
    await look(tenant, 59);
    expect(await only(tenant, "chat")).toMatchObject({ state: "dismissed", finding: { savingUsd: "2.95" } });
    await look(tenant, 60);
    expect(await only(tenant, "chat")).toMatchObject({ state: "open", dismissedUsd: null, finding: { savingUsd: "3" } }); // prettier-ignore
  });

  it("can be taken back, and is gone once it holds no more", async () => {
    const { id } = await only(tenant, "chat");
    await dismissRecommendation(as(tenant, 60), { id });
    expect(await reopenRecommendation(as(tenant, 60), { id })).toEqual({ id, state: "open" });
    await expect(reopenRecommendation(as(tenant, 60), { id })).rejects.toMatchObject({ code: "CONFLICT" });
    await look(tenant, 95);
    expect(await only(tenant, "chat", 95)).toMatchObject({ state: "gone", holds: false, id });
    const acts = await asAdmin<{ action: string }>("SELECT action FROM audit_event WHERE tenant_id = $1 ORDER BY seq", [tenant.id]); // prettier-ignore
    expect(acts.map(({ action }) => action.split(".")[1])).toEqual(["dismissed", "dismissed", "reopened"]);
  });

  it("nobody else's is seen or decided", async () => {
    const other = await makeTenant({ timeZone });
    const { id } = await only(tenant, "chat");
    expect((await listRecommendations(as(other, 60))).recommendations).toEqual([]);
    for (const decide of [dismissRecommendation, reopenRecommendation])
      await expect(decide(as(other, 60), { id })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});

it("is looked for from five in the morning on, once a local day", async () => {
  const tenant = await makeTenant({ timeZone });
  const due = async (at: string) => (await listDueLooks(new Date(at))).filter(({ tenantId }) => tenantId === tenant.id).map(({ id }) => id); // prettier-ignore
  expect(await due("2026-10-31T23:29:59Z")).toEqual([]);
  expect(await due("2026-10-31T23:30:00Z")).toEqual([`recommendations:${tenant.id}:2026-11-01`]);
  expect(await due("2026-11-01T18:29:00Z")).toEqual([`recommendations:${tenant.id}:2026-11-01`]);
  expect(await due("2026-11-01T18:30:00Z")).toEqual([]);
});
