import { formatDay } from "@/app/_format/dates";
import { formatTotal, formatUnitCost } from "@/app/_format/money";
import { formatCount, formatMultiple, formatShare, plural } from "@/app/_format/quantities";
import type {
  Evidence,
  EvidenceOf,
  Finding,
  Kind,
  Measured,
  State,
  Subject,
} from "@/server/recommendations/schemas";

export const kindWords = {
  batch: "Batches",
  model: "Smaller model",
  cache: "Prompt cache",
  prompt: "Heavier prompt",
  retry: "Retries",
} as const satisfies Record<Kind, string>;

export const stateWords = {
  open: { label: "Open", hint: "Nobody has decided on them yet." },
  accepted: {
    label: "Accepted",
    hint: "Somebody sees to them; what they save is measured from two weeks on.",
  },
  verified: { label: "Verified", hint: "The saving shows: calls cost less since, by more than chance." },
  not_seen: { label: "Not seen", hint: "A month after it was accepted no saving showed." },
  dismissed: { label: "Dismissed", hint: "They come back by themselves when they would save twice as much." },
  gone: { label: "Gone", hint: "What made them worth it holds no more." },
} as const satisfies Record<State, { label: string; hint: string }>;

const share = (text: string) => formatShare(Number(text));
/** As a sentence goes on with it. */
export const featureName = ({ feature }: Subject) => feature ?? "calls without a feature";
const versionName = (version: string | null) =>
  version === null ? "calls without a version" : `version ${version}`;

/** What to do. */
export function titleOf({ subject, evidence }: Pick<Finding, "subject" | "evidence">): string {
  switch (evidence.kind) {
    case "batch":
      return `Send ${featureName(subject)} to ${subject.model ?? ""} in batches`;
    case "model":
      return `Let ${evidence.toModel} answer the small calls of ${featureName(subject)}`;
    case "cache":
      return `Cache the beginning of the prompt ${subject.prompt ?? ""} in ${featureName(subject)}`;
    case "prompt":
      return `Shorten ${versionName(subject.version)} of the prompt ${subject.prompt ?? ""} in ${featureName(subject)}`;
    case "retry":
      return `Retry ${featureName(subject)} less ${causeWords(subject)}`;
  }
}

const causeWords = ({ cause }: Subject) => (cause === null ? "where nothing tells why" : `after ${cause}`);

/** What was seen. */
export function seenOf({ subject, evidence }: Pick<Finding, "subject" | "evidence">): string {
  switch (evidence.kind) {
    case "batch":
      return evidence.sign === "withoutUser"
        ? `${share(evidence.signShare)} of its calls name no user, while most of your other calls do: nobody seems to wait for the answers. ${plural(evidence.calls, "call")} of them were sent one by one.`
        : `${share(evidence.signShare)} of its calls come between 22:00 and 06:00: nobody seems to wait for the answers. ${plural(evidence.calls, "call")} of them were sent one by one.`;
    case "model":
      return `${subject.model ?? ""} answers ${share(evidence.modelShare)} of its calls. ${plural(evidence.smallCalls, "call")} of ${formatCount(evidence.calls)} are small: at most 4,000 tokens in and 200 out.`;
    case "cache":
      return `${plural(evidence.calls, "call")} send about ${formatCount(evidence.freshTokensPerCall)} fresh tokens each to ${subject.model ?? ""}; ${share(evidence.readShare)} of their input is read from its cache. ${share(evidence.followShare)} of them come within five minutes of one before.`;
    case "prompt":
      return `Since ${formatDay(evidence.changedOn)} a call reads ${formatCount(evidence.after.inputTokensPerCall)} tokens, with ${versionName(evidence.previousVersion)} it was ${formatCount(evidence.before.inputTokensPerCall)} (${timesOf(evidence)}). It does not succeed clearly more often: ${share(evidence.after.successRate)}, before ${share(evidence.before.successRate)}.`;
    case "retry":
      return `${plural(evidence.retryCalls, "second or later attempt")} cost ${formatTotal(evidence.retryCostUsd)} of the ${formatTotal(evidence.featureCostUsd)} that it cost in all. The dearest day was ${formatDay(evidence.worstDay)}, with ${formatTotal(evidence.worstDayUsd)}.`;
  }
}

const timesOf = ({ before, after }: EvidenceOf<"prompt">) =>
  before.inputTokensPerCall === 0
    ? "none"
    : formatMultiple(after.inputTokensPerCall / before.inputTokensPerCall);

const sampled = ({ sampledCalls, of }: { sampledCalls: number; of: number }) =>
  sampledCalls < of ? ` Counted on ${plural(sampledCalls, "call")} picked by chance, and scaled up.` : "";
const leftOut = (count: number) =>
  count > 0 ? ` ${plural(count, "call")} without a known price are left out.` : "";

/** How the saving was counted. */
export function countedOf({ evidence }: Pick<Finding, "evidence">): string {
  switch (evidence.kind) {
    case "batch":
      return `The same tokens, call by call, at ${evidence.isListed ? "your batch rates of that time" : "half of your rates of that time, for the price book does not list batch rates for all of it"}: ${formatTotal(evidence.batchUsd)} in place of ${formatTotal(evidence.costUsd)}.${leftOut(evidence.calls - evidence.pricedCalls)}${sampled({ sampledCalls: evidence.sampledCalls, of: evidence.calls })}`;
    case "model":
      return `The very same tokens of the small calls, one by one, at your rates of ${evidence.toModel} at that time${evidence.isInUse ? ", which you use already" : ""}: ${formatTotal(evidence.cheaperUsd)} in place of ${formatTotal(evidence.costUsd)}.${leftOut(evidence.smallCalls - evidence.pricedCalls)}${sampled({ sampledCalls: evidence.sampledCalls, of: evidence.smallCalls })}`;
    case "cache":
      return `Supposed that ${formatCount(evidence.cachedTokens)} tokens, half of what the shortest calls send, begin alike and are read by ${share(evidence.hitRate)} of the calls: ${ratesOf(evidence)}. The range reaches from half of the following calls to all of them, with twice as many tokens.`;
    case "prompt":
      return `What its ${plural(evidence.calls, "call")} cost (${formatTotal(evidence.costUsd)}), less as many at the ${formatUnitCost(evidence.before.costPerCallUsd)} that a call cost in the week before.`;
    case "retry":
      return `Half of what these attempts cost.${evidence.unpricedCalls > 0 ? ` ${plural(evidence.unpricedCalls, "attempt")} without a price are in no amount.` : ""}`;
  }
}

function ratesOf({
  freshUsdPerMillion,
  readUsdPerMillion,
  surchargeUsdPerMillion,
}: EvidenceOf<"cache">): string {
  const written =
    surchargeUsdPerMillion === null
      ? ""
      : `, and ${formatUnitCost(surchargeUsdPerMillion)} more to write them on each miss`;
  return `${formatUnitCost(readUsdPerMillion)} in place of ${formatUnitCost(freshUsdPerMillion)} for a million tokens${written}`;
}

/** What the ledger cannot know. */
export const unknownOf = {
  batch:
    "Whether anybody waits after all: answers of a batch may take a day. Whether the provider takes batches of this model is for you to check.",
  model: "Quality: nobody compared the answers. Try it on some of the calls first.",
  cache:
    "How many tokens at the beginning are really the same, for no prompt is ever read. Put what changes at its end.",
  prompt:
    "Quality: whether the longer prompt gives better answers than those of before, beyond that they arrive.",
  retry:
    "How many of them could have been avoided, and what their answers were worth; half is a supposition.",
} as const satisfies Record<Evidence["kind"], string>;

export const rangeWords = ({ lowUsd, highUsd }: Pick<Finding, "lowUsd" | "highUsd">) =>
  `${formatTotal(lowUsd)} to ${formatTotal(highUsd)}`;

/** What its days came to. */
export function measuredWords(measured: Measured): string {
  const { first, last, calls, costUsd, expectedUsd, lowUsd, highUsd } = measured;
  return `${formatDay(first)} to ${formatDay(last)}: ${formatCount(calls)} calls cost ${formatTotal(costUsd)}; as before they would have cost ${formatTotal(expectedUsd)}. The difference lies between ${formatTotal(lowUsd)} and ${formatTotal(highUsd)} (95%).`;
}
