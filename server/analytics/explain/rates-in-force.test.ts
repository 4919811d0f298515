import { describe, expect, it } from "vitest";
import type { ContractVersion, PriceRule } from "@/server/contracts/contract";
import { TenantBook } from "@/server/contracts/tenant-book";
import { PriceBook } from "@/server/prices/book";
import type { PriceVersion } from "@/server/prices/price-version";
import { notesOnRates, priceChanges, ratesInForce, type UsedSegment } from "./rates-in-force";
import type { Used } from "./used-models-query";

const at = (text: string) => new Date(text);
const long = at("2020-01-01T00:00:00Z");
const range = { from: at("2026-11-01T00:00:00Z"), to: at("2026-12-01T00:00:00Z") };
const rates = (usd: string) => [{ service: "standard", unit: "fresh_input", tierStart: 0, usd, per: 1_000_000 } as const]; // prettier-ignore
const dates = { validFrom: null, validTo: null, knownFrom: long };
const listed = (usd: string, some: Partial<PriceVersion> = {}): PriceVersion => ({
  id: `list ${usd}`, provider: "openai", model: "gpt-4o", ...dates, dailyFrom: null, dailyTo: null, source: "genai-prices", sourceVersion: "1", rates: rates(usd), ...some,
}); // prettier-ignore
const said = { ...dates, setBy: "somebody", note: "", withdrawnFrom: null };
const contract = (usd: string, some: Partial<ContractVersion> = {}): ContractVersion => ({
  id: `contract ${usd}`, provider: "openai", model: "gpt-4o", feature: null, region: null, ...said, rates: rates(usd), ...some,
}); // prettier-ignore
const rule = (factor: string, some: Partial<PriceRule> = {}): PriceRule => ({
  id: `rule ${factor}`, provider: null, model: null, factor, ...said, ...some,
}); // prettier-ignore
const bookOf = (versions: PriceVersion[], contracts: ContractVersion[] = [], rules: PriceRule[] = []) =>
  new TenantBook(new PriceBook(versions, "test"), { contracts, rules });
const used = (some: Partial<Used> = {}): Used => ({
  provider: "openai", model: "gpt-4o", feature: null, calls: 10, costUsd: "1", unpricedCalls: 0, ...some,
}); // prettier-ignore
const iso = (dates: Date[]) => dates.map((date) => date.toISOString().slice(5, 16));

describe("priceChanges", () => {
  const changing = (...instants: string[]) =>
    bookOf([listed("1"), ...instants.map((from, n) => listed(String(n + 2), { validFrom: at(from), knownFrom: at(`2021-01-0${String(n + 1)}T00:00:00Z`) }))]); // prettier-ignore

  it.each<[string, TenantBook, Used[], string[]]>([
    ["none", bookOf([listed("1")]), [used()], []],
    ["a model that nobody used", changing("2026-11-10T00:00:00Z"), [used({ model: "gpt-5" })], []],
    ["one, at the start of its quarter hour", changing("2026-11-10T10:07:00Z"), [used()], ["11-10T10:00"]],
    ["two in one quarter hour are one", changing("2026-11-10T10:01:00Z", "2026-11-10T10:14:59Z"), [used()], ["11-10T10:00"]],
    ["of several models, in order", bookOf([listed("1"), listed("2", { model: "gpt-5" })], [contract("3", { validFrom: at("2026-11-20T00:00:00Z") }), contract("4", { model: "gpt-5", validTo: at("2026-11-10T00:00:00Z") })]), [used(), used({ model: "gpt-5" })], ["11-10T00:00", "11-20T00:00"]],
    ["at the first instant is none within", changing("2026-11-01T00:00:00Z"), [used()], []],
    ["in the first quarter hour is none within", changing("2026-11-01T00:03:00Z"), [used()], []],
    ["at the end is none within", changing("2026-12-01T00:00:00Z"), [used()], []],
    ["a discount that begins", bookOf([listed("1")], [], [rule("0.9", { validFrom: at("2026-11-05T00:00:00Z") })]), [used()], ["11-05T00:00"]],
    ["a contract that ends", bookOf([listed("1")], [contract("2", { validTo: at("2026-11-05T00:00:00Z") })]), [used()], ["11-05T00:00"]],
    ["one for another feature", bookOf([listed("1")], [contract("2", { feature: "mail", validFrom: at("2026-11-05T00:00:00Z") })]), [used({ feature: "chat" })], []],
    ["one for this feature", bookOf([listed("1")], [contract("2", { feature: "mail", validFrom: at("2026-11-05T00:00:00Z") })]), [used({ feature: "mail" })], ["11-05T00:00"]],
  ])("%s", (_case, book, models, expected) => {
    expect(iso(priceChanges(book, models, range))).toEqual(expected);
  }); // prettier-ignore
});

describe("ratesInForce", () => {
  const whole = (...all: Used[]): UsedSegment[] => [{ ...range, used: all }];
  const told = (book: TenantBook, segments: UsedSegment[]) =>
    ratesInForce(book, segments).map(({ model, price, calls, costUsd }) => [model, price?.versionId ?? null, price?.factor ?? null, calls, costUsd]); // prettier-ignore

  it("sums what is priced by one version, whatever its feature", () => {
    const segments = whole(used({ feature: "a", costUsd: "0.1" }), used({ feature: "b", costUsd: "0.2", unpricedCalls: 3 })); // prettier-ignore
    const [one, ...others] = ratesInForce(bookOf([listed("1")]), segments);
    expect(others).toEqual([]);
    expect(one).toMatchObject({ calls: 20, costUsd: "0.3", unpricedCalls: 3, from: range.from.toISOString(), to: range.to.toISOString() }); // prettier-ignore
  });

  it("tells features with a contract of their own apart", () => {
    const book = bookOf([listed("1")], [contract("2", { feature: "mail", note: "deal" })]);
    const rows = ratesInForce(
      book,
      whole(used({ feature: "mail", costUsd: "5" }), used({ feature: "chat" })),
    );
    expect(rows.map(({ price }) => [price?.layer, price?.feature, price?.note, price?.source])).toEqual([
      ["contract", "mail", "deal", "contract"],
      ["list", null, "", "genai-prices"],
    ]);
  });

  it("goes by the newer price in the quarter hour of a change, and joins segments that change nothing", () => {
    const change = at("2026-11-10T10:07:00Z");
    const book = bookOf([listed("1"), listed("2", { validFrom: change, knownFrom: at("2021-01-01T00:00:00Z") })]); // prettier-ignore
    const cuts = ["2026-11-05T00:00:00Z", "2026-11-10T10:00:00Z"].map(at);
    const bounds = [range.from, ...cuts, range.to];
    const segments = bounds.slice(1).map((to, n) => ({ from: bounds[n] ?? range.from, to, used: [used({ calls: n + 1 })] })); // prettier-ignore
    const rows = ratesInForce(book, segments);
    expect(told(book, segments)).toEqual([
      ["gpt-4o", "list 1", "1", 3, "2"],
      ["gpt-4o", "list 2", "1", 3, "1"],
    ]);
    expect(rows.map(({ from, to }) => iso([at(from), at(to)]))).toEqual([
      ["11-01T00:00", "11-10T10:00"],
      ["11-10T10:00", "12-01T00:00"],
    ]);
  });

  it("counts what nobody has a price for", () => {
    expect(told(bookOf([]), whole(used({ costUsd: "0", unpricedCalls: 10 })))).toEqual([["gpt-4o", null, null, 10, "0"]]); // prettier-ignore
  });

  it("carries the discount with its note, and puts the dearest first", () => {
    const book = bookOf(
      [listed("1"), listed("3", { model: "gpt-5" })],
      [],
      [rule("0.9", { note: "ten off" })],
    );
    const rows = ratesInForce(book, whole(used(), used({ model: "gpt-5", costUsd: "10.5" })));
    expect(rows.map(({ model, price }) => [model, price?.factor, price?.note])).toEqual([
      ["gpt-5", "0.9", "ten off"],
      ["gpt-4o", "0.9", "ten off"],
    ]);
  });
});

describe("notesOnRates", () => {
  it.each<[string, TenantBook, boolean, RegExp | null]>([
    ["a change", bookOf([listed("1")]), true, /quarter hour in which a price changed/],
    ["rates of a region", bookOf([listed("1")], [contract("2", { region: "eu" })]), false, /some regions.*gpt-4o/],
    ["those withdrawn", bookOf([listed("1")], [contract("2", { region: "eu", withdrawnFrom: long })]), false, null],
    ["rates of the night", bookOf([listed("1", { dailyFrom: "16:30:00", dailyTo: "00:30:00" })]), false, /hours of the day: gpt-4o/],
    ["nothing", bookOf([listed("1")]), false, null],
  ])("%s", (_case, book, hasChanges, expected) => {
    const [always, ...others] = notesOnRates(book, [used(), used({ feature: "b" })], hasChanges);
    expect(always).toContain("do not keep the price version");
    expect(others).toHaveLength(expected ? 1 : 0);
    if (expected) expect(others[0]).toMatch(expected);
  }); // prettier-ignore
});
