import { describe, expect, it } from "vitest";
import { Usd } from "@/server/prices/decimal";
import { type Account, decide, type Question, type RunState } from "./decide";
import { type GateSettings, usualSettings } from "./schemas";

const usd = (amount: string) => new Usd(amount);
const account = (over: Partial<Account> = {}): Account => ({
  budgetId: "b1",
  periodStart: new Date("2026-11-01T00:00:00Z"),
  subject: { kind: "feature", key: "chat" },
  period: "month",
  limitUsd: usd("10"),
  enforcement: "deny",
  spentUsd: usd("0"),
  heldUsd: usd("0"),
  ...over,
});
const run = (over: Partial<RunState> = {}): RunState => ({
  runId: "r1",
  limitUsd: null,
  limitTokens: null,
  spentUsd: usd("0"),
  heldUsd: usd("0"),
  spentTokens: 0,
  heldTokens: 0,
  ...over,
});
const question = (over: Partial<Question> = {}): Question => ({
  estimateUsd: usd("1"),
  estimateTokens: 100,
  model: "gpt-4o",
  acknowledged: false,
  accounts: [],
  run: null,
  pace: { loopPerMinute: null, usdPerMinute: usd("0") },
  ...over,
});
const ask = (over: Partial<Question>, settings: Partial<GateSettings> = {}) => {
  const { outcome, reasons } = decide(question(over), { ...usualSettings, ...settings });
  return [outcome, ...reasons.map(({ kind }) => kind)].join(" ");
};

describe("a budget", () => {
  it.each([
    ["is met exactly", "9", "0", "allow"],
    ["is exceeded by the last digit", "9.000000000000000001", "0", "deny budget"],
    ["is met exactly with what is held", "4", "5", "allow"],
    ["is exceeded with what is held", "4", "5.01", "deny budget"],
    ["was exceeded before", "12", "0", "deny budget"],
  ])("%s", (_, spent, held, expected) => {
    expect(ask({ accounts: [account({ spentUsd: usd(spent), heldUsd: usd(held) })] })).toBe(expected);
  });
  it("that only tells turns nothing away", () =>
    expect(ask({ accounts: [account({ spentUsd: usd("12"), enforcement: null })] })).toBe("allow"));
  it("that asks lets pass what somebody acknowledged, and says so", () => {
    const accounts = [account({ spentUsd: usd("12"), enforcement: "ask" })];
    expect(ask({ accounts })).toBe("needs-ack budget");
    expect(ask({ accounts, acknowledged: true })).toBe("allow budget");
  });
  it("that denies is acknowledged by nobody", () =>
    expect(ask({ accounts: [account({ spentUsd: usd("12") })], acknowledged: true })).toBe("deny budget"));
  it("among others: the one that denies decides, and is named first", () => {
    const full = { spentUsd: usd("12") };
    const { outcome, reasons } = decide(
      question({
        accounts: [account({ ...full, enforcement: "ask" }), account({ ...full, budgetId: "b2" }), account()],
      }),
      usualSettings,
    );
    expect(outcome).toBe("deny");
    expect(reasons).toMatchObject([{ budgetId: "b2" }, { budgetId: "b1" }]);
  });
  it("of nothing left still lets a call for nothing pass", () =>
    expect(ask({ accounts: [account({ spentUsd: usd("10") })], estimateUsd: usd("0") })).toBe("allow"));
});

describe("a call without a price", () => {
  const unpriced = { estimateUsd: null, accounts: [account()] };
  it.each([
    ["allow", "allow"],
    ["ask", "needs-ack unpriced"],
    ["deny", "deny unpriced"],
  ] as const)("where a budget is enforced, as the tenant chose: %s", (choice, expected) =>
    expect(ask(unpriced, { unpriced: choice })).toBe(expected),
  );
  it("passes where nothing is enforced", () =>
    expect(ask({ estimateUsd: null, accounts: [account({ enforcement: null })] })).toBe("allow"));
});

describe("a run", () => {
  it.each([
    ["its last dollar", { limitUsd: usd("5"), spentUsd: usd("3"), heldUsd: usd("1") }, "allow"],
    ["a cent more", { limitUsd: usd("5"), spentUsd: usd("3"), heldUsd: usd("1.01") }, "deny run-usd"],
    ["its last token", { limitTokens: 1_000, spentTokens: 800, heldTokens: 100 }, "allow"],
    ["a token more", { limitTokens: 1_000, spentTokens: 800, heldTokens: 101 }, "deny run-tokens"],
    ["no limit", {}, "allow"],
  ])("with %s", (_, over, expected) => expect(ask({ run: run(over) })).toBe(expected));
  it("is acknowledged by nobody", () =>
    expect(ask({ run: run({ limitUsd: usd("0.5") }), acknowledged: true })).toBe("deny run-usd"));
});

describe("a loop", () => {
  const pace = (loopPerMinute: number | null, perMinute = "0") => ({
    pace: { loopPerMinute, usdPerMinute: usd(perMinute) },
  });
  it.each([
    [60, "allow"],
    [60.5, "deny loop"],
    [null, "allow"],
  ])("of %s the same in a minute", (count, expected) => expect(ask(pace(count))).toBe(expected));
  it("is none where the tenant switched it off", () =>
    expect(ask(pace(5_000), { loopPerMinute: null })).toBe("allow"));
  it.each([
    ["2", "allow"],
    ["2.000001", "deny usd-per-minute"],
  ])("by dollars: $%s a minute", (perMinute, expected) =>
    expect(ask(pace(null, perMinute), { usdPerMinute: "2" })).toBe(expected),
  );
});

it("says why in a sentence, and nothing when there is nothing to say", () => {
  const said = (over: Partial<Question>) => decide(question(over), usualSettings).message;
  expect(said({})).toBe("");
  expect(said({ accounts: [account({ spentUsd: usd("9.5"), heldUsd: usd("0.25") })] })).toBe(
    "The month’s budget of feature chat ($10) would be exceeded: $9.5 is spent and $0.25 held.",
  );
});
