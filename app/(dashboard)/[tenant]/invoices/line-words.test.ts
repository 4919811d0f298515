import { expect, it } from "vitest";
import { priceWords, quantityWords } from "./line-words";

it.each([
  ["tokens by the million", { quantity: "1234567.000000000000000000", unit: "tokens", unitUsd: "2.500000000000000000", per: 1_000_000 }, "1,234,567 tokens", "$2.50 per million"],
  ["calls", { quantity: "1", unit: "calls", unitUsd: "0.002", per: 1 }, "1 call", "$0.002 a call"],
  ["cost and a markup", { quantity: "12.345", unit: "usd", unitUsd: "1.2", per: 1 }, "$12.345 of cost", "× 1.2"],
  ["a monthly fee", { quantity: "1", unit: "months", unitUsd: "49", per: 1 }, "1 month", "$49.00 a month"],
  ["a price too small for six decimals", { quantity: "10", unit: "tokens", unitUsd: "0.0000000125", per: 1 }, "10 tokens", "$0.0000000125 a token"],
  ["an amount that is no product", { quantity: null, unit: null, unitUsd: null, per: null }, null, null],
] as const)("%s", (_, line, quantity, price) => {
  expect([quantityWords(line), priceWords(line)]).toEqual([quantity, price]);
}); // prettier-ignore
