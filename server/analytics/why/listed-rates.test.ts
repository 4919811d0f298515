import { describe, expect, it } from "vitest";
import type { ContractVersion, PriceRule } from "@/server/contracts/contract";
import { TenantBook } from "@/server/contracts/tenant-book";
import { PriceBook } from "@/server/prices/book";
import type { PriceRate, PriceVersion } from "@/server/prices/price-version";
import { toUsd } from "./fixed";
import { listedRates } from "./listed-rates";

const day = (date: string) => new Date(`${date}T00:00:00Z`);
const rate = (unit: string, usd: string): PriceRate => {
  return { service: "standard", unit, tierStart: 0, usd, per: 1_000_000 };
};
const version = (id: string, from: string | null, to: string | null, rates: PriceRate[]): PriceVersion => ({
  id,
  provider: "acme",
  model: "writer",
  validFrom: from === null ? null : day(from),
  validTo: to === null ? null : day(to),
  dailyFrom: null,
  dailyTo: null,
  source: "platform",
  sourceVersion: "1",
  knownFrom: day("2026-01-01"),
  rates,
});
const said = { knownFrom: day("2026-01-01"), setBy: "x", note: "", withdrawnFrom: null };
const discount = (factor: string, from: string): PriceRule => {
  return { id: "rule", provider: "acme", model: null, factor, validFrom: day(from), validTo: null, ...said };
};
const contract = (feature: string | null, usd: string): ContractVersion => ({
  id: `contract-${usd}`,
  provider: "acme",
  model: "writer",
  feature,
  region: null,
  validFrom: null,
  validTo: null,
  rates: [rate("fresh_input", usd)],
  ...said,
});

const october = { from: day("2026-10-01"), to: day("2026-10-31") };
const writer = { provider: "acme", model: "writer", feature: "chat" };
const both = [rate("fresh_input", "2"), rate("visible_output", "8")];

/** USD for a million fresh input tokens, and for as many of output. */
function rates(
  versions: PriceVersion[],
  own: { contracts?: ContractVersion[]; rules?: PriceRule[] } = {},
  priced = writer,
) {
  const book = new TenantBook(new PriceBook(versions, "1"), {
    contracts: own.contracts ?? [],
    rules: own.rules ?? [],
  });
  const found = listedRates(book, priced, october);
  const text = (bucket: "freshInputTokens" | "visibleOutputTokens") => {
    const usd = found?.buckets[bucket];
    return usd === undefined ? null : toUsd(usd * 1_000_000n).toFixed();
  };
  return found && [text("freshInputTokens"), text("visibleOutputTokens")];
}

describe("listedRates", () => {
  it.each<[string, ReturnType<typeof rates>, ReturnType<typeof rates>]>([
    ["the list's", rates([version("1", null, null, both)]), ["2", "8"]],
    ["nobody's", rates([]), null],
    ["not those of another time", rates([version("1", null, "2026-10-01", both), version("2", "2026-10-31", null, both)]), null],
    ["the mean over time where they change", rates([version("1", null, "2026-10-11", both), version("2", "2026-10-11", null, [rate("fresh_input", "5"), rate("visible_output", "8")])]), ["4", "8"]],
    ["those that are known, where the others are not", rates([version("1", "2026-10-21", null, both)]), ["2", "8"]],
    ["with a discount from its day on", rates([version("1", null, null, both)], { rules: [discount("0.5", "2026-10-16")] }), ["1.5", "6"]],
    ["the contract's before the list's", rates([version("1", null, null, both)], { contracts: [contract(null, "1")] }), ["1", null]],
    ["a feature's own contract", rates([version("1", null, null, both)], { contracts: [contract(null, "1"), contract("chat", "0.5")] }), ["0.5", null]],
    ["no other feature's", rates([version("1", null, null, both)], { contracts: [contract("mail", "0.5")] }), ["2", "8"]],
  ])("are %s", (_case, found, expected) => expect(found).toEqual(expected)); // prettier-ignore
});
