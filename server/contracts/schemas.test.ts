import { describe, expect, it } from "vitest";
import { AddContractRatesInput, AddDiscountInput, WithdrawPriceInput } from "./schemas";

const rate = { unit: "fresh_input", usd: "2.5" };
const contract = (some: object = {}) => ({ provider: "openai", model: "gpt-4o", rates: [rate], ...some });

describe("AddContractRatesInput", () => {
  it("takes token prices by the million and others by the piece, names without regard to case", () => {
    const parsed = AddContractRatesInput.parse(
      contract({ provider: " OpenAI", rates: [rate, { unit: "web_searches", usd: "0.01" }, { unit: "input_image_tokens", usd: "1" }] }),
    ); // prettier-ignore
    expect(parsed).toMatchObject({ provider: "openai", feature: null, validFrom: null, note: "" });
    expect(parsed.rates.map(({ service, tierStart, per }) => [service, tierStart, per])).toEqual([
      ["standard", 0, 1_000_000],
      ["standard", 0, 1],
      ["standard", 0, 1_000_000],
    ]);
  });

  it.each<[string, object]>([
    ["no rate", contract({ rates: [] })],
    ["a number for an amount", contract({ rates: [{ ...rate, usd: 2.5 }] })],
    ["an exponent", contract({ rates: [{ ...rate, usd: "1e-3" }] })],
    ["an amount below zero", contract({ rates: [{ ...rate, usd: "-1" }] })],
    ["a price per token where one per million belongs", contract({ rates: [{ ...rate, usd: "0.0000025" }] })],
    ["a price per million where one per token is said", contract({ rates: [{ ...rate, per: 1 }] })],
    ["a rate twice", contract({ rates: [rate, rate] })],
    ["a tier without the rate below it", contract({ rates: [{ ...rate, tierStart: 200_001 }] })],
    ["a service that nobody sells", contract({ rates: [{ ...rate, service: "turbo" }] })],
    ["a unit in capitals", contract({ rates: [{ ...rate, unit: "Tokens" }] })],
    ["no model", contract({ model: " " })],
    ["a day that is none", contract({ validFrom: "2026-02-30" })],
    ["a time without its offset", contract({ validFrom: "2026-02-01T00:00:00" })],
    ["a field that is none", contract({ currency: "EUR" })],
  ])("refuses %s", (_name, input) => {
    expect(AddContractRatesInput.safeParse(input).success).toBe(false);
  });

  it.each<[string, object]>([
    ["a free model", contract({ rates: [{ ...rate, usd: "0" }] })],
    ["a tier above its base", contract({ rates: [rate, { ...rate, tierStart: 200_001, usd: "5" }] })],
    [
      "the same unit of two services",
      contract({ rates: [rate, { ...rate, service: "batch", usd: "1.25" }] }),
    ],
    ["a price per token, said to be one", contract({ rates: [{ ...rate, usd: "0.0000025", per: 1 }] })],
    ["days and instants", contract({ validFrom: "2026-02-01", validTo: "2026-03-01T00:00:00+01:00" })],
  ])("takes %s", (_name, input) => {
    expect(AddContractRatesInput.safeParse(input).success).toBe(true);
  });
});

describe("AddDiscountInput", () => {
  it.each<[string, object, boolean]>([
    ["on everything", { factor: "0.88" }, true],
    ["a markup", { factor: "1.05", provider: "openai" }, true],
    ["on a model", { factor: "0.9", provider: "openai", model: "gpt-4o" }, true],
    ["on a model of nobody", { factor: "0.9", model: "gpt-4o" }, false],
    ["to nothing", { factor: "0" }, false],
    ["tenfold", { factor: "10" }, true],
    ["more than tenfold: percents, perhaps", { factor: "12" }, false],
    ["a number", { factor: 0.88 }, false],
    ["finer than the ledger keeps", { factor: "0.8888888888" }, false],
  ])("%s", (_name, input, isTaken) => {
    expect(AddDiscountInput.safeParse(input).success).toBe(isTaken);
  });
});

it("withdraws by id alone", () => {
  expect(WithdrawPriceInput.safeParse({ id: "x" }).success).toBe(false);
});
