import { describe, expect, it } from "vitest";
import { keyOf } from "./difference";
import { invoiceLink } from "./invoice-link";
import type { InvoicedAccount } from "./invoice-queries";
import type { OwnedDifference } from "./owner-queries";
import { rollUpLink } from "./rollup-link";
import type { Link } from "./schemas";
import { statementLink } from "./statement-link";
import { stripeLink } from "./stripe-link";
import { withOwners } from "./with-owners";

const totals = (costUsd: string, calls = "10") => ({ calls, tokens: "1000", costUsd });
const summary = ({ state, differences, figures, waits }: Link) => ({
  state,
  differences: differences.map(({ cause, subject, amount }) => [cause, subject, amount]),
  gaps: figures.map(({ difference }) => difference),
  waits: waits !== null,
});

describe("ledger and roll-ups", () => {
  const hour = new Date("2026-10-05T11:00:00Z");
  const base = {
    ledger: totals("1.5"),
    rolledUp: totals("1.500"),
    hours: null,
    marked: [],
    isRebuilding: false,
  };
  const off = { ledger: [{ hour, ...totals("1.5") }], rolledUp: [{ hour, ...totals("1.4", "9") }] };

  it.each<[string, Parameters<typeof rollUpLink>[0], ReturnType<typeof summary>]>([
    ["agree, however zeros are spelled", base, { state: "equal", differences: [], gaps: ["0", "0", "0"], waits: false }],
    ["agree although hours wait that bring nothing new", { ...base, marked: [hour] }, { state: "equal", differences: [], gaps: ["0", "0", "0"], waits: false }],
    ["differ by an hour that nobody has marked", { ...base, rolledUp: totals("1.4", "9"), hours: off }, { state: "differs", differences: [["hour", "2026-10-05T11", "-0.1"]], gaps: ["-0.1", "-1", "0"], waits: false }],
    ["wait for an hour that is marked", { ...base, rolledUp: totals("1.4", "9"), hours: off, marked: [hour] }, { state: "waits", differences: [], gaps: ["-0.1", "-1", "0"], waits: true }],
    ["differ in calls alone", { ...base, rolledUp: totals("1.5", "11"), hours: { ledger: off.ledger, rolledUp: [{ hour, ...totals("1.5", "11") }] } }, { state: "differs", differences: [["hour", "2026-10-05T11", "0"]], gaps: ["0", "1", "0"], waits: false }],
    ["wait while all is added up anew", { ...base, rolledUp: totals("0", "0"), hours: off, isRebuilding: true }, { state: "waits", differences: [], gaps: ["-1.5", "-10", "0"], waits: true }],
  ])("%s", (_, facts, expected) => expect(summary(rollUpLink(facts))).toEqual(expected)); // prettier-ignore

  it("tell twenty hours one by one and the others together, with nothing left out", () => {
    const hours = Array.from({ length: 25 }, (_, n) => new Date(hour.getTime() + n * 3_600_000));
    const { differences } = rollUpLink({
      ...base,
      rolledUp: totals("4"),
      hours: { ledger: [], rolledUp: hours.map((at) => ({ hour: at, ...totals("0.1", "0") })) },
    });
    expect(differences.map(({ amount }) => amount)).toEqual([
      ...Array.from({ length: 20 }, () => "0.1"),
      "0.5",
    ]);
  });
});

describe("ledger and statement", () => {
  const facts = {
    head: { month: "2026-10", costUsd: "100", correctionsUsd: "0" },
    linesUsd: "100", correctionLinesUsd: "0", laterCallsUsd: "0", statedCorrectionsUsd: "0", lateCalls: "0",
    ledgerUsd: "100", bookedUsd: "0", isIntact: true,
  }; // prettier-ignore

  it.each<[string, Partial<typeof facts>, ReturnType<typeof summary>]>([
    ["agree", {}, { state: "equal", differences: [], gaps: ["0"], waits: false }],
    ["differ by what came late", { ledgerUsd: "102.5", lateCalls: "1" }, { state: "differs", differences: [["late", null, "-2.5"]], gaps: ["-2.5"], waits: false }],
    ["differ by a late call that cost nothing", { lateCalls: "1" }, { state: "differs", differences: [["late", null, "0"]], gaps: ["0"], waits: false }],
    ["agree once a later statement holds it", { ledgerUsd: "102.5", laterCallsUsd: "2.5" }, { state: "equal", differences: [], gaps: ["0"], waits: false }],
    ["differ by new prices", { bookedUsd: "-3" }, { state: "differs", differences: [["price", null, "3"]], gaps: ["3"], waits: false }],
    ["agree once a later statement holds those", { bookedUsd: "-3", statedCorrectionsUsd: "-3" }, { state: "equal", differences: [], gaps: ["0"], waits: false }],
    ["differ by a changed line", { linesUsd: "100.5", isIntact: false }, { state: "differs", differences: [["changed", null, "0.5"]], gaps: ["0.5"], waits: false }],
    ["differ by a changed correction, which is no cost of the month", { correctionLinesUsd: "1", isIntact: false }, { state: "differs", differences: [["changed", null, "1"]], gaps: ["0"], waits: false }],
    ["differ by a hash alone", { isIntact: false }, { state: "differs", differences: [["changed", null, null]], gaps: ["0"], waits: false }],
    ["tell late, price and change apart", { ledgerUsd: "101", lateCalls: "2", bookedUsd: "-3", linesUsd: "100.5" }, { state: "differs", differences: [["late", null, "-1"], ["price", null, "3"], ["changed", null, "0.5"]], gaps: ["2.5"], waits: false }],
    ["say that calls are gone", { ledgerUsd: "99", lateCalls: "-1" }, { state: "differs", differences: [["lost", null, "1"]], gaps: ["1"], waits: false }],
  ])("%s", (_, change, expected) => expect(summary(statementLink("2026-10", { ...facts, ...change }))).toEqual(expected)); // prettier-ignore

  it("wait while there is no statement, and say until when", () => {
    const until = "2026-11-01T00:00:00.000Z";
    const none = { waitsFor: [], endsAt: until };
    expect(statementLink("2026-10", { ...none, state: "running" }).waits?.until).toBe(until);
    expect(statementLink("2026-10", { ...none, state: "open" })).toMatchObject({ state: "waits", waits: { until: null } });
    expect(statementLink("2026-10", { ...none, state: "closed" }).state).toBe("off");
  }); // prettier-ignore
});

describe("statement and invoices", () => {
  const account = (accountId: string, statedUsd: string | null, basisUsd: string | null, more: Partial<InvoicedAccount> = {}): InvoicedAccount => ({
    accountId, statedUsd, basisUsd, state: basisUsd === null ? null : "final", number: basisUsd === null ? null : "INV-1", netUsd: basisUsd && "50.00",
    totalUsd: basisUsd && "59.50", revision: 1, isBilled: true, ...more,
  }); // prettier-ignore
  const facts = {
    month: "2026-10",
    statement: { revision: 1, usd: "100" },
    isChanged: false,
    hasPlans: true,
  };
  const both = [account("a", "60", "60"), account("b", "30", "30")];

  it.each<[string, Partial<Parameters<typeof invoiceLink>[0]>, ReturnType<typeof summary>]>([
    ["agree, with what is of no account beside them", { accounts: [...both, account("", "10", null)] }, { state: "equal", differences: [], gaps: ["0"], waits: false }],
    ["agree, with an account that is not billed", { accounts: [...both, account("own", "10", null, { isBilled: false })] }, { state: "equal", differences: [], gaps: ["0"], waits: false }],
    ["wait for an account without an invoice", { accounts: [...both, account("c", "10", null)] }, { state: "waits", differences: [], gaps: ["0"], waits: true }],
    ["wait for a draft", { accounts: [...both, account("c", "10", "10", { state: "draft", number: null })] }, { state: "waits", differences: [], gaps: ["0"], waits: true }],
    ["differ by another basis", { accounts: [...both, account("c", "10", "8.75")] }, { state: "differs", differences: [["basis", "c", "-1.25"]], gaps: ["-1.25"], waits: false }],
    ["differ by an invoice of an earlier revision", { accounts: [...both, account("c", "10", "8", { revision: 0 })] }, { state: "differs", differences: [["stale", "c", "-2"]], gaps: ["-2"], waits: false }],
    ["differ by an invoice of an account that the statement has not", { accounts: [...both, account("", "10", null), account("x", null, "5")] }, { state: "differs", differences: [["basis", "x", "5"]], gaps: ["5"], waits: false }],
    ["wait where the statement was changed", { accounts: both, isChanged: true }, { state: "waits", differences: [], gaps: [], waits: true }],
    ["wait for the statement", { accounts: [], statement: null }, { state: "waits", differences: [], gaps: [], waits: true }],
    ["are not there", { accounts: [], hasPlans: false }, { state: "off", differences: [], gaps: [], waits: true }],
  ])("%s", (_, change, expected) => expect(summary(invoiceLink({ ...facts, accounts: [], ...change }))).toEqual(expected)); // prettier-ignore
});

describe("Stripe", () => {
  const now = new Date("2026-11-04T09:00:00Z");
  const connection = { state: "active", mode: "live", failure: null, comparedAt: now };
  const facts = { month: "2026-10", endsAt: new Date("2026-11-01T00:00:00Z"), now, connection, sums: [], differences: [], unbilled: null, maySeeDetails: true };
  const meter = { meterId: "m", eventName: "llm_tokens", measure: "tokens" as const };
  const sum = (state: "sent" | "confirmed" | "pending" | "too_old", value: string) => ({ ...meter, state, rows: 1, value });
  const gap = (name: "doubled" | "late" | "price_mismatch", more: object) => ({ ...meter, customerId: "cus_a", accounts: ["acme"], day: "2026-10-25", class: name, ledger: null, exported: null, billed: null, reason: "Because.", owner: null, ...more });

  it.each<[string, Partial<Parameters<typeof stripeLink>[0]>, ReturnType<typeof summary>]>([
    ["is not connected", { connection: null }, { state: "off", differences: [], gaps: [], waits: true }],
    ["was handed nothing", {}, { state: "off", differences: [], gaps: [], waits: true }],
    ["has confirmed all, corrections too", { sums: [sum("confirmed", "100"), sum("confirmed", "-5")] }, { state: "equal", differences: [], gaps: ["0"], waits: false }],
    ["has not confirmed all", { sums: [sum("confirmed", "100"), sum("sent", "5")] }, { state: "waits", differences: [], gaps: ["0"], waits: true }],
    ["has not got all", { sums: [sum("confirmed", "100"), sum("pending", "5")] }, { state: "waits", differences: [], gaps: ["-5"], waits: true }],
    ["counts twice", { sums: [sum("confirmed", "100")], differences: [gap("doubled", { exported: "10", billed: "20" })] }, { state: "differs", differences: [["doubled", "cus_a (acme), 2026-10-25", "10"]], gaps: ["10"], waits: false }],
    ["takes nothing so old", { sums: [sum("confirmed", "100"), sum("too_old", "7")], differences: [gap("late", { ledger: "7", exported: "0" })] }, { state: "differs", differences: [["late", "cus_a (acme), 2026-10-25", "-7"]], gaps: ["-7"], waits: false }],
    ["bills another price, which is no usage", { sums: [sum("confirmed", "100")], differences: [gap("price_mismatch", { exported: "2", billed: "3" })] }, { state: "differs", differences: [["price_mismatch", "cus_a (acme), 2026-10-25", null]], gaps: ["0"], waits: false }],
    ["waits for the month's end", { sums: [sum("confirmed", "100")], endsAt: new Date("2026-12-01T00:00:00Z") }, { state: "waits", differences: [], gaps: ["0"], waits: true }],
  ])("%s", (_, change, expected) => expect(summary(stripeLink({ ...facts, ...change }))).toEqual(expected)); // prettier-ignore
}); // prettier-ignore

describe("what was said of differences", () => {
  const key = keyOf("statement", "late", null);
  const shown = statementLink("2026-10", {
    head: { month: "2026-10", costUsd: "100", correctionsUsd: "0" },
    linesUsd: "100", correctionLinesUsd: "0", laterCallsUsd: "0", statedCorrectionsUsd: "0", lateCalls: "1", ledgerUsd: "102.5", bookedUsd: "0", isIntact: true,
  }); // prettier-ignore
  const at = new Date("2026-11-03T10:00:00Z");
  const row: OwnedDifference = { link: "statement", key, cause: "late", amount: "-2.5", unit: "usd", ownerId: "p", note: "n", dueOn: "2026-11-05", settledAt: null, settledBy: null, goneAt: null, updatedBy: "p", updatedAt: at }; // prettier-ignore
  const said = (rows: OwnedDifference[], today = "2026-11-04") => withOwners([shown], rows, today);
  const first = (rows: OwnedDifference[], today?: string) =>
    said(rows, today).links[0]?.differences[0]?.ownership;

  it("stands beside them, overdue from the day after on", () => {
    expect(first([])).toBeNull();
    expect(first([row], "2026-11-05")).toMatchObject({ ownerId: "p", isOverdue: false });
    expect(first([row], "2026-11-06")).toMatchObject({ isOverdue: true });
  });

  it("is settled at its own amount alone", () => {
    const settled = { ...row, settledAt: at, settledBy: "q" };
    expect(first([{ ...settled, amount: "-2.50" }], "2026-12-01")).toMatchObject({ settled: { by: "q" }, isOverdue: false });
    expect(first([{ ...settled, amount: "-2.4" }])).toMatchObject({ settled: null });
  }); // prettier-ignore

  it("is kept apart once they are gone, and comes back with them", () => {
    const away = { ...row, key: keyOf("statement", "price", null) };
    expect(said([away])).toMatchObject({ gone: [{ key: away.key, goneAt: null }], changes: { gone: [{ key: away.key }], back: [] } });
    const back = { ...row, goneAt: at };
    expect(said([back])).toMatchObject({ gone: [], changes: { gone: [], back: [{ key }] } });
  }); // prettier-ignore
});
