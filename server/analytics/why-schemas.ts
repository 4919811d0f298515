import { z } from "zod";
import { ReportScope, Stretch } from "./schemas";

/** What an amount can have changed for. Their parts add up to the change. */
export const whyCauses = [
  "volume",
  "promptVersion",
  "modelMix",
  "tokens",
  "cache",
  "price",
  "retries",
  "unpriced",
] as const;
export type WhyCause = (typeof whyCauses)[number];

/** The cost of all calls, or what a priced call costs on average. */
export const whyMeasures = ["cost", "costPerCall"] as const;
export type WhyMeasure = (typeof whyMeasures)[number];

export const WhyInput = ReportScope.extend({
  /** The stretch that the change is measured from. */
  compare: Stretch,
  measure: z.enum(whyMeasures).default("cost"),
  /** So many parts, the largest first; what the others come to is told in one amount. */
  limit: z.int().min(1).max(10_000).default(50),
});
export type WhyInput = z.infer<typeof WhyInput>;

export type Pair<T> = readonly [before: T, after: T];

/** Calls of one kind that a feature makes; `isRest` is everything beyond the features that are told apart. */
export interface WhyWork {
  /** Null: calls without a feature. */
  feature: string | null;
  /** Null where calls are not told apart by kind (by user). */
  kind: string | null;
  isRest: boolean;
}

/** One of several that share a feature's calls. Null: calls without one. */
export interface WhyShare {
  name: string | null;
  /** Of the calls that are divided, 0 to 1. */
  share: Pair<number>;
  /** Input and output tokens of a call; of both stretches together. */
  tokensPerCall: number;
  /** USD, decimal string; of both stretches together. */
  costPerCallUsd: string;
}

/** The one whose share fell most, and the one whose share rose most. */
interface Shift {
  lost: WhyShare;
  gained: WhyShare;
}

/** What is to be seen of a cause in the calls themselves. Averages are rounded to six decimals: they are no amounts. */
export type WhyFacts =
  /** First attempts. Where nothing ran before, or nothing runs now, one side is 0. */
  | { cause: "volume"; requests: Pair<number> }
  /** Shares among the versions of one prompt; `prompt` null: among prompts. */
  | ({ cause: "promptVersion"; prompt: string | null; between: "versions" | "prompts" } & Shift)
  | ({ cause: "modelMix" } & Shift)
  /** Of a priced call that costs something. */
  | { cause: "tokens"; input: Pair<number>; output: Pair<number> }
  /** Share of (text) input tokens that were read from a cache; null without input. */
  | { cause: "cache"; hitRate: Pair<number | null> }
  | {
      cause: "price";
      provider: string;
      model: string;
      /** The features that use it, the most affected first. */
      features: (string | null)[];
      /** What the same work costs now ÷ what it cost: 0.5 is half. Null where it cost nothing before. */
      level: number | null;
      /** USD for a million tokens, by the tenant's price book, where it changed; null: not listed. */
      listed: { bucket: string; usdPerMillion: Pair<string | null> }[];
    }
  /** Attempts that cost something, for each first attempt. Null: there was no first attempt. */
  | { cause: "retries"; attemptsPerRequest: Pair<number | null>; requests: Pair<number> }
  /** `models`: those with most of the change. */
  | { cause: "unpriced"; unpricedCalls: Pair<number>; calls: Pair<number>; models: (string | null)[] };

export type WhyPart = WhyFacts & {
  /** Signed USD, decimal string: this much of the change. */
  usd: string;
  /** Null for a price, which reaches every feature that uses the model. */
  work: WhyWork | null;
};

export interface WhySide {
  /** Instants. */
  from: string;
  to: string;
  /** The measure that is explained: USD, decimal string. Null: no priced call to take an average of. */
  usd: string | null;
  costUsd: string;
  calls: number;
  unpricedCalls: number;
  /** Booked in the stretch for calls of closed months. They are in no cost, here as on every screen. */
  corrections: { usd: string; calls: number } | null;
}

/** Why an answer is coarser than it could be. */
export const whyNotes = [
  /** Asked by user: prompts, kinds and failures are not told apart. */
  "byUser",
  /** A prompt has so many versions that they are taken for one. */
  "manyVersions",
  /** There are so many features that the smallest are taken for one. */
  "manyFeatures",
] as const;
export type WhyNote = (typeof whyNotes)[number];

export interface WhyAnswer {
  measure: WhyMeasure;
  before: WhySide;
  after: WhySide;
  /** After less before, USD. Null where one side has no average. */
  deltaUsd: string | null;
  /** All of them, the largest amount first, whatever its sign. They add up to `deltaUsd`. */
  causes: { cause: WhyCause; usd: string; parts: number }[];
  /** The largest first. With `rest` they add up to `deltaUsd`. */
  parts: WhyPart[];
  rest: { parts: number; usd: string } | null;
  notes: WhyNote[];
  watermark: { finalThrough: string; rolledThrough: string; pendingHours: number };
  timeZone: string;
}
