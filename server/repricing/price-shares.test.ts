import fc from "fast-check";
import { expect, it } from "vitest";
import { Usd } from "@/server/prices/decimal";
import { priceShares, wholeCall } from "./price-shares";
import { keyOf, type PriceOf, type StoredCall } from "./stored-call";

const share = (no: number, more: Partial<StoredCall> = {}): StoredCall => ({
  occurredAt: "2026-11-01T00:00:00.000000Z",
  callId: `whole#${String(no)}`,
  kind: "llm",
  provider: "openai",
  model: "m",
  feature: "chat",
  region: null,
  errorClass: null,
  billed: "yes",
  cache: "none",
  batch: false,
  serviceTier: null,
  freshInputTokens: 10,
  cacheReadTokens: 0,
  cacheWrite5mTokens: 0,
  cacheWrite1hTokens: 0,
  audioInputTokens: 0,
  visibleOutputTokens: 1,
  reasoningTokens: 0,
  audioOutputTokens: 0,
  toolUnits: 0,
  otherUnits: null,
  reportedCostUsd: null,
  costUsd: "1",
  status: "priced",
  shareOf: "whole",
  shareNo: no,
  shareWeight: "1",
  ...more,
});
const at =
  (costUsd: string | null): PriceOf =>
  () => ({ costUsd, status: "priced", priceVersionId: null, priceRuleId: null });

it("puts the call together again", () => {
  const shares = [
    share(1, { otherUnits: { web_searches: "2" }, reportedCostUsd: "0.1", freshInputTokens: 11 }),
    share(2, { reportedCostUsd: "0.2", feature: "search" }),
  ];
  const whole = wholeCall(share(1), shares);
  expect(whole).toMatchObject({
    freshInputTokens: 21,
    visibleOutputTokens: 2,
    otherUnits: { web_searches: "2" },
    reportedCostUsd: "0.3",
    feature: null,
  });
  expect(wholeCall(share(1), [share(1), share(2)]).feature).toBe("chat");
});

it("prices the whole once and gives each share its part, in the order of the shares", () => {
  const rows = [share(2, { shareWeight: "1" }), share(1, { shareWeight: "3" })];
  let asked = 0;
  const priceOf = priceShares(rows, (call) => {
    asked += 1;
    return at(call.freshInputTokens === 20 ? "0.4" : "9")(call);
  });
  expect(rows.map((row) => priceOf(row)?.costUsd)).toEqual(["0.1", "0.3"]);
  expect(asked).toBe(1);
});

it("leaves alone what has no price to tell, and asks for others one by one", () => {
  const alone = share(1, { shareOf: null, shareNo: null, shareWeight: null });
  expect(priceShares([], at("5"))(alone)?.costUsd).toBe("5");
  expect(priceShares([share(1)], () => null)(share(1))).toBeNull();
  expect(priceShares([share(1)], at(null))(share(1))?.costUsd).toBeNull();
});

it("keeps calls of one name at other times apart", () => {
  const later = { occurredAt: "2026-11-02T00:00:00.000000Z" };
  const priceOf = priceShares([share(1), share(1, later)], (call) =>
    at(call.occurredAt < "2026-11-02" ? "1" : "2")(call),
  );
  expect([priceOf(share(1))?.costUsd, priceOf(share(1, later))?.costUsd]).toEqual(["1", "2"]);
});

it("adds up to the whole, to the last digit", () => {
  const weights = fc.array(fc.integer({ min: 1, max: 1_000_000 }), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(weights, fc.bigInt({ min: 0n, max: 10n ** 20n }), (parts, atoms) => {
      const cost = new Usd(atoms.toString()).div(new Usd(10).pow(18)).toFixed();
      const rows = parts.map((weight, n) => share(n + 1, { shareWeight: String(weight) }));
      const priceOf = priceShares(rows, at(cost));
      const sum = Usd.sum(0, ...rows.map((row) => priceOf(row)?.costUsd ?? "NaN"));
      expect(sum.toFixed()).toBe(cost);
      expect(new Set(rows.map(keyOf)).size).toBe(rows.length);
    }),
  );
});
