import { describe, expect, it } from "vitest";
import { checkLines } from "./check-lines";
import { classifyGaps, type Gap } from "./classify";
import { decideUnknown } from "./decide-unknown";
import { planDeltas } from "./plan-deltas";
import type { PutOutcome } from "./port";
import { settleTry } from "./settle-try";
import { billedAt, identifierOf, isTooLong, isTooOld } from "./window";

const at = (text: string) => new Date(`2026-11-${text}:00Z`);
const hour = at("20T08:00");

describe("an hour's name and time", () => {
  const key = { connectionId: "c", meterId: "m", accountId: "a".repeat(500), windowStart: hour, revision: 1, generation: 0 };
  it("is the same each time, another for anything else, and short", () => {
    const names = [key, { ...key, accountId: "b" }, { ...key, revision: 2 }, { ...key, generation: 1 }, { ...key, windowStart: at("20T09:00") }].map(identifierOf);
    expect(new Set(names).size).toBe(5);
    expect(identifierOf({ ...key })).toBe(names[0]);
    expect(Math.max(...names.map(({ length }) => length))).toBeLessThanOrEqual(100);
  });
  it("lies inside the window, so that a month's last hour stays in its month", () =>
    expect(billedAt(new Date("2026-10-31T23:00:00Z")).toISOString()).toBe("2026-10-31T23:59:59.000Z"));
  it.each([
    [new Date("2026-10-16T08:00:02Z"), false],
    [new Date("2026-10-16T08:00:00Z"), true],
  ])("%s is too old on 20 November: %s", (start, old) => expect(isTooOld(start, hour)).toBe(old));
  it("has at most 15 digits", () =>
    expect([999_999_999_999_999n, 1_000_000_000_000_000n, -1_000_000_000_000_000n].map(isTooLong)).toEqual([false, true, true]));
}); // prettier-ignore

describe("planned differences", () => {
  const ledger = (tokens: bigint) => [{ accountId: "acme", hour, totals: { tokens, calls: 1n, cost_micro_usd: 0n } }];
  const planned = [{ accountId: "acme", hour, revision: 2, total: 10n, customerId: "cus_old" }];
  const customers = new Map([["acme", "cus_new"]]);
  it.each([
    ["a new hour is billed whole", ledger(7n), [], [["cus_new", 1, 7n, 7n]]],
    ["a late call adds", ledger(15n), planned, [["cus_old", 3, 5n, 15n]]],
    ["a call that went takes back", ledger(4n), planned, [["cus_old", 3, -6n, 4n]]],
    ["an hour that vanished is taken back whole", [], planned, [["cus_old", 3, -10n, 0n]]],
    ["no change, no row", ledger(10n), planned, []],
    ["nothing, no row", ledger(0n), [], []],
  ] as const)("%s", (_, hours, before, expected) =>
    expect(planDeltas("tokens", hours, before, customers).map((one) => [one.customerId, one.revision, one.value, one.total])).toEqual(expected));
  it("an account that is mapped to nobody is not planned", () =>
    expect(planDeltas("tokens", ledger(7n), [], new Map())).toEqual([]));
}); // prettier-ignore

describe("what becomes of a try", () => {
  const triedAt = at("20T10:00");
  const earlier = at("20T09:00");
  const refused: PutOutcome = { what: "refused", code: "x", failure: "no" };
  it.each<[string, PutOutcome, Date | null, string, Date | null]>([
    ["accepted", { what: "accepted" }, null, "sent", null],
    ["there already, after a try that nobody answered", { what: "duplicate" }, earlier, "sent", null],
    ["not taken for certain", { what: "later", failure: "wait", waitSeconds: null }, null, "pending", null],
    ["not taken this time, and perhaps before", { what: "later", failure: "wait", waitSeconds: null }, earlier, "unknown", earlier],
    ["nobody answered", { what: "unsure", failure: "?" }, null, "unknown", triedAt],
    ["nobody answered again", { what: "unsure", failure: "?" }, earlier, "unknown", earlier],
    ["key gone", { what: "denied", failure: "key" }, null, "pending", null],
    ["refused", refused, null, "refused", null],
    ["refused, and perhaps taken before", refused, earlier, "unknown", earlier],
  ])("%s", (_, outcome, unsureBefore, state, unsureSince) =>
    expect(settleTry({ attempts: 1, unsureBefore, triedAt }, outcome, triedAt)).toMatchObject({ state, unsureSince }));
}); // prettier-ignore

describe("rows whose outcome nobody knows", () => {
  it.each<[string, bigint, bigint, bigint[], string[]]>([
    ["it is there", 30n, 20n, [10n], ["delivered"]],
    ["it is not", 20n, 20n, [10n], ["not_delivered"]],
    ["one of two is", 27n, 20n, [10n, 7n], ["not_delivered", "delivered"]],
    ["one of two alike is: nobody can tell which", 30n, 20n, [10n, 10n], ["unclear", "unclear"]],
    ["something else is", 25n, 20n, [10n], ["unclear"]],
    ["a difference that cancels another out fits twice", 20n, 20n, [10n, -10n], ["unclear", "unclear"]],
  ])("%s", (_, billed, known, values, verdicts) =>
    expect(decideUnknown(billed, known, values)).toEqual(verdicts),
  );
});

describe("gaps", () => {
  const gap = (customerId: string, when: Date, difference: bigint, values: bigint[]): Gap => {
    const accepted = values.reduce((total, value) => total + value, 0n);
    return { customerId, hour: when, gap: difference, accepted, billed: accepted + difference, values };
  };
  const next = new Date("2026-12-01T01:00:00Z");
  it.each<[string, Gap[], string[]]>([
    ["not counted", [gap("a", hour, -5n, [5n, 3n])], ["missing"]],
    ["counted twice", [gap("a", hour, 5n, [5n, 3n])], ["doubled"]],
    ["with another customer", [gap("a", hour, -5n, [5n]), gap("b", hour, 5n, [5n])], ["wrong_customer"]],
    ["in another month", [gap("a", at("30T23:00"), -5n, [5n]), gap("a", next, 5n, [])], ["wrong_month"]],
    ["at another hour", [gap("a", hour, -5n, [5n]), gap("a", at("20T09:00"), 5n, [])], ["amount"]],
    ["one too many", [gap("a", hour, 1n, [5n])], ["amount"]],
    ["of somebody else's making", [gap("a", hour, 5n, [])], ["amount"]],
  ])("%s", (_, gaps, classes) => expect(classifyGaps(gaps).map((one) => one.class)).toEqual(classes));
});

describe("invoice lines", () => {
  const line = { invoiceId: "in", customerId: "a", meterId: "m", from: hour, to: at("21T08:00"), quantity: "1500", unitAmount: "0.003", amount: "5", isFinal: true }; // prettier-ignore
  it.each<[string, object, bigint, string | null, string[]]>([
    ["right, rounded half away from zero", {}, 1_500n, "0.003", []],
    ["another price", {}, 1_500n, "0.002", ["price_mismatch"]],
    ["another amount than its own price gives", { amount: "4" }, 1_500n, null, ["price_mismatch"]],
    ["usage that came after it was final", {}, 1_600n, null, ["late"]],
    ["more than was accepted", {}, 1_400n, null, ["amount"]],
    ["a draft may still grow", { isFinal: false }, 1_600n, null, []],
    ["less than nothing is billed as nothing", { quantity: "0", amount: "0" }, -5n, null, []],
  ])("%s", (_, change, counted, unitAmount, classes) =>
    expect(checkLines([{ ...line, ...change }], unitAmount, () => counted).map((one) => one.class)).toEqual(
      classes,
    ),
  );
});
