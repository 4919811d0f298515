import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Tenant } from "@/server/context";
import type { RuleId, Severity } from "@/server/incidents/schemas";
import { blockKitFaults } from "@/tests/mocks/block-kit";
import { setEnvironment } from "@/tests/mocks/environment";
import { type FakeSlack, startFakeSlack } from "@/tests/mocks/slack";

let now = new Date("2026-11-20T12:00:00Z");
const slack: FakeSlack = await startFakeSlack(() => now.getTime());
setEnvironment({ SLACK_RECEIVER_URL: slack.url });
const { makeIncident } = await import("@/tests/factories/incident-rows");
const { asAdmin, contextOf, makeTenant, personWith, system } = await import("@/tests/factories/tenant");
const { env } = await import("@/server/env");
if (env.SLACK_RECEIVER_URL !== slack.url) throw new Error("Messages would go to the real Slack");
const { addDestination } = await import("./add");
const { enqueueIncident } = await import("./enqueue");
const { enqueueMissed } = await import("./enqueue-missed");
const { deliverReady } = await import("./deliver-ready");
const { listDestinations } = await import("./list");
const { listMessages } = await import("./list-messages");
const { alertIdOf } = await import("./alert-id");
const deliveries = await import("./delivery-queries");
const { mostAttempts } = await import("./back-off");
afterAll(() => slack.close());

let tenant: Tenant;
let path: string;
let destinationId: string;
let made = 0;
const ctx = () => contextOf(tenant, system, now);
const admin = () => contextOf(tenant, personWith("admin"), now);
const pass = (ms: number) => (now = new Date(now.getTime() + ms));

beforeEach(async () => {
  tenant = await makeTenant();
  made += 1;
  path = `/services/T0/B0/x${made}`;
  destinationId = (
    await addDestination(admin(), { kind: "slack", name: "alerts", url: `https://hooks.slack.com${path}` })
  ).id;
  slack.heard.splice(0);
});
afterEach(() => vi.restoreAllMocks());

const open = async (severity: Severity = "warning", rule: RuleId = "week-over-week", key = "email-drafts") =>
  makeIncident(tenant, { severity, rule, subject: { kind: "feature", key }, openedAt: now });
const mine = () => slack.heard.filter((heard) => heard.path === path);
const stateOf = async () => (await listMessages(admin(), {})).map(({ state }) => state);

/** As the job does: until nothing waits, or the time is over. */
async function deliverUntil(end: Date): Promise<void> {
  for (;;) {
    const { waitMs } = await deliverReady(ctx());
    if (waitMs === null || now.getTime() + waitMs > end.getTime()) return;
    pass(waitMs);
  }
}
/** A try takes its time on a busy machine; before its time none may be. */
const expectTries = (start: number, tries: [atSeconds: number, status: number][]) => {
  expect(mine().map(({ status }) => status)).toEqual(tries.map(([, status]) => status));
  for (const [nth, { at }] of mine().entries()) {
    const late = at - start - (tries[nth]?.[0] ?? NaN) * 1_000;
    expect(late, `the ${nth + 1}. try`).toBeGreaterThanOrEqual(0);
    expect(late, `the ${nth + 1}. try`).toBeLessThan(9_000);
  }
};
const within = (ms: number) => deliverUntil(new Date(now.getTime() + ms));

describe("an incident", () => {
  it("is told once, in valid Block Kit, with its alert id", async () => {
    const { id } = await open();
    expect(await enqueueIncident(ctx(), { incidentId: id, n: 1 })).toEqual({ destinations: 1, ask: true });
    await within(60_000);
    const [only, ...others] = mine();
    expect(others).toEqual([]);
    expect(only?.status).toBe(200);
    expect(blockKitFaults(only?.payload)).toEqual([]);
    expect(only?.body).toContain(alertIdOf(id));
    expect(await listMessages(admin(), {})).toMatchObject([
      { state: "sent", kind: "incident", attempts: 1, failure: null, alertId: alertIdOf(id) },
    ]);
    const { destinations } = await listDestinations(admin());
    expect(destinations).toMatchObject([{ messages: { waiting: 0, sent: 1, failed: 0 }, failure: null }]);
  });

  it("is listed with its own messages, and with nobody else's", async () => {
    const [one, other] = [await open("critical", "spike", "one"), await open("critical", "spike", "other")];
    for (const { id } of [one, other]) await enqueueIncident(ctx(), { incidentId: id, n: 1 });
    const listed = await listMessages(admin(), { incidentId: other.id });
    expect(listed.map(({ incident }) => incident?.subject.key)).toEqual(["other"]);
    expect(await listMessages(admin(), {})).toHaveLength(2);
  });

  it("takes its destination's second with it: nothing else is sent there before", async () => {
    for (const key of ["a", "b"]) {
      const { id } = await open("critical", "spike", key);
      await enqueueIncident(ctx(), { incidentId: id, n: 1 });
    }
    // A run's clock goes on while it works, by more or less: here it stands still.
    vi.spyOn(performance, "now").mockReturnValue(0);
    await deliverReady(ctx());
    const [taken] = await asAdmin<{ ms: number }>(
      `SELECT extract(epoch FROM d.not_before - w.tried_at)::float * 1000 AS ms FROM destination d
       JOIN delivery w ON w.tenant_id = d.tenant_id AND w.state = 'sent' WHERE d.tenant_id = $1`,
      [tenant.id],
    );
    expect(taken?.ms).toBeGreaterThanOrEqual(1_000);
    pass(999);
    await deliverReady(ctx());
    expect(mine()).toHaveLength(1);
    pass(9_000);
    await deliverReady(ctx());
    expect(mine().map(({ status }) => status)).toEqual([200, 200]);
  });

  it("is told again when it is resolved, with the same alert id", async () => {
    const { id } = await makeIncident(tenant, { openedAt: now }, [
      "opened",
      "acknowledged",
      "noted",
      "resolved",
    ]);
    for (const n of [1, 2, 3, 4]) await enqueueIncident(ctx(), { incidentId: id, n });
    await within(60_000);
    expect(mine().map(({ payload }) => payload.text.split(":")[0])).toEqual(["New", "Resolved"]);
    for (const { body } of mine()) expect(body).toContain(alertIdOf(id));
  });

  it("goes to the destinations of its team, rule and severity, and to no other tenant's", async () => {
    const other = await makeTenant();
    await addDestination(contextOf(other, personWith("admin"), now), { kind: "slack", name: "other", url: "https://hooks.slack.com/services/T0/B0/other" }); // prettier-ignore
    const add = (name: string, routes: object) =>
      addDestination(admin(), { kind: "slack", name, url: `https://hooks.slack.com${path}${name}`, routes });
    await add("search", { teams: ["search"] });
    await add("sales", { teams: ["sales"] });
    await add("budgets", { rules: ["budget"] });
    await add("critical", { severities: ["critical"] });
    await asAdmin(
      `INSERT INTO rollup_day (tenant_id, day, n, kind, provider, model, feature, team, environment, prompt_id, prompt_version, error_class,
         calls, fresh_input_tokens, cache_read_tokens, cache_write_5m_tokens, cache_write_1h_tokens, audio_input_tokens, visible_output_tokens,
         reasoning_tokens, audio_output_tokens, tool_units, cost_usd, unpriced_calls, unpriced_tokens, partial_calls, estimated_calls,
         reported_calls, error_calls, retry_calls, retry_cost_usd, latency_ms, latency_calls)
       SELECT $1, day::date, 1, 'llm', '', '', 'email-drafts', team, '', '', '', '', 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
       FROM (VALUES ('2026-11-19', 'search'), ('2026-10-19', 'sales')) AS spent (day, team)`,
      [tenant.id],
    ); // prettier-ignore
    const { id } = await open();
    expect(await enqueueIncident(ctx(), { incidentId: id, n: 1 })).toMatchObject({ destinations: 2 });
    await within(60_000);
    expect(slack.heard.map((heard) => heard.path).sort()).toEqual([path, `${path}search`]);
  });

  it("of another tenant is not found", async () => {
    const { id } = await open();
    const other = contextOf(await makeTenant(), system, now);
    await expect(enqueueIncident(other, { incidentId: id, n: 1 })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  });
});

/** T15: each step is run again after its answer was lost, and each crash happens where it hurts. */
describe("after a failure, in Slack there is one message", () => {
  const crash = () => Promise.reject(new Error("the process ends here"));

  it("when the same event comes again, also after 25 hours", async () => {
    const { id } = await open("critical");
    await enqueueIncident(ctx(), { incidentId: id, n: 1 });
    await enqueueIncident(ctx(), { incidentId: id, n: 1 });
    await within(60_000);
    pass(25 * 3_600_000);
    await enqueueIncident(ctx(), { incidentId: id, n: 1 });
    await enqueueMissed(ctx());
    await within(60_000);
    expect(mine()).toHaveLength(1);
    expect(await stateOf()).toEqual(["sent"]);
  });

  it("when the announcement is lost: the next look finds it", async () => {
    await open();
    const longAgo = new Date(now.getTime() - 25 * 3_600_000);
    const old = await makeIncident(tenant, { openedAt: longAgo, subject: { kind: "feature", key: "old" } });
    expect(await enqueueMissed(ctx())).toEqual({ events: 1 });
    await within(60_000);
    expect(mine()).toHaveLength(1);
    expect(mine()[0]?.body).not.toContain(alertIdOf(old.id));
  });

  it("when the queue cannot be written: nothing is half decided", async () => {
    const { id } = await open();
    vi.spyOn(deliveries, "insertDeliveries").mockImplementationOnce(crash);
    await expect(enqueueIncident(ctx(), { incidentId: id, n: 1 })).rejects.toThrow();
    expect(await asAdmin("SELECT 1 FROM incident_told WHERE tenant_id = $1", [tenant.id])).toEqual([]);
    await enqueueIncident(ctx(), { incidentId: id, n: 1 });
    await within(60_000);
    expect(mine()).toHaveLength(1);
  });

  it.each(["warning", "critical"] as const)("when the claim cannot be written (%s)", async (severity) => {
    const { id } = await open(severity);
    await enqueueIncident(ctx(), { incidentId: id, n: 1 });
    vi.spyOn(deliveries, "claim").mockImplementationOnce(crash);
    await expect(deliverReady(ctx())).rejects.toThrow();
    expect(mine()).toEqual([]);
    await within(60_000);
    expect(mine()).toHaveLength(1);
  });

  it("when the process ends between the claim and the post: of what may be repeated", async () => {
    const { id } = await open("critical");
    await enqueueIncident(ctx(), { incidentId: id, n: 1 });
    const claimNext = await import("./claim-next");
    expect(await claimNext.claimNext(ctx(), destinationId, now)).not.toBeNull();
    await within(30_000);
    expect(mine()).toEqual([]);
    pass(61_000);
    await within(60_000);
    expect(mine()).toHaveLength(1);
    expect(await stateOf()).toEqual(["sent"]);
  });

  it("when the answer of a step is lost after it was noted", async () => {
    const { id } = await open("critical");
    await enqueueIncident(ctx(), { incidentId: id, n: 1 });
    await deliverReady(ctx());
    await deliverReady(ctx());
    pass(3_600_000);
    await within(60_000);
    expect(mine()).toHaveLength(1);
  });

  it("save where the process ends between Slack's 200 and our note: two with one id, of what may be repeated", async () => {
    const { id } = await open("warning", "budget");
    await enqueueIncident(ctx(), { incidentId: id, n: 1 });
    vi.spyOn(deliveries, "markSent").mockImplementationOnce(crash);
    await expect(deliverReady(ctx())).rejects.toThrow();
    pass(61_000);
    await within(60_000);
    expect(mine().map(({ status }) => status)).toEqual([200, 200]);
    for (const { body } of mine()) expect(body).toContain(alertIdOf(id));
    expect(await stateOf()).toEqual(["sent"]);
  });

  it("or not even one more, of what may not: people are told that nobody knows", async () => {
    const { id } = await open("info");
    await enqueueIncident(ctx(), { incidentId: id, n: 1 });
    vi.spyOn(deliveries, "markSent").mockImplementationOnce(crash);
    await expect(deliverReady(ctx())).rejects.toThrow();
    pass(61_000);
    await within(3_600_000);
    expect(mine()).toHaveLength(1);
    expect(await listMessages(admin(), {})).toMatchObject([
      { state: "failed", failure: expect.stringContaining("not known whether it arrived") as string },
    ]);
  });

  it("that ends every process that sends it is given up in the end", async () => {
    const { id } = await open("critical");
    await enqueueIncident(ctx(), { incidentId: id, n: 1 });
    const claimNext = await import("./claim-next");
    for (let holder = 1; holder <= mostAttempts; holder += 1) {
      expect(await claimNext.claimNext(ctx(), destinationId, now)).not.toBeNull();
      pass(61_000);
      const given = { mostAttempts, unknown: "nobody knows" };
      await ctx().db.write((db) => deliveries.releaseClaims(db, tenant.id, now, given));
    }
    await within(60_000);
    expect(mine()).toEqual([]);
    expect(await stateOf()).toEqual(["failed"]);
  });

  it("when two workers enqueue, and two deliver, at once", async () => {
    const { id } = await open("critical");
    const both = await Promise.all([
      enqueueIncident(ctx(), { incidentId: id, n: 1 }),
      enqueueIncident(ctx(), { incidentId: id, n: 1 }),
    ]);
    expect(both.map(({ destinations }) => destinations).sort()).toEqual([0, 1]);
    await Promise.all([deliverReady(ctx()), deliverReady(ctx()), deliverReady(ctx())]);
    expect(mine()).toHaveLength(1);
  });
});

describe("a destination that does not take it", () => {
  const answers = (...list: { status: number; headers?: Record<string, string>; body?: string }[]) =>
    slack.state.answers.set(path, list);

  it("gets it again after as long as it asked for, and nothing before", async () => {
    const { id } = await open("info");
    await enqueueIncident(ctx(), { incidentId: id, n: 1 });
    answers({ status: 429, headers: { "retry-after": "30" } });
    const start = now.getTime();
    await within(29_000);
    expect(mine()).toHaveLength(1);
    const late = await open("info", "spike", "other");
    await enqueueIncident(ctx(), { incidentId: late.id, n: 1 });
    await within(120_000);
    expectTries(start, [
      [0, 429],
      [30, 200],
      [31, 200],
    ]);
  });

  it("gets it again after 500, at longer and longer distances, if it may be repeated", async () => {
    const { id } = await open("critical");
    await enqueueIncident(ctx(), { incidentId: id, n: 1 });
    answers({ status: 500, body: "rollup_error" }, { status: 503 }, { status: 500 });
    const start = now.getTime();
    await within(3_600_000);
    expectTries(start, [
      [0, 500],
      [10, 503],
      [30, 500],
      [70, 200],
    ]);
    expect((await listDestinations(admin())).destinations).toMatchObject([
      { failure: null, state: "active" },
    ]);
  });

  it("does not get it again after 500, if it may not: Slack may have taken it", async () => {
    const { id } = await open("warning");
    await enqueueIncident(ctx(), { incidentId: id, n: 1 });
    answers({ status: 500 });
    await within(3_600_000);
    expect(mine()).toHaveLength(1);
    expect(await listMessages(admin(), {})).toMatchObject([{ state: "failed", attempts: 1 }]);
  });

  it("is given up after ten tries", async () => {
    const { id } = await open("critical");
    await enqueueIncident(ctx(), { incidentId: id, n: 1 });
    answers(...Array.from({ length: 20 }, () => ({ status: 500 })));
    await within(24 * 3_600_000);
    expect(mine()).toHaveLength(10);
    expect(await stateOf()).toEqual(["failed"]);
  });

  it.each([
    [404, "no_service"],
    [410, "channel_is_archived"],
    [403, "action_prohibited"],
  ])("is switched off after %i %s, and says so", async (status, body) => {
    const incidents = [await open(), await open("critical", "spike", "b"), await open("info", "spike", "c")];
    for (const { id } of incidents) await enqueueIncident(ctx(), { incidentId: id, n: 1 });
    answers({ status, body });
    await within(3_600_000);
    expect(mine()).toHaveLength(1);
    const { destinations } = await listDestinations(admin());
    expect(destinations).toMatchObject([
      { state: "disabled", reason: `Slack refuses messages: status ${status} (${body}).`, messages: { waiting: 0, failed: 3 } },
    ]); // prettier-ignore
    const acts = await asAdmin("SELECT action FROM audit_event WHERE tenant_id = $1 ORDER BY seq", [
      tenant.id,
    ]);
    expect(acts.map(({ action }) => action)).toContain("destination.disabled");
    // What comes later is written down as missed, and nothing is sent.
    const late = await open("critical", "spike", "late");
    expect(await enqueueIncident(ctx(), { incidentId: late.id, n: 1 })).toEqual({
      destinations: 1,
      ask: false,
    });
    await within(3_600_000);
    expect(mine()).toHaveLength(1);
    expect((await listMessages(admin(), { failed: true })).length).toBe(4);
  });

  it("that is slow holds another up no longer than it is waited for", async () => {
    const { startHttpServer } = await import("@/tests/mocks/http-server");
    const other = await startHttpServer(() => ({ status: 200 }));
    await addDestination(admin(), { kind: "slack", name: "fast", url: `https://hooks.slack.com${path}fast` });
    const { id } = await open("critical");
    await enqueueIncident(ctx(), { incidentId: id, n: 1 });
    const client = await import("@/server/clients/slack");
    const real = client.postToSlack;
    vi.spyOn(client, "postToSlack").mockImplementation((post) =>
      post.path === path ? new Promise(() => undefined) : real(post),
    );
    void deliverReady(ctx()).catch(() => undefined);
    await vi.waitFor(() => expect(slack.heard.map((heard) => heard.path)).toEqual([`${path}fast`]));
    vi.restoreAllMocks();
    await other.close();
    // Whoever waited for it never came back: its claim runs out, and it is told all the same.
    pass(61_000);
    await within(60_000);
    expect(mine()).toHaveLength(1);
  });
});

/** T16 */
describe("500 alerts in a minute", () => {
  const names = [
    "<!channel>",
    "<!here|x>",
    "<@U1>",
    "<https://evil.com|x>",
    "*b* & <c>",
    "\u202eevil",
    "x".repeat(4_000),
  ];

  it("are a few messages: one a second at most, then digests, and no name calls anybody", async () => {
    const start = now.getTime();
    for (let second = 0; second < 60; second += 1) {
      const due = Math.floor(((second + 1) * 500) / 60) - Math.floor((second * 500) / 60);
      for (let nth = 0; nth < due; nth += 1) {
        const name = `${names[(second + nth) % names.length] ?? ""} ${second}-${nth}`;
        const { id } = await open(nth === 0 ? "critical" : "warning", "spike", name);
        await enqueueIncident(ctx(), { incidentId: id, n: 1 });
      }
      await deliverReady(ctx());
      now = new Date(start + (second + 1) * 1_000);
    }
    await within(600_000);
    const all = mine();
    expect(all.every(({ status }) => status === 200)).toBe(true);
    expect(all.length).toBeLessThanOrEqual(8);
    for (const [at, one] of all.entries())
      if (at > 0) expect(one.at - (all[at - 1]?.at ?? 0)).toBeGreaterThanOrEqual(1_000);
    for (const { body, payload } of all) {
      expect(body).not.toMatch(/<[!@#]/);
      expect(blockKitFaults(payload)).toEqual([]);
    }
    const rows = await asAdmin<{ state: string; kind: string; count: string }>(
      "SELECT kind, state, count(*) FROM delivery WHERE tenant_id = $1 GROUP BY 1, 2",
      [tenant.id],
    );
    const count = (kind: string, state: string) =>
      Number(rows.find((row) => row.kind === kind && row.state === state)?.count ?? 0);
    expect(count("incident", "sent") + count("incident", "folded")).toBe(500);
    expect(count("digest", "sent") + count("incident", "sent")).toBe(all.length);
    console.info(`500 alerts in a minute: ${all.length} messages to Slack, ${count("incident", "folded")} told in ${count("digest", "sent")} digests, 0 of 429`); // prettier-ignore
  }, 120_000);

  it("that Slack sends away keep their distance, and none is lost", async () => {
    slack.state.answers.set(path, [{ status: 429, headers: { "retry-after": "20" } }, { status: 500 }]);
    for (let nth = 0; nth < 12; nth += 1) {
      const { id } = await open("critical", "spike", `f${nth}`);
      await enqueueIncident(ctx(), { incidentId: id, n: 1 });
    }
    const start = now.getTime();
    await within(600_000);
    expectTries(start, [
      [0, 429],
      [20, 500],
      [40, 200],
    ]);
    expect(mine()[2]?.body).toContain("12 alerts of");
    expect(new Set(await stateOf())).toEqual(new Set(["sent", "folded"]));
  });
});
