import { expect, it } from "vitest";
import { conclude, type OpenIncident } from "./conclude";

const now = new Date("2026-11-21T14:22:00Z");
const zone = "America/New_York";
const of = (kind: "feature" | "user" | "tenant" | "model", key: string, impactUsd: string | null, more: Partial<OpenIncident> = {}): OpenIncident => ({
  subject: { kind, key }, rule: "day-over-mean", severity: "warning", impactUsd, openedAt: "2026-11-20T15:00:00.000Z", ...more,
}); // prettier-ignore
const mail = of("feature", "email-drafts", "41.2");
const told = (open: OpenIncident[], acknowledged = 0, snoozed = 0) => ({ open, acknowledged, snoozed });

it.each([
  ["nothing", told([]), "Nothing is open."],
  ["nothing but what somebody has", told([], 1, 2), "Nothing is open. 1 incident is looked into, 2 incidents are snoozed."],
  ["one", told([mail]), "1 open incident since yesterday; $41.20 above what was expected."],
  ["a critical one", told([{ ...mail, severity: "critical" }]), "1 open incident, critical, since yesterday; $41.20 above what was expected."],
  ["two of one feature, whose dollars are the same", told([mail, of("feature", "email-drafts", "12")]), "2 open incidents, the oldest since yesterday; $41.20 above what was expected."],
  ["two features", told([mail, of("feature", "chat", "8.8", { severity: "critical" })]), "2 open incidents (1 critical), the oldest since yesterday; $50.00 above what was expected."],
  ["a feature and a user, whose dollars may be the same", told([mail, of("user", "u-7", "60")]), "2 open incidents, the oldest since yesterday; the greatest of u-7, $60.00 above what was expected."],
  ["one that is not told in USD", told([of("model", "in-house/router", null)]), "1 open incident since yesterday."],
  ["a forecast, which is not spent yet", told([of("feature", "chat", "10.95", { rule: "forecast" })]), "1 open incident since yesterday."],
  ["one below what was expected", told([of("feature", "chat", "-3")]), "1 open incident since yesterday."],
  ["today by the tenant's clock", told([of("tenant", "", null, { openedAt: "2026-11-21T05:00:00.000Z" })]), "1 open incident since 00:00 today."],
  ["yesterday by the tenant's clock, today by UTC's", told([of("tenant", "", null, { openedAt: "2026-11-21T04:00:00.000Z" })]), "1 open incident since yesterday."],
  ["the oldest counts", told([mail, of("feature", "chat", null, { openedAt: "2026-11-14T05:00:00.000Z" })], 1), "2 open incidents, the oldest since 14 Nov; $41.20 above what was expected. 1 incident is looked into."],
])("%s", (_, incidents, sentence) => {
  expect(conclude(incidents, now, zone)).toBe(sentence);
}); // prettier-ignore
