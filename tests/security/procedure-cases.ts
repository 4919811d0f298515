import { randomUUID } from "node:crypto";
import type { Right } from "@/server/auth/permissions";
import { localDay } from "@/server/calendar/local-day";
import { keyOf } from "@/server/reconciliation/difference";
import { type Ids, killMonth, reviewWeek } from "./world";

/**
 * How each procedure is asked. A procedure without a case fails the suite, so whoever adds one says here which right it
 * takes and in which of its inputs something can be named that belongs to another tenant.
 */
export interface ProcedureCase {
  /** Who gets in: everybody, who signed in, a member or key with the right, only a key with the right. */
  door: "public" | "signed in" | "tenant" | "key";
  right?: Right;
  /** A sound input about one's own things. */
  own?: (ids: Ids) => unknown;
  /** Inputs that name things, to be tried with another tenant's and with absent ones; or why there are none. */
  naming: ((ids: Ids) => unknown)[] | string;
  /** The answer for the own tenant holds its canary. */
  shows?: true;
  /** The own input is refused all the same, for a reason besides rights. */
  status?: number;
}

const nothing = "its input names nothing";
const ofMonth = "a month is a date, and every tenant has it";
/** The feature of every world's kill review. */
const judged = (slug: string) => slug.replace(/tenant-slug$/, "judged");
const ofWeek = "a week is a date, and every tenant has it";
const bearer = "the token is the secret: whoever holds it may see what it opens";
const today = () => new Date().toISOString().slice(0, 10);
const range = () => ({
  from: "2026-01-01",
  to: new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10),
});
const cursorOf = (id: string) =>
  Buffer.from(JSON.stringify([`${today()}T23:59:59.000Z`, id, "60"])).toString("base64url");
const call = (more: object) => ({
  occurredAt: new Date().toISOString(),
  model: "gpt-4o",
  provider: "openai",
  ...more,
});
/** What a contract of the tenant's is about (world.ts). */
const contractModel = ({ userId, callId }: Ids) => ({ provider: userId, model: callId });
/** What Stripe's side of the tenant differs by today (world.ts). */
const differing = ({ id, slug }: Ids) => {
  const customer = slug.replace(/tenant-slug$/, "billing-difference-customer-id");
  const key = keyOf("stripe", "not_sent", JSON.stringify([id, customer, today()]));
  return { month: localDay(new Date(), "Asia/Kolkata").slice(0, 7), link: "stripe", key };
};
const mapping = { columns: { occurredAt: "occurredAt", id: "id", model: "model", feature: "feature" } };
const password = "correct horse battery staple";

const recent = () => ({
  from: new Date(Date.now() - 30 * 86_400_000).toISOString().slice(0, 10),
  to: new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10),
});
const changed = () => ({
  ...recent(),
  compare: {
    from: new Date(Date.now() - 60 * 86_400_000).toISOString().slice(0, 10),
    to: recent().from,
  },
});
const attributionRule = {
  name: "rule",
  conditions: [{ field: "feature", op: "isMissing" }],
  sets: { feature: "chat" },
};
const previewedRule = (userId: string) => ({
  conditions: [{ field: "userId", op: "is", value: userId === "" ? "nobody" : userId }],
  sets: { feature: "chat" },
  ...recent(),
});

const requestOf = (rootRequestId: string) => ({ rootRequestId, at: new Date().toISOString() });

/** As somebody would save it. */
const ratePlan = (name: string) => ({
  name,
  components: [{ kind: "cost_plus", label: "Usage", markupPercent: "20" }],
});

export const procedureCases: Record<string, ProcedureCase> = {
  "account.signInWays": { door: "public", naming: nothing },
  "account.register": {
    door: "public",
    own: () => ({ email: `${randomUUID()}@example.com`, password, name: "New" }),
    naming: bearer,
  },
  // No mail is configured here, and it says so to everybody.
  "account.forgotPassword": { door: "public", own: () => ({ email: "a@example.com" }), naming: [({ email }) => ({ email: `${email}@example.com` })], status: 503 }, // prettier-ignore
  "account.resetPassword": {
    door: "public",
    own: () => ({ email: "a@example.com", token: "none", password }),
    naming: [({ email }) => ({ email: `${email}@example.com`, token: "guess", password })],
    status: 404,
  },
  "account.me": { door: "signed in", naming: nothing, shows: true },
  "account.changePassword": { door: "signed in", own: () => ({ next: password }), naming: nothing },
  "account.signOutEverywhere": { door: "signed in", naming: nothing },
  "attribution.show": { door: "tenant", right: "attribution:read", naming: nothing, shows: true },
  "attribution.setTagPolicy": {
    door: "tenant",
    right: "attribution:write",
    own: () => ({ tagPolicy: { team: "unattributed" } }),
    naming: nothing,
  },
  "attribution.setAttributeMap": {
    door: "tenant",
    right: "attribution:write",
    own: () => ({ attributeMap: { "app.flow": "feature" } }),
    naming: nothing,
  },
  "attribution.rules": { door: "tenant", right: "attribution:read", own: () => ({}), naming: [({ id }) => ({ id })], shows: true }, // prettier-ignore
  "attribution.saveRule": { door: "tenant", right: "attribution:write", own: () => attributionRule, naming: [({ id }) => ({ ...attributionRule, id })] }, // prettier-ignore
  "attribution.retireRule": { door: "tenant", right: "attribution:write", own: ({ id }) => ({ id }), naming: [({ id }) => ({ id })] }, // prettier-ignore
  "attribution.previewRule": { door: "tenant", right: "attribution:read", own: () => previewedRule(""), naming: [({ userId }) => previewedRule(userId)] }, // prettier-ignore
  // The tenant's only run is under way.
  "attribution.applyRule": { door: "tenant", right: "attribution:write", own: ({ id }) => ({ id, ...recent() }), naming: [({ id }) => ({ id, ...recent() })], status: 409 }, // prettier-ignore
  "attribution.revertRun": { door: "tenant", right: "attribution:write", own: ({ id }) => ({ runId: id }), naming: [({ id }) => ({ runId: id })], status: 409 }, // prettier-ignore
  "attribution.run": { door: "tenant", right: "attribution:read", own: ({ id }) => ({ runId: id }), naming: [({ id }) => ({ runId: id })], shows: true }, // prettier-ignore
  "attribution.runs": { door: "tenant", right: "attribution:read", naming: nothing, shows: true },
  "audit.list": {
    door: "tenant",
    right: "audit:read",
    own: () => ({ cursor: "61" }),
    naming: [({ seq }) => ({ cursor: seq })],
    shows: true,
  },
  "audit.verify": { door: "tenant", right: "audit:read", naming: nothing },
  "alerts.rules": { door: "tenant", right: "alerts:read", naming: nothing, shows: true },
  "alerts.backtest": { door: "tenant", right: "alerts:read", own: () => ({ rule: "week-over-week" }), naming: [({ callId }) => ({ rule: "spike", subject: { kind: "feature", key: callId }, days: 2 })] }, // prettier-ignore
  "alerts.set": { door: "tenant", right: "alerts:write", own: () => ({ rule: "spike", params: { minUsd: 7 } }), naming: [({ callId }) => ({ rule: "spike", subject: { kind: "feature", key: callId }, enabled: false })] }, // prettier-ignore
  "alerts.reset": { door: "tenant", right: "alerts:write", own: () => ({ rule: "spike" }), naming: [({ callId }) => ({ rule: "spike", subject: { kind: "feature", key: callId } })] }, // prettier-ignore
  "bi.listReaders": { door: "tenant", right: "bi:read", naming: nothing, shows: true },
  "bi.createReader": { door: "tenant", right: "bi:write", own: () => ({ name: "Metabase" }), naming: nothing }, // prettier-ignore
  "bi.rotateReader": { door: "tenant", right: "bi:write", own: ({ id }) => ({ id }), naming: [({ id }) => ({ id })] }, // prettier-ignore
  "bi.revokeReader": { door: "tenant", right: "bi:write", own: ({ id }) => ({ id }), naming: [({ id }) => ({ id })] }, // prettier-ignore
  "billing.show": { door: "tenant", right: "billing:read", naming: nothing, shows: true },
  "billing.exports": { door: "tenant", right: "billing:read", own: () => ({}), naming: [({ id }) => ({ meterId: id })], shows: true }, // prettier-ignore
  "billing.differences": { door: "tenant", right: "billing:read", own: () => ({}), naming: [({ id }) => ({ meterId: id })], shows: true }, // prettier-ignore
  "billing.windows": { door: "tenant", right: "billing:read", own: () => ({}), naming: [({ id }) => ({ meterId: id })], shows: true }, // prettier-ignore
  "billing.sums": { door: "tenant", right: "billing:read", own: () => ({}), naming: [({ id }) => ({ meterId: id })], shows: true }, // prettier-ignore
  "billing.window": { door: "tenant", right: "billing:read", own: ({ id }) => ({ id }), naming: [({ id }) => ({ id })], shows: true }, // prettier-ignore
  "billing.askSum": { door: "tenant", right: "billing:read", own: ({ id }) => ({ id }), naming: [({ id }) => ({ id })], status: 409 }, // prettier-ignore
  "billing.providerMeters": { door: "tenant", right: "billing:write", naming: nothing, status: 409 },
  "billing.run": { door: "tenant", right: "billing:write", naming: nothing },
  "billing.unmapped": { door: "tenant", right: "billing:read", naming: nothing },
  "billing.suggestMappings": { door: "tenant", right: "billing:write", naming: nothing, status: 409 },
  "billing.revenue": { door: "tenant", right: "billing:read", naming: nothing, shows: true },
  "billing.readRevenue": { door: "tenant", right: "billing:write", naming: nothing, status: 409 },
  // One is connected, whose made key nobody can open; and its one hour of usage is under way.
  "billing.connect": { door: "tenant", right: "billing:write", own: () => ({ apiKey: "rk_test_0123456789" }), naming: nothing, status: 409 }, // prettier-ignore
  "billing.rotate": { door: "tenant", right: "billing:write", own: () => ({ webhookSecret: "whsec_0123456789" }), naming: nothing }, // prettier-ignore
  "billing.disconnect": { door: "tenant", right: "billing:write", own: () => ({ confirmUnderWay: 0 }), naming: nothing, status: 409 }, // prettier-ignore
  "billing.addMeter": { door: "tenant", right: "billing:write", own: () => ({ providerMeter: "mtr_1", measure: "tokens" }), naming: nothing, status: 409 }, // prettier-ignore
  "billing.endMeter": { door: "tenant", right: "billing:write", own: ({ id }) => ({ id }), naming: [({ id }) => ({ id })] }, // prettier-ignore
  "billing.mapAccount": { door: "tenant", right: "billing:write", own: ({ userId }) => ({ accountId: userId, customerId: "cus_1" }), naming: [({ userId }) => ({ accountId: userId, customerId: "cus_1" })], status: 409 }, // prettier-ignore
  "billing.unmapAccount": { door: "tenant", right: "billing:write", own: ({ userId }) => ({ accountId: userId }), naming: [({ userId }) => ({ accountId: userId })] }, // prettier-ignore
  "billing.retry": { door: "tenant", right: "billing:write", own: ({ id }) => ({ id }), naming: [({ id }) => ({ id })], status: 409 }, // prettier-ignore
  "budgets.list": { door: "tenant", right: "budgets:read", naming: nothing, shows: true },
  "budgets.history": { door: "tenant", right: "budgets:read", own: ({ id }) => ({ id }), naming: [({ id }) => ({ id })], shows: true }, // prettier-ignore
  "budgets.forecast": {
    door: "tenant",
    right: "budgets:read",
    own: ({ userId }) => ({ subject: { kind: "user", key: userId } }),
    naming: [
      ({ userId }) => ({ subject: { kind: "user", key: userId }, period: { month: today().slice(0, 7) } }),
    ],
  },
  "budgets.set": {
    door: "tenant",
    right: "budgets:write",
    own: () => ({ subject: { kind: "team", key: `team ${randomUUID()}` }, amountUsd: "1200" }),
    naming: [
      ({ personId }) => ({ subject: { kind: "team", key: "platform" }, amountUsd: "10", ownerId: personId }),
      ({ userId }) => ({ subject: { kind: "user", key: userId }, amountUsd: "10" }),
    ],
  },
  "budgets.end": { door: "tenant", right: "budgets:write", own: ({ id }) => ({ id }), naming: [({ id }) => ({ id })] }, // prettier-ignore
  "calls.list": {
    door: "tenant",
    right: "calls:read",
    own: () => ({}),
    naming: [({ callId }) => ({ filter: { id: callId } }), ({ userId }) => ({ filter: { userId: [userId] } }), ({ callId }) => ({ cursor: cursorOf(callId), filter: { id: callId } })], // prettier-ignore
    shows: true,
  },
  "calls.outliers": { door: "tenant", right: "calls:read", own: () => ({}), naming: [({ userId }) => ({ filter: { user: [userId] } })], shows: true }, // prettier-ignore
  "calls.show": { door: "tenant", right: "calls:read", own: ({ callId }) => ({ id: callId }), naming: [({ callId }) => ({ id: callId })], shows: true }, // prettier-ignore
  "calls.related": { door: "tenant", right: "calls:read", own: ({ callId }) => ({ id: callId }), naming: [({ callId }) => ({ id: callId })] }, // prettier-ignore
  "calls.quarantine": { door: "tenant", right: "calls:read", naming: nothing, shows: true },
  "calls.quarantineCount": { door: "tenant", right: "calls:read", naming: nothing },
  "calls.quarantined": { door: "tenant", right: "calls:read", own: ({ id }) => ({ id }), naming: [({ id }) => ({ id })], shows: true }, // prettier-ignore
  "delivery.list": { door: "tenant", right: "alerts:read", naming: nothing, shows: true },
  "delivery.messages": { door: "tenant", right: "alerts:read", own: () => ({}), naming: [({ id }) => ({ destinationId: id }), ({ id }) => ({ incidentId: id })], shows: true }, // prettier-ignore
  "delivery.add": { door: "tenant", right: "alerts:write", own: () => ({ kind: "slack", name: "new", url: `https://hooks.slack.com/services/T0/B0/x${randomUUID().replaceAll("-", "")}` }), naming: [({ userId }) => ({ kind: "slack", name: userId, url: `https://hooks.slack.com/services/T0/B0/y${randomUUID().replaceAll("-", "")}`, routes: { teams: [userId] } })] }, // prettier-ignore
  "delivery.change": { door: "tenant", right: "alerts:write", own: ({ id }) => ({ id, name: "changed" }), naming: [({ id }) => ({ id, name: "changed" })] }, // prettier-ignore
  "delivery.pause": { door: "tenant", right: "alerts:write", own: ({ id }) => ({ id }), naming: [({ id }) => ({ id })] }, // prettier-ignore
  "delivery.resume": { door: "tenant", right: "alerts:write", own: ({ id }) => ({ id }), naming: [({ id }) => ({ id })] }, // prettier-ignore
  "delivery.restore": { door: "tenant", right: "alerts:write", own: ({ id }) => ({ id }), naming: [({ id }) => ({ id })] }, // prettier-ignore
  // Its made-up address cannot be opened, which is the answer.
  "delivery.test": { door: "tenant", right: "alerts:write", own: ({ id }) => ({ id }), naming: [({ id }) => ({ id })] }, // prettier-ignore
  // It failed when its destination was paused, by the case above.
  "delivery.retry": { door: "tenant", right: "alerts:write", own: ({ id }) => ({ id }), naming: [({ id }) => ({ id })] }, // prettier-ignore
  "delivery.remove": { door: "tenant", right: "alerts:write", own: ({ id }) => ({ id }), naming: [({ id }) => ({ id })] }, // prettier-ignore
  "features.list": { door: "tenant", right: "reports:read", naming: nothing, shows: true },
  "features.events": { door: "tenant", right: "reports:read", own: ({ callId }) => ({ feature: callId }), naming: [({ callId }) => ({ feature: callId })] }, // prettier-ignore
  "features.set": {
    door: "tenant",
    right: "features:write",
    own: () => ({ feature: `feature ${randomUUID()}`, conversionEvent: "Reply Sent" }),
    naming: [({ personId }) => ({ feature: "chat", ownerId: personId })],
  },
  "gate.reserve": {
    door: "key",
    right: "gate:use",
    own: () => ({ key: randomUUID(), estimate: { costUsd: "0.01" } }),
    naming: [
      ({ callId }) => ({ key: callId, estimate: { costUsd: "0.01" } }),
      ({ userId, callId }) => ({ key: "k", userId, run: { id: callId }, estimate: { costUsd: "0.01" } }),
    ],
  },
  "gate.settle": { door: "key", right: "gate:use", own: ({ userId }) => ({ key: userId }), naming: [({ userId }) => ({ key: userId, actual: { costUsd: "1" } })] }, // prettier-ignore
  "gate.check": {
    door: "key",
    right: "gate:use",
    own: () => ({ estimate: { costUsd: "0.01" } }),
    // Not by the user: that of another tenant may have a budget of one's own by now (budgets.set).
    naming: [
      ({ userId, callId }) => ({ accountId: userId, run: { id: callId }, estimate: { costUsd: "0.01" } }),
    ],
  },
  "gate.balances": { door: "tenant", right: "budgets:read", naming: nothing },
  "gate.settings": { door: "tenant", right: "budgets:read", naming: nothing },
  "gate.setSettings": { door: "tenant", right: "budgets:write", own: () => ({ whenUnreachable: "closed" }), naming: nothing }, // prettier-ignore
  "incidents.list": { door: "tenant", right: "alerts:read", own: () => ({}), naming: [({ userId }) => ({ subject: { kind: "feature", key: userId } })], shows: true }, // prettier-ignore
  "incidents.read": { door: "tenant", right: "alerts:read", own: ({ id }) => ({ id }), naming: [({ id }) => ({ id })], shows: true }, // prettier-ignore
  "incidents.note": { door: "tenant", right: "incidents:write", own: ({ id }) => ({ id, note: "seen" }), naming: [({ id }) => ({ id, note: "seen" })] }, // prettier-ignore
  "incidents.acknowledge": { door: "tenant", right: "incidents:write", own: ({ id }) => ({ id }), naming: [({ id }) => ({ id })] }, // prettier-ignore
  "incidents.snooze": { door: "tenant", right: "incidents:write", own: ({ id }) => ({ id, until: new Date(Date.now() + 3_600_000).toISOString() }), naming: [({ id }) => ({ id, until: new Date(Date.now() + 3_600_000).toISOString() })] }, // prettier-ignore
  "incidents.resolve": { door: "tenant", right: "incidents:write", own: ({ id }) => ({ id }), naming: [({ id }) => ({ id })] }, // prettier-ignore
  "incidents.reopen": { door: "tenant", right: "incidents:write", own: ({ id }) => ({ id }), naming: [({ id }) => ({ id })] }, // prettier-ignore
  "imports.prepareUpload": {
    door: "tenant",
    right: "calls:import",
    own: () => ({ fileName: "a.csv" }),
    naming: nothing,
  },
  "imports.preview": { door: "tenant", right: "calls:import", own: ({ id }) => ({ uploadId: id }), naming: [({ id }) => ({ uploadId: id }), ({ id }) => ({ uploadId: id, mapping })], shows: true }, // prettier-ignore
  "imports.start": { door: "tenant", right: "calls:import", own: ({ id }) => ({ uploadId: id, mapping }), naming: [({ id }) => ({ uploadId: id, mapping })] }, // prettier-ignore
  "imports.show": {
    door: "tenant",
    right: "calls:import",
    own: ({ id }) => ({ id }),
    naming: [({ id }) => ({ id })],
    shows: true,
  },
  "imports.list": { door: "tenant", right: "calls:import", naming: nothing, shows: true },
  "ingest.calls": {
    door: "key",
    right: "calls:write",
    own: () => ({ calls: [call({ id: "own-call" })] }),
    naming: [({ callId }) => ({ calls: [call({ id: callId, feature: "x" })] }), ({ userId }) => ({ calls: [call({ id: `of-${userId.length}`, userId: "u" })] })], // prettier-ignore
  },
  "ingest.usage": {
    door: "key",
    right: "usage:write",
    own: () => ({ events: [{ id: "own-event", occurredAt: new Date().toISOString(), userId: "u" }] }),
    naming: [({ userId, id }) => ({ events: [{ id, occurredAt: new Date().toISOString(), userId }] })],
  },
  "ingest.identify": {
    door: "key",
    right: "usage:write",
    own: () => ({ users: [{ userId: "u", plan: "pro" }] }),
    naming: [({ userId }) => ({ users: [{ userId, plan: "pro", at: "2026-01-01T00:00:00Z" }] })],
  },
  "invoices.plans": { door: "tenant", right: "reports:read", naming: nothing, shows: true },
  "invoices.plan": { door: "tenant", right: "reports:read", own: ({ id }) => ({ id }), naming: [({ id }) => ({ id })], shows: true }, // prettier-ignore
  "invoices.savePlan": { door: "tenant", right: "billing:write", own: () => ({ terms: ratePlan("saved") }), naming: [({ id }) => ({ id, baseVersion: 60, terms: ratePlan("renamed") })] }, // prettier-ignore
  "invoices.retirePlan": { door: "tenant", right: "billing:write", own: ({ id }) => ({ id }), naming: [({ id }) => ({ id })], status: 409 }, // prettier-ignore
  "invoices.previewPlan": { door: "tenant", right: "reports:read", own: () => ({ terms: ratePlan("tried") }), naming: nothing }, // prettier-ignore
  "invoices.accounts": { door: "tenant", right: "reports:read", own: () => ({}), naming: [({ userId }) => ({ search: userId })], shows: true }, // prettier-ignore
  "invoices.saveAccount": { door: "tenant", right: "billing:write", own: ({ id, userId }) => ({ accountId: userId, planId: id, details: {} }), naming: [({ id }) => ({ accountId: "somebody", planId: id, details: {} })] }, // prettier-ignore
  "invoices.forgetAccount": { door: "tenant", right: "billing:write", own: ({ userId }) => ({ accountId: userId }), naming: [({ userId }) => ({ accountId: userId })] }, // prettier-ignore
  "invoices.issuer": { door: "tenant", right: "reports:read", naming: nothing, shows: true },
  "invoices.saveIssuer": { door: "tenant", right: "billing:write", own: ({ id }) => ({ defaultPlanId: id, details: {} }), naming: [({ id }) => ({ defaultPlanId: id, details: {} })] }, // prettier-ignore
  "invoices.months": { door: "tenant", right: "reports:read", naming: nothing },
  "invoices.month": {
    door: "tenant",
    right: "reports:read",
    own: () => ({ month: "2026-10" }),
    naming: ofMonth,
  },
  "invoices.list": { door: "tenant", right: "reports:read", own: () => ({}), naming: [({ userId }) => ({ accountId: userId })], shows: true }, // prettier-ignore
  "invoices.read": { door: "tenant", right: "reports:read", own: ({ id }) => ({ id }), naming: [({ id }) => ({ id })], shows: true }, // prettier-ignore
  "invoices.verify": { door: "tenant", right: "reports:read", own: ({ id }) => ({ id }), naming: [({ id }) => ({ id })], status: 409 }, // prettier-ignore
  "invoices.makeDrafts": {
    door: "tenant",
    right: "billing:write",
    own: () => ({ month: "2026-10" }),
    naming: ofMonth,
  },
  "invoices.recompute": { door: "tenant", right: "billing:write", own: ({ id }) => ({ id }), naming: [({ id }) => ({ id })], shows: true }, // prettier-ignore
  "invoices.addLine": { door: "tenant", right: "billing:write", own: ({ id }) => ({ id, description: "Credit", amountUsd: "-1" }), naming: [({ id }) => ({ id, description: "Credit", amountUsd: "-1" })], shows: true }, // prettier-ignore
  "invoices.removeLine": { door: "tenant", right: "billing:write", own: ({ id }) => ({ id, manualId: id }), naming: [({ id }) => ({ id, manualId: id })], status: 404 }, // prettier-ignore
  "invoices.discard": { door: "tenant", right: "billing:write", own: () => ({ id: randomUUID() }), naming: [({ id }) => ({ id })], status: 404 }, // prettier-ignore
  "invoices.finalise": { door: "tenant", right: "billing:write", own: ({ id }) => ({ id, totalUsd: "0" }), naming: [({ id }) => ({ id, totalUsd: "0" })], status: 409 }, // prettier-ignore
  "invoices.finaliseMonth": { door: "tenant", right: "billing:write", own: () => ({ month: "2026-10", confirm: { drafts: 1, totalUsd: "0" } }), naming: ofMonth, status: 409 }, // prettier-ignore
  "invoices.void": { door: "tenant", right: "billing:write", own: ({ id }) => ({ id, reason: "wrong" }), naming: [({ id }) => ({ id, reason: "wrong" })], status: 409 }, // prettier-ignore
  "invoices.replace": { door: "tenant", right: "billing:write", own: ({ id }) => ({ id }), naming: [({ id }) => ({ id })], status: 409 }, // prettier-ignore
  "keys.list": { door: "tenant", right: "keys:read", naming: nothing, shows: true },
  "keys.create": {
    door: "tenant",
    right: "keys:write",
    own: () => ({ name: "new key", scopes: ["read"] }),
    naming: nothing,
  },
  "keys.revoke": {
    door: "tenant",
    right: "keys:write",
    own: ({ id }) => ({ id }),
    naming: [({ id }) => ({ id })],
  },
  "members.list": { door: "tenant", right: "members:read", naming: nothing, shows: true },
  "members.invite": { door: "tenant", right: "members:write", own: () => ({ email: "guest@example.com", role: "viewer" }), naming: [({ email }) => ({ email: `${email}@example.com`, role: "viewer" })] }, // prettier-ignore
  "members.revokeInvitation": {
    door: "tenant",
    right: "members:write",
    own: ({ id }) => ({ id }),
    naming: [({ id }) => ({ id })],
  },
  "members.changeRole": { door: "tenant", right: "members:write", own: ({ personId }) => ({ personId, role: "viewer" }), naming: [({ personId }) => ({ personId, role: "viewer" })] }, // prettier-ignore
  // Leaving is everybody's; removing somebody else takes members:write, which the verb asks for.
  "members.remove": { door: "tenant", right: "members:write", own: ({ personId }) => ({ personId }), naming: [({ personId }) => ({ personId })] }, // prettier-ignore
  "members.invitation": {
    door: "public",
    own: ({ invitationToken }) => ({ token: invitationToken }),
    naming: bearer,
  },
  "members.accept": {
    door: "signed in",
    own: ({ invitationToken }) => ({ token: invitationToken }),
    naming: bearer,
    status: 403,
  },
  "onboarding.status": { door: "tenant", right: "calls:read", naming: nothing },
  "periods.list": { door: "tenant", right: "reports:read", naming: nothing, shows: true },
  "periods.close": { door: "tenant", right: "periods:write", own: () => ({ month: "2026-01" }), naming: nothing }, // prettier-ignore
  "periods.cancel": { door: "tenant", right: "periods:write", own: () => ({ month: "2026-10" }), naming: nothing }, // prettier-ignore
  // A month that is not closed: opening the one that is would let the repricing below be approved.
  "periods.reopen": { door: "tenant", right: "periods:reopen", own: () => ({ month: "2026-01", reason: "A tag was wrong." }), naming: nothing, status: 404 }, // prettier-ignore
  "statements.months": { door: "tenant", right: "reports:read", naming: nothing, shows: true },
  "statements.read": { door: "tenant", right: "reports:read", own: () => ({ month: "2026-10" }), naming: nothing, shows: true }, // prettier-ignore
  "statements.view": { door: "tenant", right: "reports:read", own: () => ({ month: "2026-10", by: "account" }), naming: [({ userId }) => ({ month: "2026-10", by: "account", of: userId })], shows: true }, // prettier-ignore
  "statements.sinceClosed": { door: "tenant", right: "reports:read", own: () => ({ month: "2026-10" }), naming: nothing }, // prettier-ignore
  "statements.verify": { door: "tenant", right: "reports:read", own: () => ({ month: "2026-10" }), naming: nothing }, // prettier-ignore
  "reconciliation.customers": { door: "tenant", right: "reports:read", own: () => ({ month: "2026-10" }), naming: ofMonth, shows: true }, // prettier-ignore
  "reconciliation.providers": { door: "tenant", right: "reports:read", own: () => ({ month: "2026-10" }), naming: ofMonth }, // prettier-ignore
  "reconciliation.accounts": { door: "tenant", right: "reports:read", own: () => ({ month: "2026-10" }), naming: ofMonth }, // prettier-ignore
  // Nobody's: another case may have removed the member.
  "reconciliation.assign": { door: "tenant", right: "periods:write", own: (ids) => ({ ...differing(ids), ownerId: null }), naming: [(ids) => ({ ...differing(ids), ownerId: ids.personId })] }, // prettier-ignore
  "reconciliation.settle": { door: "tenant", right: "periods:write", own: (ids) => ({ ...differing(ids), amount: "0", note: "Made so." }), naming: [(ids) => ({ ...differing(ids), amount: "0", note: "x" })] }, // prettier-ignore
  // Nobody settled it before.
  "reconciliation.unsettle": { door: "tenant", right: "periods:write", own: (ids) => ({ ...differing(ids), key: "f".repeat(32) }), naming: [(ids) => differing(ids)], status: 404 }, // prettier-ignore
  "prices.list": { door: "tenant", right: "prices:read", naming: nothing, shows: true },
  "prices.model": { door: "tenant", right: "prices:read", own: (ids) => contractModel(ids), naming: [(ids) => contractModel(ids)], shows: true }, // prettier-ignore
  "prices.notices": { door: "tenant", right: "prices:read", naming: nothing },
  "prices.feeds": { door: "tenant", right: "prices:read", naming: nothing },
  "prices.addContract": {
    door: "tenant",
    right: "prices:write",
    own: () => ({ provider: "openai", model: "gpt-4o", rates: [{ unit: "fresh_input", usd: "2" }] }),
    naming: [({ userId }) => ({ provider: "openai", model: "gpt-4o", feature: userId, rates: [{ unit: "fresh_input", usd: "2" }] })], // prettier-ignore
  },
  "prices.addDiscount": {
    door: "tenant",
    right: "prices:write",
    own: () => ({ factor: "0.9" }),
    naming: nothing,
  },
  "prices.withdraw": { door: "tenant", right: "prices:write", own: ({ id }) => ({ id }), naming: [({ id }) => ({ id })] }, // prettier-ignore
  "repricing.list": { door: "tenant", right: "prices:read", naming: nothing, shows: true },
  "repricing.show": { door: "tenant", right: "prices:read", own: ({ id }) => ({ id }), naming: [({ id }) => ({ id })], shows: true }, // prettier-ignore
  "repricing.request": {
    door: "tenant",
    right: "prices:write",
    own: () => ({ scope: { from: "2026-01-01", to: "2026-02-01" }, reason: "The list was wrong." }),
    naming: [({ userId }) => ({ scope: { from: "2026-01-01", to: "2026-02-01", feature: userId }, reason: "x" })], // prettier-ignore
  },
  // What was previewed is not what it would do any more: a month was closed since.
  "repricing.approve": { door: "tenant", right: "repricing:approve", own: ({ id }) => ({ id, callsChanged: 60, deltaUsd: "60" }), naming: [({ id }) => ({ id, callsChanged: 60, deltaUsd: "60" })], status: 409 }, // prettier-ignore
  "repricing.discard": { door: "tenant", right: "prices:write", own: ({ id }) => ({ id }), naming: [({ id }) => ({ id })] }, // prettier-ignore
  // It has not failed.
  "repricing.retry": { door: "tenant", right: "repricing:approve", own: ({ id }) => ({ id }), naming: [({ id }) => ({ id })], status: 409 }, // prettier-ignore
  "privacy.show": { door: "tenant", right: "privacy:write", naming: nothing },
  "privacy.setPseudonyms": {
    door: "tenant",
    right: "privacy:write",
    own: () => ({ pseudonymise: false, confirm: true }),
    naming: nothing,
  },
  "privacy.lookUpPseudonym": {
    door: "tenant",
    right: "privacy:write",
    own: () => ({ userId: "u" }),
    naming: "it looks nobody up: it reckons with the tenant's own key",
  },
  "privacy.shredPseudonymKey": {
    door: "tenant",
    right: "privacy:write",
    own: () => ({ confirm: "delete the key" }),
    naming: nothing,
  },
  "privacy.eraseUser": {
    door: "tenant",
    right: "privacy:write",
    own: () => ({ userId: "u", confirm: "u" }),
    naming: "it only notes a wish; the job that fulfils it is in server/privacy/erase-user.db.test.ts",
  },
  "privacy.erasures": { door: "tenant", right: "privacy:write", naming: nothing, shows: true },
  "reports.coverage": { door: "tenant", right: "attribution:read", own: recent, naming: nothing },
  "reports.retryTax": { door: "tenant", right: "reports:read", own: recent, naming: [({ userId }) => ({ ...recent(), filter: { feature: [userId] } })] }, // prettier-ignore
  "reports.errors": { door: "tenant", right: "reports:read", own: recent, naming: [({ userId }) => ({ ...recent(), filter: { model: [userId] } })], shows: true }, // prettier-ignore
  "reports.cache": { door: "tenant", right: "reports:read", own: range, naming: [({ userId }) => ({ ...range(), filter: { user: [userId] } })], shows: true }, // prettier-ignore
  "reports.windows": { door: "tenant", right: "reports:read", own: () => ({ groupBy: "feature" }), naming: [({ userId }) => ({ groupBy: "user", filter: { user: [userId] } })], shows: true }, // prettier-ignore
  "reports.featureValue": { door: "tenant", right: "reports:read", own: () => ({}), naming: "every tenant has every month", shows: true }, // prettier-ignore
  "reports.unmatchedFeatures": { door: "tenant", right: "reports:read", naming: nothing },
  "reports.growth": { door: "tenant", right: "reports:read", own: () => ({ groupBy: "feature", minCalls: 0 }), naming: [({ userId }) => ({ groupBy: "team", filter: { feature: [userId] } })], shows: true }, // prettier-ignore
  "reports.hours": { door: "tenant", right: "reports:read", own: range, naming: [({ userId }) => ({ ...range(), filter: { feature: [userId] } })] }, // prettier-ignore
  "reports.retention": {
    door: "tenant",
    right: "reports:read",
    own: () => ({ grain: "week" }),
    naming: nothing,
  },
  "reports.requestCost": {
    door: "tenant",
    right: "calls:read",
    own: ({ callId }) => requestOf(callId.replace("call-call-id", "call-root-request-id")),
    naming: [({ callId }) => requestOf(callId.replace("call-call-id", "call-root-request-id"))],
    shows: true,
  },
  "reports.breakdown": {
    door: "tenant",
    right: "reports:read",
    own: () => ({ ...range(), groupBy: "feature" }),
    naming: [({ userId }) => ({ ...range(), groupBy: "user", filter: { user: { contains: [userId] } } }), ({ userId }) => ({ ...range(), groupBy: "feature", filter: { user: [userId] } })], // prettier-ignore
    shows: true,
  },
  "reports.trend": {
    door: "tenant",
    right: "reports:read",
    own: () => ({ ...range(), granularity: "day", groupBy: "feature" }),
    naming: [({ userId }) => ({ ...range(), granularity: "day", filter: { user: [userId] } })],
    shows: true,
  },
  "reports.promptVersions": { door: "tenant", right: "reports:read", own: recent, naming: [({ callId }) => ({ ...recent(), prompt: callId.replace("call-call-id", "rollup-slot-prompt-id") })], shows: true }, // prettier-ignore
  "reports.promptChanges": { door: "tenant", right: "reports:read", own: recent, naming: [({ callId }) => ({ ...recent(), filter: { prompt: [callId.replace("call-call-id", "rollup-slot-prompt-id")] } })] }, // prettier-ignore
  "reports.run": {
    door: "tenant",
    right: "calls:read",
    own: ({ callId }) => ({ runId: callId.replace("call-call-id", "call-run-id") }),
    naming: [({ callId }) => ({ runId: callId.replace("call-call-id", "call-run-id") })],
    shows: true,
  },
  "reports.runs": { door: "tenant", right: "reports:read", own: recent, naming: [({ userId }) => ({ ...recent(), filter: { user: [userId] } })], shows: true }, // prettier-ignore
  "reports.userSpread": { door: "tenant", right: "reports:read", own: recent, naming: [({ userId }) => ({ ...recent(), filter: { user: [userId] } })] }, // prettier-ignore
  "reports.spend": {
    door: "tenant",
    right: "reports:read",
    own: () => ({ ...range(), groupBy: "feature" }),
    naming: [({ userId }) => ({ ...range(), filter: { user: [userId] } }), ({ userId }) => ({ ...range(), groupBy: "user", filter: { feature: [userId] } })], // prettier-ignore
    shows: true,
  },
  "reports.explain": {
    door: "tenant",
    right: "reports:read",
    own: () => ({ figure: "costUsd", scope: range() }),
    naming: [({ userId }) => ({ figure: "costUsd", scope: { ...range(), filter: { user: [userId] } } }), ({ userId }) => ({ figure: "costShare", scope: range(), group: { by: "user", key: userId } })], // prettier-ignore
  },
  "reports.why": { door: "tenant", right: "reports:read", own: changed, naming: [({ userId }) => ({ ...changed(), filter: { user: [userId] } })], shows: true }, // prettier-ignore
  "reports.whyUsers": { door: "tenant", right: "reports:read", own: changed, naming: [({ userId }) => ({ ...changed(), filter: { user: [userId] } })], shows: true }, // prettier-ignore
  "reports.values": {
    door: "tenant",
    right: "reports:read",
    own: () => ({ ...range(), tag: "feature" }),
    naming: [({ userId }) => ({ ...range(), tag: "feature", search: userId })],
    shows: true,
  },
  "reports.margin": {
    door: "tenant",
    right: "reports:read",
    own: () => recent(),
    naming: nothing,
    shows: true,
  },
  "reports.plans": { door: "tenant", right: "reports:read", naming: nothing, shows: true },
  "reports.throttle": { door: "tenant", right: "reports:read", own: () => ({}), naming: nothing },
  "reports.userStates": { door: "tenant", right: "reports:read", own: ({ userId }) => ({ users: [userId] }), naming: [({ userId }) => ({ users: [userId] })] }, // prettier-ignore
  "retention.settings": { door: "tenant", right: "reports:read", naming: nothing },
  "retention.setSettings": { door: "tenant", right: "tenant:write", own: () => ({ churnDays: 45 }), naming: nothing }, // prettier-ignore
  "retention.applyQuotas": {
    door: "tenant",
    right: "budgets:write",
    own: () => ({ quotas: [{ userId: `user ${randomUUID()}`, amountUsd: "5" }] }),
    naming: "a user of that name is one's own, whoever else has one",
  },
  "retention.takeBackQuotas": { door: "tenant", right: "budgets:write", own: ({ id }) => ({ quotas: [{ id, version: 60 }] }), naming: [({ id }) => ({ quotas: [{ id, version: 60 }] })] }, // prettier-ignore
  "recommendations.list": { door: "tenant", right: "reviews:read", naming: nothing, shows: true },
  // By a day that is over: the next case finds it open.
  "recommendations.accept": { door: "tenant", right: "reviews:write", own: ({ id, personId }) => ({ id, ownerId: personId, dueOn: "2026-01-01" }), naming: [({ id, personId }) => ({ id, ownerId: personId, dueOn: today() })], status: 400 }, // prettier-ignore
  "recommendations.dismiss": { door: "tenant", right: "reviews:write", own: ({ id }) => ({ id }), naming: [({ id }) => ({ id })] }, // prettier-ignore
  "recommendations.reopen": { door: "tenant", right: "reviews:write", own: ({ id }) => ({ id }), naming: [({ id }) => ({ id })] }, // prettier-ignore
  "killReview.list": { door: "tenant", right: "reviews:read", naming: nothing },
  "killReview.preview": { door: "tenant", right: "reviews:read", naming: nothing },
  "killReview.read": { door: "tenant", right: "reviews:read", own: () => ({ month: killMonth }), naming: ofMonth, shows: true }, // prettier-ignore
  "killReview.history": { door: "tenant", right: "reviews:read", own: ({ slug }) => ({ month: killMonth, feature: judged(slug) }), naming: ofMonth, shows: true }, // prettier-ignore
  "killReview.make": { door: "tenant", right: "reviews:manage", naming: nothing },
  "killReview.decide": { door: "tenant", right: "reviews:write", own: ({ slug }) => ({ month: killMonth, feature: judged(slug), decision: "keep", reason: "needed" }), naming: [({ slug }) => ({ month: killMonth, feature: judged(slug), decision: "keep", reason: "needed" })] }, // prettier-ignore
  "killReview.withdraw": { door: "tenant", right: "reviews:write", own: ({ slug }) => ({ month: killMonth, feature: judged(slug), reason: "a mistake" }), naming: [({ slug }) => ({ month: killMonth, feature: judged(slug), reason: "a mistake" })] }, // prettier-ignore
  "reviews.list": { door: "tenant", right: "reviews:read", naming: nothing },
  "reviews.read": { door: "tenant", right: "reviews:read", own: () => ({ week: reviewWeek }), naming: ofWeek, shows: true }, // prettier-ignore
  // Its calls are of today.
  "reviews.make": { door: "tenant", right: "reviews:manage", naming: nothing, status: 409 },
  "reviews.setOwner": { door: "tenant", right: "reviews:manage", own: () => ({ ownerId: null }), naming: [({ personId }) => ({ ownerId: personId })] }, // prettier-ignore
  "reviews.tick": { door: "tenant", right: "reviews:write", own: () => ({ week: reviewWeek, step: "growth", note: "seen" }), naming: ofWeek }, // prettier-ignore
  "reviews.untick": { door: "tenant", right: "reviews:write", own: () => ({ week: reviewWeek, step: "growth" }), naming: ofWeek }, // prettier-ignore
  // Parts of it are not ticked.
  "reviews.finish": { door: "tenant", right: "reviews:write", own: () => ({ week: reviewWeek }), naming: ofWeek, status: 409 }, // prettier-ignore
  "reviews.reopen": { door: "tenant", right: "reviews:write", own: () => ({ week: reviewWeek }), naming: ofWeek }, // prettier-ignore
  "bills.list": { door: "tenant", right: "sources:read", naming: nothing, shows: true },
  // An address that is nobody's: refused before anybody is asked.
  "bills.connect": { door: "tenant", right: "sources:write", own: () => ({ provider: "openai", name: "new", baseUrl: "https://169.254.169.254", credentials: { adminKey: "sk-admin-x" } }), naming: nothing, status: 400 }, // prettier-ignore
  "bills.pause": { door: "tenant", right: "sources:write", own: ({ id }) => ({ id }), naming: [({ id }) => ({ id })] }, // prettier-ignore
  "bills.resume": { door: "tenant", right: "sources:write", own: ({ id }) => ({ id }), naming: [({ id }) => ({ id })] }, // prettier-ignore
  "bills.pullNow": { door: "tenant", right: "sources:write", own: ({ id }) => ({ id }), naming: [({ id }) => ({ id })] }, // prettier-ignore
  "bills.disconnect": { door: "tenant", right: "sources:write", own: ({ id }) => ({ id }), naming: [({ id }) => ({ id })] }, // prettier-ignore
  "bills.files": { door: "tenant", right: "reports:read", naming: nothing, shows: true },
  // The upload is of calls, and no bill.
  "bills.previewFile": { door: "tenant", right: "calls:import", own: ({ id }) => ({ uploadId: id }), naming: [({ id }) => ({ uploadId: id })], status: 400 }, // prettier-ignore
  "bills.addFile": { door: "tenant", right: "calls:import", own: ({ id }) => ({ uploadId: id }), naming: [({ id }) => ({ uploadId: id })], status: 400 }, // prettier-ignore
  "bills.removeFile": { door: "tenant", right: "calls:import", own: ({ id }) => ({ id }), naming: [({ id }) => ({ id })] }, // prettier-ignore
  "bills.reads": { door: "tenant", right: "sources:read", own: () => ({ provider: "openai", first: "2026-11-01", last: "2026-11-20" }), naming: "a provider is a public name" }, // prettier-ignore
  "bills.providers": { door: "tenant", right: "reports:read", naming: nothing },
  "bills.month": { door: "tenant", right: "reports:read", own: () => ({ provider: "openai", month: "2026-10" }), naming: "a provider is a public name" }, // prettier-ignore
  "bills.match": { door: "tenant", right: "reports:read", own: () => ({ provider: "openai", month: "2026-10" }), naming: "a provider is a public name" }, // prettier-ignore
  "bills.trend": { door: "tenant", right: "reports:read", own: () => ({ provider: "openai", months: ["2026-09", "2026-10"] }), naming: "a provider is a public name" }, // prettier-ignore
  // Nothing was ever read: there is nothing to sign.
  "bills.signOff": { door: "tenant", right: "periods:write", own: () => ({ provider: "openai", month: "2026-10", billUsd: "0", ledgerUsd: "0" }), naming: "a provider is a public name", status: 409 }, // prettier-ignore
  "sources.connections.list": { door: "tenant", right: "sources:read", naming: nothing, shows: true },
  // An address that nobody's source can have is refused before anything is asked.
  "sources.connections.add": { door: "tenant", right: "sources:write", own: () => ({ kind: "langfuse", name: "new", baseUrl: "https://169.254.169.254", credentials: { publicKey: "pk", secretKey: "sk" } }), naming: nothing, status: 400 }, // prettier-ignore
  "sources.connections.pause": { door: "tenant", right: "sources:write", own: ({ id }) => ({ id }), naming: [({ id }) => ({ id })] }, // prettier-ignore
  "sources.connections.resume": { door: "tenant", right: "sources:write", own: ({ id }) => ({ id }), naming: [({ id }) => ({ id })] }, // prettier-ignore
  "sources.connections.pullNow": { door: "tenant", right: "sources:write", own: ({ id }) => ({ id }), naming: [({ id }) => ({ id })] }, // prettier-ignore
  "sources.connections.remove": { door: "tenant", right: "sources:write", own: ({ id }) => ({ id }), naming: [({ id }) => ({ id })] }, // prettier-ignore
  "sources.inbox.list": { door: "tenant", right: "sources:read", naming: nothing, shows: true },
  // The made delivery waits, and only one that failed is tried again.
  "sources.inbox.retry": { door: "tenant", right: "sources:write", own: ({ id }) => ({ id }), naming: [({ id }) => ({ id })], status: 409 }, // prettier-ignore
  "tenants.mine": { door: "signed in", naming: nothing, shows: true },
  "tenants.create": { door: "signed in", own: () => ({ name: "Another", timeZone: "UTC" }), naming: nothing },
  "tenants.current": { door: "tenant", right: "tenant:read", naming: nothing, shows: true },
  "tenants.update": {
    door: "tenant",
    right: "tenant:write",
    own: () => ({ latencyBufferMinutes: 90 }),
    naming: nothing,
  },
  "views.list": { door: "tenant", right: "views:write", naming: nothing, shows: true },
  "views.save": {
    door: "tenant",
    right: "views:write",
    own: () => ({ name: `view ${randomUUID()}`, screen: "features", query: "range=7d", shared: true }),
    naming: [({ userId }) => ({ name: `view ${userId}`, screen: "calls", query: `f=user:${userId}` })],
  },
  "views.update": { door: "tenant", right: "views:write", own: ({ id }) => ({ id, screen: "calls", query: "order=dearest" }), naming: [({ id }) => ({ id, screen: "calls", query: "" })] }, // prettier-ignore
  "views.rename": { door: "tenant", right: "views:write", own: ({ id }) => ({ id, name: `renamed ${randomUUID()}` }), naming: [({ id }) => ({ id, name: `taken ${id}` })] }, // prettier-ignore
  "views.restore": { door: "tenant", right: "views:write", own: ({ id }) => ({ id }), naming: [({ id }) => ({ id })] }, // prettier-ignore
  "views.delete": { door: "tenant", right: "views:write", own: ({ id }) => ({ id }), naming: [({ id }) => ({ id })] }, // prettier-ignore
};
