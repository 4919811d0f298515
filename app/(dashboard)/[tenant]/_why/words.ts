import { formatUnitCost } from "@/app/_format/money";
import { formatCompact, formatCount, formatMultiple, formatShare, plural } from "@/app/_format/quantities";
import type {
  Pair,
  WhyCause,
  WhyMeasure,
  WhyNote,
  WhyPart,
  WhyShare,
  WhyWork,
} from "@/server/analytics/why-schemas";
import type { WhyUserGroup } from "@/server/analytics/why-users-schemas";

const causeLabels = {
  volume: "Number of calls",
  promptVersion: "Prompt version",
  modelMix: "Mix of models",
  tokens: "Tokens per call",
  cache: "Cache rate",
  price: "Price",
  retries: "Retries",
  unpriced: "Unpriced calls",
} as const satisfies Record<WhyCause, string>;

export const causeAbout = {
  volume: "More or fewer first attempts, features that are new or gone",
  promptVersion: "Other prompts, or other versions of them",
  modelMix: "Other models for the same prompts",
  tokens: "Longer or shorter calls of the same prompts and models",
  cache: "More or less of the input read from a cache",
  price: "Other rates for the same tokens: lists, contracts, discounts, batches, long inputs",
  retries: "Attempts for each request, and failures that cost nothing",
  unpriced: "Calls that lost or got a price: their cost is unknown without one, not zero",
} as const satisfies Record<WhyCause, string>;

export function causeLabel(cause: WhyCause, measure: WhyMeasure): string {
  return cause === "volume" && measure === "costPerCall" ? "Mix of features" : causeLabels[cause];
}

export const noteWords = {
  byUser:
    "By user or account, prompts, kinds of calls and failures are not told apart: they are in tokens per call and price.",
  manyVersions: "Some prompts have so many versions that the cheapest are taken for one.",
  manyFeatures: "There are so many features that the cheapest are taken for one.",
} as const satisfies Record<WhyNote, string>;

const kinds: Record<string, string> = { tool: "tool calls", embedding: "embeddings", rerank: "reranking" };

/** "research-agent", "research-agent, tool calls", "calls without a feature". */
export function workWords({ feature, kind, isRest }: WhyWork): string {
  if (isRest) return "all other features";
  const name = feature ?? "calls without a feature";
  return kind === null || kind === "llm" ? name : `${name}, ${kinds[kind] ?? kind}`;
}

const arrow = (before: string, after: string) => `${before} → ${after}`;
const counts = ([before, after]: Pair<number>) => arrow(formatCount(before), formatCount(after));
const tokens = ([before, after]: Pair<number>) =>
  arrow(formatCompact(Math.round(before)), formatCompact(Math.round(after)));
const shares = ([before, after]: Pair<number | null>) =>
  arrow(before === null ? "–" : formatShare(before), after === null ? "–" : formatShare(after));
const twoDecimals = new Intl.NumberFormat("en-US", { maximumFractionDigits: 2 });
const attempts = (count: number | null) => (count === null ? "–" : twoDecimals.format(count));

const shift = (lost: WhyShare, gained: WhyShare, none: string) =>
  arrow(lost.name ?? none, gained.name ?? none);

/** What a part is about, in a few words. */
export function partTitle(part: WhyPart): string {
  const work = part.work ? workWords(part.work) : "";
  switch (part.cause) {
    case "promptVersion":
      return part.between === "versions"
        ? `${part.prompt ?? "no prompt"} ${shift(part.lost, part.gained, "no version")}`
        : `prompts ${shift(part.lost, part.gained, "no prompt")}`;
    case "modelMix":
      return shift(part.lost, part.gained, "no model");
    case "price":
      return part.model === "" ? part.provider || "no model" : part.model;
    default:
      return work;
  }
}

/** Where it happened, where the title does not say it. */
export function partPlace(part: WhyPart): string | null {
  if (part.cause === "price") {
    const names = part.features.map((feature) => feature ?? "calls without a feature");
    return names.length === 0 ? null : names.join(", ");
  }
  return (part.cause === "promptVersion" || part.cause === "modelMix") && part.work
    ? workWords(part.work)
    : null;
}

const buckets: Record<string, string> = {
  freshInputTokens: "input",
  cacheReadTokens: "cache reads",
  cacheWrite5mTokens: "cache writes (5 min)",
  cacheWrite1hTokens: "cache writes (1 h)",
  audioInputTokens: "audio input",
  visibleOutputTokens: "output",
  reasoningTokens: "reasoning",
  audioOutputTokens: "audio output",
  toolUnits: "tool units",
};

const perCall = ({ name, tokensPerCall, costPerCallUsd }: WhyShare, none: string) =>
  `${name ?? none}: ${formatCompact(Math.round(tokensPerCall))} tokens and ${formatUnitCost(costPerCallUsd)} a call`;

function levelWords(level: number | null): string {
  if (level === null) return "no longer free";
  if (level >= 2) return `${formatMultiple(level)} as dear`;
  return level < 1 ? `${formatShare(1 - level)} cheaper` : `${formatShare(level - 1)} dearer`;
}

function priceSentence({ level, listed }: Extract<WhyPart, { cause: "price" }>): string {
  const rates = listed
    .map(({ bucket, usdPerMillion: [before, after] }) => {
      const usd = (rate: string | null) => (rate === null ? "not listed" : formatUnitCost(rate));
      return `${buckets[bucket] ?? bucket} ${arrow(usd(before), usd(after))}`;
    })
    .join(", ");
  const same = `The same work is ${levelWords(level)}`;
  return rates === ""
    ? `${same}, at the same listed rates: other batches, service tiers or input lengths, or calls that were not billed.`
    : `${same}. Per million: ${rates}.`;
}

/** What is to be seen of it in the calls. */
export function partSentence(part: WhyPart, measure: WhyMeasure): string {
  switch (part.cause) {
    case "volume":
      if (part.requests[0] === part.requests[1] && measure === "cost")
        return "Requests that are counted elsewhere: shares of a call, or attempts whose first one is not here.";
      if (part.requests[0] === 0) return `New: ${plural(part.requests[1], "request")}, none before.`;
      if (part.requests[1] === 0) return `Gone: ${plural(part.requests[0], "request")} before, none since.`;
      return measure === "cost"
        ? `${counts(part.requests)} requests.`
        : `${counts(part.requests)} requests: another share of all calls, which cost more or less than the others.`;
    case "promptVersion":
    case "modelMix": {
      const none =
        part.cause === "modelMix" ? "no model" : part.between === "versions" ? "no version" : "no prompt";
      return `${perCall(part.lost, none)}. ${perCall(part.gained, none)}. Share of ${part.gained.name ?? none} ${shares(part.gained.share)}.`;
    }
    case "tokens":
      return `${tokens(part.input)} input and ${tokens(part.output)} output tokens a call, at the same prompts and models.`;
    case "cache":
      return `${shares(part.hitRate)} of the input was read from the cache.`;
    case "price":
      return priceSentence(part);
    case "retries":
      return `${arrow(attempts(part.attemptsPerRequest[0]), attempts(part.attemptsPerRequest[1]))} attempts that cost something for each of ${counts(part.requests)} requests.`;
    case "unpriced": {
      const names = part.models.map((model) => model ?? "no model").join(", ");
      return `${counts(part.unpricedCalls)} of ${counts(part.calls)} calls have no price${names === "" ? "" : ` (${names})`}: what they cost is unknown.`;
    }
  }
}

export function userGroupWords(group: WhyUserGroup, users: number, by: "user" | "account"): string {
  const people = plural(users, by);
  switch (group) {
    case "gone":
      return `${people} who stopped`;
    case "new":
      return `${people} who came`;
    case "stayed":
      return `${people} who stayed`;
    case "without":
      return `Calls without ${by === "user" ? "a user" : "an account"}`;
  }
}
