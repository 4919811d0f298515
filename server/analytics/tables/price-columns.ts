import { Usd, usdText } from "@/server/prices/decimal";
import type { UsedModel } from "../used-models";
import { type Column, number, text } from "./table";

type Price = UsedModel["price"];

/** As the screens show them: USD for a million at the lowest tier of the standard service, discount included. */
const rates = {
  inputUsdPerMillion: "fresh_input",
  cacheReadUsdPerMillion: "cache_read",
  outputUsdPerMillion: "visible_output",
} as const;

function perMillion(price: Price, unit: string): string | null {
  const rate = price?.rates.find(
    (one) => one.unit === unit && one.service === "standard" && one.tierStart === 0,
  );
  if (!price || !rate) return null;
  return usdText(new Usd(rate.usd).times(1_000_000).div(rate.per).times(price.factor));
}

/** What a price is and by whose word; empty where nobody knows one. */
export const priceColumns = <Row extends { price: Price }>(): Column<Row>[] => [
  text("layer", ({ price }) => price?.layer ?? null),
  number("factor", ({ price }) => price?.factor ?? null),
  ...Object.entries(rates).map(([key, unit]) => number<Row>(key, ({ price }) => perMillion(price, unit))),
  text("versionId", ({ price }) => price?.versionId ?? null),
  text("ruleId", ({ price }) => price?.ruleId ?? null),
];
