import { createHmac } from "node:crypto";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import type { Tenant } from "@/server/context";
import { setEnvironment } from "@/tests/mocks/environment";
import { startHttpServer } from "@/tests/mocks/http-server";
import { startFakeSlack } from "@/tests/mocks/slack";
import { startFakeSmtp } from "@/tests/mocks/smtp";

let now = new Date("2026-11-20T12:00:00Z");
const slack = await startFakeSlack(() => now.getTime());
const smtp = await startFakeSmtp();
let receives = 200;
const receiver = await startHttpServer(() => ({ status: receives }));
setEnvironment({
  SLACK_RECEIVER_URL: slack.url,
  SMTP_URL: smtp.url,
  SMTP_FROM: "alerts@example.com",
  ALLOW_PRIVATE_SOURCES: "on",
});
const { makeIncident } = await import("@/tests/factories/incident-rows");
const { makeMember } = await import("@/tests/factories/person");
const { asAdmin, contextOf, makeTenant, personWith, system } = await import("@/tests/factories/tenant");
const { env } = await import("@/server/env");
if (env.SLACK_RECEIVER_URL !== slack.url) throw new Error("Messages would go to the real Slack");
const { addDestination } = await import("./add");
const { changeDestinationTo } = await import("./change");
const { deliverReady } = await import("./deliver-ready");
const { enqueueIncident } = await import("./enqueue");
const { enqueueReport } = await import("./enqueue-report");
const { listDestinations } = await import("./list");
const { listMessages } = await import("./list-messages");
const { pauseDestination } = await import("./pause");
const { pruneMessages } = await import("./prune");
const { removeDestination } = await import("./remove");
const { restoreDestination } = await import("./restore");
const { resumeDestination } = await import("./resume");
const { retryMessage } = await import("./retry");
const { testDestination } = await import("./send-test");
afterAll(() => Promise.all([slack.close(), receiver.close()]));

let tenant: Tenant;
let made = 0;
const admin = () => contextOf(tenant, personWith("admin"), now);
const pass = (ms: number) => (now = new Date(now.getTime() + ms));
const slackUrl = () => `https://hooks.slack.com/services/T0/B0/d${(made += 1)}`;
const addSlack = (url = slackUrl()) => addDestination(admin(), { kind: "slack", name: "alerts", url });
const only = async () => (await listDestinations(admin())).destinations[0];
const deliver = async () => {
  for (let step = 0; step < 20; step += 1) {
    const { waitMs } = await deliverReady(contextOf(tenant, system, now));
    if (waitMs === null) return;
    pass(waitMs);
  }
};
const alert = async (overrides = {}) => {
  const incident = await makeIncident(tenant, { openedAt: now, ...overrides });
  await enqueueIncident(contextOf(tenant, system, now), { incidentId: incident.id, n: 1 });
  return incident;
};

beforeEach(async () => {
  tenant = await makeTenant();
  receives = 200;
  slack.heard.splice(0);
  receiver.heard.splice(0);
  smtp.mails.splice(0);
});

describe("a destination", () => {
  it("is kept sealed: its address is in no row, no list and no audit entry", async () => {
    const url = "https://hooks.slack.com/services/T0CANARY/B0CANARY/canarySECRET";
    const { id, secret } = await addSlack(url);
    expect(secret).toBeNull();
    expect(await only()).toMatchObject({ id, kind: "slack", name: "alerts", tail: "…CRET", state: "active" });
    await deliver();
    await testDestination(admin(), { id });
    const everything = await asAdmin<{ row: string }>(
      `SELECT d::text || encode(d.target, 'escape') AS row FROM destination d WHERE tenant_id = $1
       UNION ALL SELECT w::text FROM delivery w WHERE tenant_id = $1 UNION ALL SELECT a::text FROM audit_event a WHERE tenant_id = $1`,
      [tenant.id],
    );
    expect(everything.length).toBeGreaterThan(3);
    for (const { row } of everything) expect(row).not.toMatch(/CANARY|canary/);
    expect(JSON.stringify(await listDestinations(admin()))).not.toMatch(/CANARY|canary/);
  });

  it.each([
    [{ kind: "slack", url: "https://evil.com/services/T0/B0/x" }, "INVALID_INPUT"],
    [{ kind: "webhook", url: "https://169.254.169.254/" }, "INVALID_INPUT"],
    [{ kind: "webhook", url: "https://u:p@example.com/" }, "INVALID_INPUT"],
  ] as const)("%j is refused", async (target, code) => {
    await expect(addDestination(admin(), { name: "x", ...target })).rejects.toMatchObject({ code });
    expect(await only()).toBeUndefined();
  });

  it("is there once for each address, and there are 20 at most", async () => {
    const url = slackUrl();
    await addSlack(url);
    await expect(addSlack(url)).rejects.toMatchObject({ code: "CONFLICT" });
    for (let count = 1; count < 20; count += 1) await addSlack();
    await expect(addSlack()).rejects.toMatchObject({ code: "CONFLICT" });
  });

  it("of two added at once with one address, there is one", async () => {
    const url = slackUrl();
    const results = await Promise.allSettled([addSlack(url), addSlack(url), addSlack(url)]);
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  it("is the office's to look at and the admins' to change", async () => {
    const { id } = await addSlack();
    const viewer = contextOf(tenant, personWith("viewer"), now);
    expect((await listDestinations(viewer)).destinations).toHaveLength(1);
    for (const act of [
      () => addDestination(viewer, { kind: "slack", name: "x", url: slackUrl() }),
      () => changeDestinationTo(viewer, { id, name: "x" }),
      () => pauseDestination(viewer, { id }),
      () => resumeDestination(viewer, { id }),
      () => removeDestination(viewer, { id }),
      () => restoreDestination(viewer, { id }),
      () => testDestination(viewer, { id }),
    ])
      await expect(act()).rejects.toMatchObject({ code: "FORBIDDEN" });
  });

  it("of another tenant is not found", async () => {
    const { id } = await addSlack();
    const other = contextOf(await makeTenant(), personWith("owner"), now);
    for (const act of [
      () => changeDestinationTo(other, { id, name: "x" }),
      () => pauseDestination(other, { id }),
      () => resumeDestination(other, { id }),
      () => removeDestination(other, { id }),
      () => restoreDestination(other, { id }),
      () => testDestination(other, { id }),
    ])
      await expect(act()).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("that was removed is back for a day, and gets nothing meanwhile", async () => {
    const { id } = await addSlack();
    await removeDestination(admin(), { id });
    await removeDestination(admin(), { id });
    expect(await only()).toBeUndefined();
    await alert();
    await deliver();
    expect(slack.heard).toEqual([]);
    await expect(pauseDestination(admin(), { id })).rejects.toMatchObject({ code: "NOT_FOUND" });
    pass(24 * 3_600_000);
    await restoreDestination(admin(), { id });
    expect(await only()).toMatchObject({ id });
    await removeDestination(admin(), { id });
    pass(24 * 3_600_000 + 1);
    await expect(restoreDestination(admin(), { id })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("that is paused sends nothing, lists what it missed, and sends it again when asked", async () => {
    const { id } = await addSlack();
    await alert();
    await pauseDestination(admin(), { id });
    await alert({ subject: { kind: "feature", key: "b" } });
    await deliver();
    expect(slack.heard).toEqual([]);
    const missed = await listMessages(admin(), { failed: true });
    expect(missed.map(({ failure }) => failure)).toEqual([
      "The destination was paused.",
      "The destination was paused.",
    ]);
    const [message] = missed;
    await expect(retryMessage(admin(), { id: message?.id ?? "" })).rejects.toMatchObject({
      code: "CONFLICT",
    });
    await resumeDestination(admin(), { id });
    await deliver();
    expect(slack.heard).toEqual([]);
    const ctx = admin();
    await retryMessage(ctx, { id: message?.id ?? "" });
    expect(ctx.emitted).toEqual([{ name: "delivery/requested", data: { tenantId: tenant.id } }]);
    await expect(retryMessage(admin(), { id: message?.id ?? "" })).rejects.toMatchObject({
      code: "CONFLICT",
    });
    await deliver();
    expect(slack.accepted()).toHaveLength(1);
  });

  it("that was switched off is on again with another address", async () => {
    const url = slackUrl();
    const { id } = await addSlack(url);
    slack.state.revoked.add(new URL(url).pathname);
    await alert();
    await deliver();
    expect(await only()).toMatchObject({
      state: "disabled",
      reason: expect.stringContaining("404") as string,
    });
    await changeDestinationTo(admin(), { id, name: "alerts 2" });
    expect(await only()).toMatchObject({ state: "disabled", name: "alerts 2" });
    await changeDestinationTo(admin(), { id, url: slackUrl() });
    expect(await only()).toMatchObject({ state: "active", reason: null, failure: null });
    await alert({ subject: { kind: "feature", key: "b" } });
    await deliver();
    expect(slack.accepted()).toHaveLength(1);
  });
});

describe("when a destination is switched off", () => {
  it("its owners and admins get a mail, once", async () => {
    const [owner, boss] = [await makeMember(tenant, "owner"), await makeMember(tenant, "admin")];
    await makeMember(tenant, "viewer");
    const url = slackUrl();
    await addSlack(url);
    slack.state.revoked.add(new URL(url).pathname);
    await alert();
    await deliver();
    await deliver();
    expect(smtp.mails).toHaveLength(1);
    expect(smtp.mails[0]?.text).toContain(owner.email);
    expect(smtp.mails[0]?.text).toContain(boss.email);
    expect(smtp.mails[0]?.text).toContain("no_service");
    expect(smtp.mails[0]?.text).not.toContain("hooks.slack.com");
  });
});

describe("the test button", () => {
  it("sends at once, and tells that it was taken", async () => {
    const { id } = await addSlack();
    expect(await testDestination(admin(), { id })).toEqual({
      ok: true,
      answer: "It was taken. Look whether it is there.",
    });
    expect(slack.accepted()).toHaveLength(1);
    expect(slack.heard[0]?.payload.text).toContain("A test from");
    await expect(testDestination(admin(), { id })).rejects.toMatchObject({ code: "RATE_LIMITED" });
    pass(1_000);
    expect(await testDestination(admin(), { id })).toMatchObject({ ok: true });
    expect(await listMessages(admin(), {})).toMatchObject([
      { kind: "test", state: "sent" },
      { kind: "test", state: "sent" },
    ]);
  });

  it("tells what was answered, tries no more, and switches nothing off", async () => {
    const url = slackUrl();
    slack.state.revoked.add(new URL(url).pathname);
    const { id } = await addSlack(url);
    expect(await testDestination(admin(), { id })).toEqual({
      ok: false,
      answer: "Slack refuses messages: status 404 (no_service).",
    });
    pass(60_000);
    await deliver();
    expect(slack.heard).toHaveLength(1);
    expect(await only()).toMatchObject({
      state: "active",
      failure: expect.stringContaining("404") as string,
    });
  });
});

describe("a webhook", () => {
  const add = () =>
    addDestination(admin(), {
      kind: "webhook",
      name: "own",
      url: `${receiver.url}/hook/${(made += 1)}?key=1`,
    });

  it("gets what happened, signed with the secret that was shown once", async () => {
    const { secret } = await add();
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    const incident = await alert({ severity: "critical" });
    await deliver();
    const [got, ...others] = receiver.heard;
    expect(others).toEqual([]);
    const { "webhook-id": id, "webhook-timestamp": at, "webhook-signature": signature } = got?.headers ?? {};
    const key = Buffer.from(secret?.slice("whsec_".length) ?? "", "base64");
    const expected = createHmac("sha256", key).update(`${String(id)}.${String(at)}.${got?.body ?? ""}`);
    expect(signature).toBe(`v1,${expected.digest("base64")}`);
    expect(Math.abs(Number(at) - now.getTime() / 1_000)).toBeLessThan(60);
    expect(got?.url.search).toBe("?key=1");
    expect(JSON.parse(got?.body ?? "")).toMatchObject({
      type: "incident.opened",
      data: { tenant: tenant.slug, incident: { id: incident.id, expected: "25.28", actual: "41.2" } },
    });
    expect(JSON.stringify(await listDestinations(admin()))).not.toContain(secret);
  });

  it("has the same id in each repeat", async () => {
    await add();
    receives = 500;
    await alert({ severity: "critical" });
    await deliverReady(contextOf(tenant, system, now));
    receives = 204;
    pass(20_000);
    await deliver();
    expect(receiver.heard).toHaveLength(2);
    expect(new Set(receiver.heard.map(({ headers }) => headers["webhook-id"])).size).toBe(1);
  });

  it("that is gone is switched off; one that has a fault is not", async () => {
    await add();
    receives = 404;
    await alert({ severity: "critical" });
    await deliverReady(contextOf(tenant, system, now));
    expect(await only()).toMatchObject({
      state: "active",
      failure: "The receiver answered with status 404.",
    });
    receives = 410;
    pass(20_000);
    await deliver();
    expect(await only()).toMatchObject({ state: "disabled" });
  });

  it("keeps its secret with another address", async () => {
    const { id, secret } = await add();
    await changeDestinationTo(admin(), { id, url: `${receiver.url}/elsewhere` });
    await alert();
    await deliver();
    const {
      "webhook-id": webhookId,
      "webhook-timestamp": at,
      "webhook-signature": signature,
    } = receiver.heard[0]?.headers ?? {};
    const key = Buffer.from(secret?.slice("whsec_".length) ?? "", "base64");
    const signed = createHmac("sha256", key).update(
      `${String(webhookId)}.${String(at)}.${receiver.heard[0]?.body ?? ""}`,
    );
    expect(receiver.heard[0]?.url.pathname).toBe("/elsewhere");
    expect(signature).toBe(`v1,${signed.digest("base64")}`);
  });

  it("is switched off after ten messages in a row that it could not take", async () => {
    await add();
    receives = 500;
    for (let nth = 0; nth < 10; nth += 1) {
      await alert({ subject: { kind: "feature", key: `f${nth}` } });
      await deliver();
      pass(3_600_000);
    }
    expect(await only()).toMatchObject({
      state: "disabled",
      reason: expect.stringContaining("10 messages in a row") as string,
    });
  });
});

describe("e-mail", () => {
  it("goes to all of its addresses, a link on a line of its own", async () => {
    await addDestination(admin(), {
      kind: "email",
      name: "office",
      to: ["Ann@example.com", "bob@example.com"],
    });
    const incident = await alert({ subject: { kind: "feature", key: "<b>\r\nBcc: evil@example.com" } });
    await deliver();
    const [mail, ...others] = smtp.mails;
    expect(others).toEqual([]);
    expect(mail?.text).toContain("ann@example.com, bob@example.com");
    expect(mail?.text).not.toMatch(/^Bcc/m);
    expect(mail?.text).toContain(`/${tenant.slug}/alerts/${incident.id}\r\n`);
  });
});

it("a report goes once to each destination that takes everything", async () => {
  await addSlack();
  await addDestination(admin(), {
    kind: "slack",
    name: "search",
    url: slackUrl(),
    routes: { teams: ["search"] },
  });
  const message = {
    type: "report.review",
    title: "The week of 16 November",
    text: "It cost $41.20, 3 % less than forecast.",
    fields: [],
    lines: ["code-review grew most: +$12.00"],
    context: [],
    link: { label: "Open the review", url: "https://app.example.com/acme/review" },
    alertId: null,
  };
  const ctx = contextOf(tenant, system, now);
  expect(await enqueueReport(ctx, { key: "review:2026-11-16", message })).toEqual({ destinations: 1 });
  expect(await enqueueReport(ctx, { key: "review:2026-11-16", message })).toEqual({ destinations: 0 });
  expect(ctx.emitted).toEqual([{ name: "delivery/requested", data: { tenantId: tenant.id } }]);
  await deliver();
  expect(slack.accepted().map(({ payload }) => payload.text)).toEqual([
    "The week of 16 November: It cost $41.20, 3 % less than forecast.",
  ]);
});

it("what is over for 90 days is forgotten, what waits never", async () => {
  await addSlack();
  await alert();
  await deliver();
  await alert({ subject: { kind: "feature", key: "b" } });
  pass(91 * 86_400_000);
  expect(await pruneMessages(contextOf(tenant, system, now))).toBe(1);
  expect(await listMessages(admin(), {})).toMatchObject([{ state: "waiting" }]);
});

it("the address of a destination that was removed is deleted after a day", async () => {
  const { id } = await addSlack();
  await removeDestination(admin(), { id });
  const rows = () => asAdmin("SELECT 1 FROM destination WHERE tenant_id = $1", [tenant.id]);
  pass(24 * 3_600_000);
  await pruneMessages(contextOf(tenant, system, now));
  expect(await rows()).toHaveLength(1);
  pass(1);
  await pruneMessages(contextOf(tenant, system, now));
  expect(await rows()).toEqual([]);
});
