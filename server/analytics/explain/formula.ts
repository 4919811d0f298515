import { Usd, usdText } from "@/server/prices/decimal";
import type { SpendFigures } from "../schemas";
import type { Figure } from "./explain-schemas";

export type Unit = "usd" | "count" | "ms" | "fraction";

export interface Term {
  /** What it is, as a phrase: "priced calls". */
  name: string;
  /** Exact, a decimal string. */
  value: string;
  unit: Unit;
}

export interface Formula {
  /** Exact to the ledger's decimals; ratios of calls and tokens to the sixth. Null: there is nothing to divide by. */
  value: string | null;
  unit: Unit;
  /** Null for a sum. */
  numerator: Term | null;
  denominator: Term | null;
  /** The formula in words and exact numbers. */
  sentence: string;
}

interface Sum {
  unit: Unit;
  /** What was added up, of how many. */
  words: (figures: SpendFigures) => string;
}
interface Ratio {
  unit: Unit;
  numerator: (figures: SpendFigures) => Term;
  denominator: (figures: SpendFigures) => Term;
}

const ratioDecimals = 6;
/** Digits in groups of three, without ever making them a float. */
const grouped = (plain: string) => plain.replace(/^(-?)(\d+)/, (_all, sign: string, whole: string) => sign + whole.replace(/\B(?=(\d{3})+$)/g, ",")); // prettier-ignore
const one = (count: number, noun: string) => `${grouped(String(count))} ${noun}${count === 1 ? "" : "s"}`;

/** As it stands in a sentence. */
export function amountText(value: string, unit: Unit): string {
  const text = grouped(value);
  if (unit === "usd") return text.startsWith("-") ? `−$${text.slice(1)}` : `$${text}`;
  return unit === "ms" ? `${text} ms` : text;
}

const pricedCallsOf = ({ calls, unpricedCalls }: SpendFigures) => calls - unpricedCalls;
const tokensOf = ({ inputTokens, outputTokens }: SpendFigures) => inputTokens + outputTokens;

const cost = (figures: SpendFigures): Term => ({ name: "cost", value: figures.costUsd, unit: "usd" });
const count = (name: string, of: (figures: SpendFigures) => number) => (figures: SpendFigures): Term => ({ name, value: String(of(figures)), unit: "count" }); // prettier-ignore
const calls = count("calls", (figures) => figures.calls);
const inputTokens = count("input tokens, cached ones included", (figures) => figures.inputTokens);

const sumOfCalls = (what: string): Sum => ({
  unit: "count",
  words: ({ calls: all }) => `${what}, of ${one(all, "call")}`,
});
const sumOfTokens = (what: string): Sum => ({
  unit: "count",
  words: ({ calls: all }) => `${what} of ${one(all, "call")}`,
});

const sumRules: Record<keyof SpendFigures, Sum> = {
  costUsd: { unit: "usd", words: (figures) => `the cost of ${one(pricedCallsOf(figures), "call")} with a known cost, added up` },
  calls: { unit: "count", words: () => "calls, every attempt counted" },
  inputTokens: sumOfTokens("input tokens, cached ones included,"),
  outputTokens: sumOfTokens("output tokens, reasoning included,"),
  cacheReadTokens: sumOfTokens("input tokens read from the provider's cache,"),
  cacheWriteTokens: sumOfTokens("input tokens written to the provider's cache,"),
  reasoningTokens: sumOfTokens("output tokens spent on reasoning,"),
  unpricedCalls: sumOfCalls("calls whose cost nobody knows; they are in no amount"),
  unpricedTokens: { unit: "count", words: (figures) => `tokens of the ${one(figures.unpricedCalls, "call")} whose cost nobody knows` },
  partialCalls: sumOfCalls("calls of whose usage some part has no rate; their cost is a lower bound"),
  estimatedCalls: sumOfCalls("calls priced by a rate that stands in for their own"),
  reportedCalls: sumOfCalls("calls with the sender's own amount, for want of a price"),
  errorCalls: sumOfCalls("attempts that failed"),
  retryCalls: sumOfCalls("attempts after a first one"),
  retryCostUsd: { unit: "usd", words: (figures) => `the cost of ${one(figures.retryCalls, "attempt")} after a first one, added up` },
  latencyMs: { unit: "ms", words: (figures) => `the time that ${one(figures.latencyCalls, "call")} took, added up` },
  latencyCalls: sumOfCalls("calls that told how long they took"),
}; // prettier-ignore

type RatioFigure = Exclude<Figure, keyof SpendFigures | "costShare" | "callShare">;

/** What each ratio is. Cost per call and per token leave unpriced calls out of both sides: their cost is not 0. */
const ratioRules: Record<RatioFigure, Ratio> = {
  costPerCall: { unit: "usd", numerator: cost, denominator: count("calls with a known cost", pricedCallsOf) },
  costPer1kTokens: {
    unit: "usd",
    numerator: (figures) => ({ name: "cost × 1,000", value: new Usd(figures.costUsd).times(1000).toFixed(), unit: "usd" }),
    denominator: count("tokens of calls with a known cost", (figures) => tokensOf(figures) - figures.unpricedTokens),
  },
  tokensPerCall: { unit: "count", numerator: count("tokens", tokensOf), denominator: calls },
  inputTokensPerCall: { unit: "count", numerator: inputTokens, denominator: calls },
  outputTokensPerCall: { unit: "count", numerator: count("output tokens", (figures) => figures.outputTokens), denominator: calls },
  cacheHitRate: { unit: "fraction", numerator: count("input tokens read from cache", (figures) => figures.cacheReadTokens), denominator: inputTokens },
  errorRate: { unit: "fraction", numerator: count("attempts that failed", (figures) => figures.errorCalls), denominator: calls },
  retryRate: { unit: "fraction", numerator: count("attempts after a first one", (figures) => figures.retryCalls), denominator: calls },
  retryCostShare: { unit: "fraction", numerator: (figures) => ({ name: "cost of attempts after a first one", value: figures.retryCostUsd, unit: "usd" }), denominator: cost },
  unpricedShare: { unit: "fraction", numerator: count("calls whose cost nobody knows", (figures) => figures.unpricedCalls), denominator: calls },
  meanLatencyMs: { unit: "ms", numerator: (figures) => ({ name: "time that calls took", value: String(figures.latencyMs), unit: "ms" }), denominator: count("calls that told how long they took", (figures) => figures.latencyCalls) },
}; // prettier-ignore

const isSum = (figure: Figure): figure is keyof SpendFigures => Object.hasOwn(sumRules, figure);

/**
 * How a figure is made.
 * @param figures of the calls that it is about
 * @param whole of everything in the scope, which a share is a part of
 */
export function formulaOf(figure: Figure, figures: SpendFigures, whole: SpendFigures): Formula {
  if (isSum(figure)) {
    const { unit, words } = sumRules[figure];
    const value = String(figures[figure]);
    const sentence = `${amountText(value, unit)} = ${words(figures)}`;
    return { value, unit, numerator: null, denominator: null, sentence };
  }
  if (figure === "costShare") {
    return through("fraction", { ...cost(figures), name: "cost of the group" }, { ...cost(whole), name: "cost of everything in the scope" }); // prettier-ignore
  }
  if (figure === "callShare") {
    return through("fraction", { ...calls(figures), name: "calls of the group" }, { ...calls(whole), name: "calls of everything in the scope" }); // prettier-ignore
  }
  const { unit, numerator, denominator } = ratioRules[figure];
  return through(unit, numerator(figures), denominator(figures));
}

function through(unit: Unit, numerator: Term, denominator: Term): Formula {
  const divisor = new Usd(denominator.value);
  const terms = [numerator, denominator].map((term) => `${amountText(term.value, term.unit)} (${term.name})`);
  if (divisor.isZero()) {
    const sentence = `No figure: there is nothing to divide by, ${terms.join(" ÷ ")}`;
    return { value: null, unit, numerator, denominator, sentence };
  }
  const quotient = new Usd(numerator.value).div(divisor);
  const value = unit === "usd" ? usdText(quotient) : quotient.toDecimalPlaces(ratioDecimals).toFixed();
  return {
    value,
    unit,
    numerator,
    denominator,
    sentence: `${amountText(value, unit)} = ${terms.join(" ÷ ")}`,
  };
}
