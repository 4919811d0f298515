import type { z } from "zod";
import type { CallInput } from "@/server/calls/schemas";
import type { EndUser } from "./people";
import type { FeatureProfile, ModelUse } from "./profile";
import type { Random } from "./random";

/** A call as the demo's app would have sent it, and when it would have reached us. */
export interface SeedCall {
  call: z.input<typeof CallInput>;
  receivedAt: Date;
}

/** What a call has besides what its feature says. */
export interface Moment {
  at: Date;
  /** Position in the demo's window, 0 to 1. */
  progress: number;
  daysAgo: number;
  user: EndUser | { id: string; accountId: string };
  model?: ModelUse;
  tokenFactor?: number;
  /** Fields of the call that a story sets. */
  story?: Partial<SeedCall["call"]>;
}

const environments = [
  { name: "production", weight: 90 },
  { name: "staging", weight: 7 },
  { name: "development", weight: 3 },
] as const;
const regions = ["us-east-1", "us-east-1", "us-west-2", "eu-west-1"] as const;

/** Milliseconds: a second before the first token, then so many tokens a second. */
function latencyOf(random: Random, outputTokens: number): number {
  return random.logNormal(420, 0.5) + Math.round(outputTokens * random.logNormal(11, 0.3));
}

/** What the smallest model's context holds. Beyond 200,000 tokens some models would cost twice, too. */
const mostInputTokens = 120_000;

function usageOf(random: Random, feature: FeatureProfile, moment: Moment) {
  const factor = moment.tokenFactor ?? 1;
  const drawn = random.logNormal(feature.inputTokens.median, feature.inputTokens.sigma) * factor;
  const inputTokens = Math.min(mostInputTokens, Math.round(drawn));
  if (feature.kind === "embedding") return { inputTokens };
  const outputTokens = Math.round(
    random.logNormal(feature.outputTokens.median, feature.outputTokens.sigma) * factor,
  );
  const [first, last] = feature.cacheReadShare ?? [0, 0];
  const share = Math.min(0.95, (first + (last - first) * moment.progress) * (0.7 + random.next() * 0.6));
  return {
    inputTokens,
    outputTokens,
    ...(share > 0 && { cacheReadTokens: Math.floor(inputTokens * share) }),
    ...(feature.reasoningShare && { reasoningTokens: Math.floor(outputTokens * feature.reasoningShare) }),
  };
}

function promptOf(feature: FeatureProfile, daysAgo: number) {
  const version = feature.prompt.versions.filter((candidate) => daysAgo <= candidate.sinceDaysAgo).at(-1);
  return { id: feature.prompt.id, version: version?.version };
}

/** One attempt of the feature at that moment. */
export function makeCall(random: Random, feature: FeatureProfile, moment: Moment): SeedCall {
  const usage = usageOf(random, feature, moment);
  const { provider, model } = moment.model ?? random.pick(feature.models, (use) => use.share);
  const latencyMs = latencyOf(random, "outputTokens" in usage ? usage.outputTokens : 0);
  const call = {
    id: `req_${random.hex(16)}`,
    occurredAt: moment.at.toISOString(),
    kind: feature.kind ?? "llm",
    provider,
    model,
    userId: feature.batch ? undefined : moment.user.id,
    accountId: feature.batch ? undefined : moment.user.accountId,
    feature: feature.name,
    team: feature.team,
    environment: random.pick(environments, ({ weight }) => weight).name,
    region: random.pick(regions),
    route: `/api/${feature.name}`,
    prompt: promptOf(feature, moment.daysAgo),
    ...(feature.batch && { batch: true }),
    latencyMs,
    usage,
    ...moment.story,
  } satisfies SeedCall["call"];
  // The client sends in the background, a few seconds after the answer.
  return { call, receivedAt: new Date(moment.at.getTime() + latencyMs + random.int(400, 6_000)) };
}

/** The attempt before: it got no answer, so it has no usage and nothing is billed for it. */
export function asFailed({ call, receivedAt }: SeedCall, id: string, errorClass: string): SeedCall {
  const latencyMs = Math.min(call.latencyMs ?? 0, 30_000);
  const earlier = (at: Date) => new Date(at.getTime() - latencyMs - 1_000);
  const occurredAt = earlier(new Date(call.occurredAt)).toISOString();
  return {
    call: { ...call, id, occurredAt, errorClass, latencyMs, usage: undefined },
    receivedAt: earlier(receivedAt),
  };
}
