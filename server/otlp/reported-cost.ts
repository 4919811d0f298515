import { Usd, usdText } from "@/server/prices/decimal";
import type { Attributes } from "./decoded";
import { fieldOf, objectOf } from "./read";

const costDetails = "langfuse.observation.cost_details";
const names = ["gen_ai.usage.cost", "gen_ai.usage.total_cost", "llm.cost.total"];
export const costNames = [costDetails, ...names];

/** Digits before the point that the ledger keeps. */
const mostUsd = 1e12;
/** No double has as many characters. */
const longestNumber = 40;

/** The amount in USD that the sender reckoned, as a plain decimal; undefined for none, and for what is no amount. */
export function reportedCostOf(attributes: Attributes): string | undefined {
  const details = objectOf(attributes, costDetails);
  const told = details === undefined ? undefined : (fieldOf(details, "total") ?? sumOf(details));
  return [told, ...names.map((name) => attributes.get(name))]
    .map(decimalOf)
    .find((cost) => cost !== undefined);
}

function sumOf(details: object): string | undefined {
  const parts = Object.values(details).map(decimalOf);
  if (parts.length === 0 || parts.includes(undefined)) return undefined;
  return usdText(parts.reduce((sum, part) => sum.plus(part ?? 0), new Usd(0)));
}

/** A double as its shortest decimal, which is what whoever wrote it meant. */
function decimalOf(value: unknown): string | undefined {
  if (typeof value !== "number" && typeof value !== "string") return undefined;
  const text = String(value);
  if (text.length > longestNumber || !/^\d[\d.]*(e[+-]?\d+)?$/i.test(text)) return undefined;
  const number = Number(text);
  return number >= 0 && number < mostUsd ? usdText(new Usd(text)) : undefined;
}
