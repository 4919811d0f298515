import { expect } from "vitest";
import { recordCalls } from "@/server/calls/record";
import { addDiscount } from "@/server/contracts/add-discount";
import type { Tenant } from "@/server/context";
import { closePeriod } from "@/server/periods/close";
import { rollUp } from "@/server/rollups/roll-up";
import { listPrice } from "../ledger/made-prices";
import { reprice } from "../ledger/reprice";
import { asAdmin, contextOf, makeTenant, personWith, system } from "./tenant";

const at = (text: string) => new Date(text.includes("T") ? text : `${text}T12:00:00Z`);
export const asFinance = (tenant: Tenant, when: string) => contextOf(tenant, personWith("finance"), at(when));
const job = (tenant: Tenant, when: string) => contextOf(tenant, system, at(when));

export const evidentModel = "evident-1";
export const evidentCall = (id: string, occurredAt: string, more: object = {}) => ({
  id,
  occurredAt,
  provider: "openai",
  model: evidentModel,
  usage: { inputTokens: 1_237, outputTokens: 311 },
  ...more,
});
export async function store(tenant: Tenant, when: string, calls: unknown[]) {
  const answer = await recordCalls(job(tenant, when), { calls }, { source: "test", anyAge: true });
  expect(answer.rejected).toEqual([]);
  while ((await rollUp(job(tenant, when))).more);
}

export const hostileTexts = [
  "=1+1",
  "'=1+1",
  "@x",
  'a,b "c"',
  "line\r\nbreak",
  "tab\there",
  "\u2028odd",
  "＝wide",
  " lead",
  "-5",
  "{}",
];

/**
 * A tenant with two closed months, full of what makes amounts odd: discounts, batches, shares, reported and unknown prices,
 * hostile names; calls of the first that came late, and a price of it that was corrected, both stated in the second.
 */
export async function makeClosedMonths(): Promise<Tenant> {
  await asAdmin("SELECT create_month(m::date) FROM generate_series(DATE '2026-08-01', DATE '2026-12-01', interval '1 month') AS m"); // prettier-ignore
  await listPrice(evidentModel, { input: "1.37", output: "2.91" }, at("2026-01-01"));
  await listPrice("evident-2", { input: "0.075", output: "0.3" }, at("2026-01-01"));
  const tenant = await makeTenant({ timeZone: "Asia/Kolkata" });
  await addDiscount(contextOf(tenant, personWith("admin"), at("2026-08-02")), { provider: "openai", model: "evident-2", factor: "0.883" }); // prettier-ignore
  const people = [{}, { accountId: "acme" }, { accountId: "zeta", userId: "u2" }];
  const work = [{ feature: "chat", team: "core" }, { feature: "search", team: "core", environment: "prod" }, {}];
  const day = (n: number) => `2026-09-${String(1 + (n % 28)).padStart(2, "0")}T${String((n * 7) % 24).padStart(2, "0")}:30:00Z`;
  await store(tenant, "2026-10-01", [
    ...Array.from({ length: 90 }, (_, n) => evidentCall(`a-${String(n)}`, day(n), { ...people[n % 3], ...work[(n >> 2) % 3], ...(n % 5 === 0 && { model: "evident-2" }), usage: { inputTokens: 1_000 + n * 37, outputTokens: n * 13 } })),
    ...Array.from({ length: 12 }, (_, n) => evidentCall(`b-${String(n)}`, day(n), { ...people[n % 3], batch: true, usage: { inputTokens: 7 + n, outputTokens: 3 } })),
    ...hostileTexts.map((feature, n) => evidentCall(`h-${String(n)}`, day(n), { feature, accountId: feature })),
    evidentCall("shared", day(5), { feature: "chat", shares: [{ userId: "u1", accountId: "acme" }, { userId: "u2", accountId: "zeta" }, { userId: "u3" }] }),
    evidentCall("unheard", day(6), { model: "unheard-of" }),
    evidentCall("told", day(7), { model: "unheard-of-too", reportedCostUsd: "0.123456789" }),
    evidentCall("cached", day(8), { cache: "exact" }),
    evidentCall("unbilled", day(9), { billed: "no", errorClass: "rate_limit" }),
    evidentCall("nothing", day(10), { usage: undefined }),
    evidentCall("edge", "2026-08-31T18:30:00Z", { feature: "edge" }),
  ]);
  expect(await closePeriod(asFinance(tenant, "2026-10-08"), { month: "2026-09" })).toMatchObject({ state: "closed" });
  // After the closing: calls that come late, and a price that was wrong. Both are October's.
  await store(tenant, "2026-10-10", [
    evidentCall("late-1", "2026-09-11T10:00:00Z", { accountId: "acme", feature: "chat", team: "core" }),
    evidentCall("late-2", "2026-09-12T10:00:00Z", { accountId: "newcomer", model: "evident-2" }),
    ...Array.from({ length: 30 }, (_, n) => evidentCall(`o-${String(n)}`, `2026-10-${String(1 + (n % 9)).padStart(2, "0")}T06:00:00Z`, people[n % 3])),
  ]);
  await listPrice(evidentModel, { input: "1.5", output: "2.91" }, at("2026-10-12"), at("2026-09-20T00:00:00Z"));
  await reprice(tenant, { from: "2026-09-01", to: "2026-10-01" }, at("2026-10-13"));
  while ((await rollUp(job(tenant, "2026-10-13"))).more);
  expect(await closePeriod(asFinance(tenant, "2026-11-09"), { month: "2026-10" })).toMatchObject({ state: "closed" });
  return tenant;
} // prettier-ignore
