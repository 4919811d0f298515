import { describe, expect, it } from "vitest";
import type { ContractVersion, PriceRule } from "@/server/contracts/contract";
import { TenantBook } from "@/server/contracts/tenant-book";
import { PriceBook } from "@/server/prices/book";
import type { PriceRate, PriceVersion } from "@/server/prices/price-version";
import { addSavings, changesOf, noSavings, premiumStretches } from "./savings";

const at = (text: string) => new Date(`2026-06-${text}Z`);
const known = new Date("2026-01-01T00:00:00Z");
const rate = (unit: string, usd: string, tierStart = 0): PriceRate => ({ service: "standard", unit, tierStart, usd, per: 1_000_000 }); // prettier-ignore
const rates = [rate("fresh_input", "10"), rate("cache_read", "1"), rate("cache_write_5m", "12.5"), rate("cache_write_1h", "20")]; // prettier-ignore
let ids = 0;
const version = (some: Partial<PriceVersion> = {}): PriceVersion => ({
  id: `v${String(++ids)}`, provider: "acme", model: "one", validFrom: null, validTo: null, dailyFrom: null, dailyTo: null,
  source: "genai-prices", sourceVersion: "1", knownFrom: known, rates, ...some,
}); // prettier-ignore
const said = {
  validFrom: null,
  validTo: null,
  knownFrom: known,
  setBy: "somebody",
  note: "",
  withdrawnFrom: null,
};
const contract = (some: Partial<ContractVersion>): ContractVersion => ({
  id: `c${String(++ids)}`, provider: "acme", model: "one", feature: null, region: null, ...said, rates, ...some,
}); // prettier-ignore
const rule = (some: Partial<PriceRule>): PriceRule => ({ id: `r${String(++ids)}`, provider: null, model: null, factor: "0.5", ...said, ...some }); // prettier-ignore
const bookOf = (versions: PriceVersion[], contracts: ContractVersion[] = [], rules: PriceRule[] = []) =>
  new TenantBook(new PriceBook(versions, "test"), { contracts, rules });

const range = { from: at("10T00:00:00"), to: at("20T00:00:00") };
/** Day and time at which each stretch begins, and its premiums per million. */
const told = (book: TenantBook, feature: string | null = null, of = range) =>
  premiumStretches(book, { provider: "acme", model: "one", feature }, of).map(({ from, premiums }) => [
    from.toISOString().slice(8, 16),
    ...[premiums.cacheReadTokens, premiums.cacheWrite5mTokens, premiums.cacheWrite1hTokens].map(
      (usd) => usd && Number(usd.times(1_000_000).toFixed()),
    ),
  ]);
const listed = [-9, 2.5, 10];
const halved = [-4.5, 1.25, 5];
const cheaper = version({ validFrom: at("15T10:00:00"), rates: [rate("fresh_input", "4"), rate("cache_read", "1")] }); // prettier-ignore

it.each([
  ["the list", bookOf([version()]), [["10T00:00", ...listed]]],
  ["nobody knows the model", bookOf([]), [["10T00:00", null, null, null]]],
  ["a price that changes within; a rate for writing that is gone", bookOf([version({ validTo: at("15T10:00:00") }), cheaper]), [["10T00:00", ...listed], ["15T10:00", -3, null, null]]],
  ["a change within a quarter hour counts from its beginning", bookOf([version({ validTo: at("15T10:07:00") }), version({ validFrom: at("15T10:07:00"), rates: [rate("fresh_input", "4"), rate("cache_read", "1")] })]), [["10T00:00", ...listed], ["15T10:00", -3, null, null]]],
  ["changes at the very ends are none", bookOf([version({ validFrom: range.from, validTo: range.to })]), [["10T00:00", ...listed]]],
  ["a change of other rates is none", bookOf([version({ validTo: at("15T10:00:00") }), version({ validFrom: at("15T10:00:00"), rates: [...rates, rate("visible_output", "99")] })]), [["10T00:00", ...listed]]],
  ["a discount that begins within", bookOf([version()], [], [rule({ validFrom: at("12T00:00:00") })]), [["10T00:00", ...listed], ["12T00:00", ...halved]]],
  ["a contract that ends within", bookOf([version()], [contract({ validTo: at("12T00:00:00"), rates: [rate("fresh_input", "2"), rate("cache_read", "2")] })]), [["10T00:00", 0, null, null], ["12T00:00", ...listed]]],
  ["a contract of another feature", bookOf([version()], [contract({ feature: "mail" })]), [["10T00:00", ...listed]]],
  ["a contract of one region", bookOf([version()], [contract({ region: "eu", rates: [rate("fresh_input", "2")] })]), [["10T00:00", ...listed]]],
  ["reads without a rate cost what fresh input does", bookOf([version({ rates: [rate("fresh_input", "10")] })]), [["10T00:00", 0, null, null]]],
  ["no rate for fresh input", bookOf([version({ rates: [rate("cache_read", "1")] })]), [["10T00:00", null, null, null]]],
  ["long inputs are told as short ones", bookOf([version({ rates: [...rates, rate("fresh_input", "99", 200_000)] })]), [["10T00:00", ...listed]]],
  ["prices by the hour of the day, while they hold", bookOf([version({ validTo: at("15T00:00:00"), dailyFrom: "00:30:00", dailyTo: "16:30:00" }), version({ validTo: at("15T00:00:00"), dailyFrom: "16:30:00", dailyTo: "00:30:00" }), version({ validFrom: at("15T00:00:00") })]), [["10T00:00", null, null, null], ["15T00:00", ...listed]]],
])("%s", (_, book, expected) => {
  expect(told(book)).toEqual(expected);
}); // prettier-ignore

it("asks for the contract of the feature", () => {
  const book = bookOf([version()], [contract({ feature: "mail", rates: [rate("fresh_input", "2"), rate("cache_read", "1")] })]); // prettier-ignore
  expect([told(book, "mail"), told(book, "chat")]).toEqual([[["10T00:00", -1, null, null]], [["10T00:00", ...listed]]]); // prettier-ignore
});

describe("savings", () => {
  const [stretch] = premiumStretches(
    bookOf([version()]),
    { provider: "acme", model: "one", feature: null },
    range,
  );
  const tokens = { cacheReadTokens: 1_000_000, cacheWrite5mTokens: 100_000, cacheWrite1hTokens: 10_000 };

  it("are what reading spares, and beside it what writing costs", () => {
    if (!stretch) throw new Error("unreachable");
    const sum = addSavings(addSavings(noSavings(), tokens, stretch.premiums), tokens, stretch.premiums);
    expect(sum.savedByReading.toFixed()).toBe("18");
    expect(sum.paidForWriting.toFixed()).toBe("0.7");
    expect([sum.ratedTokens, sum.unratedTokens]).toEqual([2_220_000, 0]);
  });

  it("leave out what nobody knows the rate of, and count it", () => {
    if (!stretch) throw new Error("unreachable");
    const sum = addSavings(noSavings(), tokens, { ...stretch.premiums, cacheWrite1hTokens: null });
    expect([sum.paidForWriting.toFixed(), sum.ratedTokens, sum.unratedTokens]).toEqual(["0.25", 1_100_000, 10_000]); // prettier-ignore
  });
});

it("gathers the changes of all models", () => {
  const one = premiumStretches(bookOf([version({ validTo: at("15T10:00:00") }), cheaper]), { provider: "acme", model: "one", feature: null }, range); // prettier-ignore
  const other = premiumStretches(bookOf([version()], [], [rule({ validFrom: at("12T00:00:00") })]), { provider: "acme", model: "one", feature: null }, range); // prettier-ignore
  expect(changesOf([one, other, one])).toEqual([at("12T00:00:00"), at("15T10:00:00")]);
});
