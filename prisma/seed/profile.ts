/** When a feature is used: by people at work, by people at home, by programs all day, or once a night. */
export type Rhythm = "office" | "consumer" | "steady" | "nightly";

export interface ModelUse {
  provider: string;
  model: string;
  /** Of the feature's calls, relative to its other models. */
  share: number;
}

/** A median and how far the values scatter (sigma of the logarithm). */
export interface Spread {
  median: number;
  sigma: number;
}

/** What the app itself tells of a feature's use, besides its calls. */
export interface UsageProfile {
  /** Of the first attempts in production, those with an event. */
  share: number;
  /** As events spell it, if not as calls do. */
  name?: string;
  /** Of those events, so many lead to this one. */
  conversion?: { event: string; share: number };
  /** And so many to somebody's use of a feature without calls. */
  leadsTo?: { feature: string; share: number };
}

export interface FeatureProfile {
  name: string;
  team: string;
  /** Of the tenant's calls, relative to its other features. */
  weight: number;
  rhythm: Rhythm;
  kind?: "llm" | "embedding";
  models: readonly ModelUse[];
  prompt: { id: string; versions: readonly { version: string; sinceDaysAgo: number }[] };
  inputTokens: Spread;
  outputTokens: Spread;
  /** Of the input tokens, on the first and on the last day. */
  cacheReadShare?: readonly [first: number, last: number];
  /** Of the output tokens. */
  reasoningShare?: number;
  batch?: boolean;
  /** Calls belong to agent runs of about this many steps; some steps are tools. */
  stepsOfRun?: number;
  usage?: UsageProfile;
}

export interface TenantProfile {
  slug: string;
  name: string;
  timeZone: string;
  days: number;
  users: number;
  accounts: readonly string[];
  features: readonly FeatureProfile[];
  /** Of the calls, how many come without a feature. */
  unattributedShare: number;
  /** Attempts that fail and are tried again. */
  errorShare: number;
}

export const openai = (model: string, share = 1): ModelUse => ({ provider: "openai", model, share });
export const anthropic = (model: string, share = 1): ModelUse => ({ provider: "anthropic", model, share });
export const google = (model: string, share = 1): ModelUse => ({ provider: "google", model, share });
