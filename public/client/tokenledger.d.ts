// Tokenledger's client for TypeScript apps. MIT. Made by `npm run client:build`; its sources are in src/.
/** How the client reaches a deployment, and what it does with what it cannot send. */
export interface TokenledgerOptions {
  /** Address of the deployment, such as "https://ledger.example.com". */
  endpoint: string;
  /** An ingest key. It is a secret, so this client is for servers and never for browsers. */
  key: string;
  /** For calls that name none themselves. */
  feature?: string;
  environment?: string;
  /** Longest wait before calls are sent (2,000). 500 calls are sent at once. */
  flushIntervalMs?: number;
  /** Most calls that wait in memory (10,000). Beyond it new ones are dropped, and said to be; those that wait are kept. */
  maxBuffer?: number;
  /** Told of everything that will not reach the ledger. Without it a warning is logged, once a minute at most. */
  onDrop?: (drop: Drop) => unknown;
  /** What reserve() does when the deployment does not answer; by default what it last said, and "open" before that. */
  whenUnreachable?: "open" | "closed";
  /** Longest that reserve() keeps your call waiting (1,000). */
  gateTimeoutMs?: number;
  /** On SIGTERM and SIGINT: send what waits (5 seconds at most), then let the signal end the process. */
  flushOnSignals?: boolean;
  fetch?: typeof globalThis.fetch;
}

export type DropReason =
  /** More than `maxBuffer` wait. */
  | "buffer-full"
  /** Could not be turned into JSON: a getter that threw, a BigInt, a circle. */
  | "unreadable"
  /** The ledger took the others, but not these: the message says why. */
  | "rejected"
  /** The deployment refuses the whole request: a wrong key or address. */
  | "refused"
  /** Tracked after close(). */
  | "closed"
  /** The process ended before the deployment could be reached. */
  | "exit";

export interface Drop {
  reason: DropReason;
  count: number;
  ids: string[];
  message: string;
}

export interface Stats {
  /** Waiting or on their way. */
  pending: number;
  /** Stored, by the deployment's word. */
  sent: number;
  /** Of those: they were there already, by an attempt whose answer got lost. */
  duplicates: number;
  dropped: number;
  droppedBecause: Partial<Record<DropReason, number>>;
  /** Requests that failed and were, or will be, made again. */
  retries: number;
  lastFailure: string | null;
}

/** Totals include their parts: cached and audio tokens are in `inputTokens`, reasoning and audio in `outputTokens`. */
export interface Usage {
  inputTokens?: number;
  outputTokens?: number;
  cacheReadTokens?: number;
  cacheWrite5mTokens?: number;
  cacheWrite1hTokens?: number;
  audioInputTokens?: number;
  reasoningTokens?: number;
  audioOutputTokens?: number;
  toolUnits?: number;
  /** Quantities besides tokens: { web_searches: 3, audio_seconds: "12.5" }. */
  units?: Record<string, number | string>;
}

export interface Prompt {
  id?: string;
  version?: string;
  hash?: string;
  /** Hashed here (SHA-256) and never sent. What is no string is hashed as JSON. */
  text?: unknown;
}

/** Whom a part of the call served. */
export interface Share {
  userId?: string;
  accountId?: string;
  feature?: string;
  team?: string;
  weight?: number;
}

/** One attempt at one model or tool. Fields that are none of these stay here. */
export interface Call {
  /** Made up when left out. The same id again is the same call. */
  id?: string;
  /** Now, when left out. */
  occurredAt?: Date | string;
  kind?: "llm" | "embedding" | "rerank" | "image" | "audio" | "moderation" | "tool" | "other";
  provider?: string;
  model?: string;
  userId?: string;
  accountId?: string;
  feature?: string;
  team?: string;
  environment?: string;
  prompt?: Prompt;
  route?: string;
  region?: string;
  tier?: string;
  runId?: string;
  /** What the attempts of one request have in common. */
  rootRequestId?: string;
  providerRequestId?: string;
  /** 1 for the first. */
  attempt?: number;
  errorClass?: string;
  billed?: "yes" | "no" | "unknown";
  batch?: boolean;
  cache?: "none" | "exact" | "semantic";
  latencyMs?: number;
  usage?: Usage;
  /** The provider's own usage object, or a response that holds one, as it came; read here. `usage` goes before it. */
  providerUsage?: unknown;
  /** USD as a decimal string. */
  reportedCostUsd?: string;
  tags?: Record<string, string>;
  serviceTier?: string;
  completedAt?: Date | string;
  shares?: Share[];
}

/** What a response does not say: whom the call served. */
export type Facts = Omit<Call, "usage" | "providerUsage">;

/** Facts, or a function that finds them by the request's body, for each request anew. */
export type FactsOf = Facts | ((body: unknown) => Facts);

/** Somebody did something with your product: what cost is compared with. */
export interface UsageEvent {
  id?: string;
  occurredAt?: Date | string;
  userId?: string;
  accountId?: string;
  feature?: string;
  event?: string;
}

/** What you know of a user; what is left out keeps its value. */
export interface User {
  userId: string;
  accountId?: string;
  plan?: string;
  /** USD a month as a decimal string. */
  mrrUsd?: string;
  signedUpAt?: Date | string;
  at?: Date | string;
}

/** A call that is about to be made. */
export interface GateAsk {
  /** Made up when left out. The same key again is the same call, held once. */
  key?: string;
  provider?: string;
  model?: string;
  /** The prompt's tokens, and as output the most that may come. */
  usage?: Usage;
  /** USD as a decimal string, instead of model and usage. */
  costUsd?: string;
  feature?: string;
  team?: string;
  userId?: string;
  accountId?: string;
  environment?: string;
  /** The same prompt again and again is a loop. Hashed here and never sent. */
  prompt?: unknown;
  promptHash?: string;
  /** The tightest limit that any step of the run states holds for all of them. */
  run?: { id: string; limitUsd?: string; limitTokens?: number };
  /** Somebody has said that the budget may be exceeded. */
  acknowledged?: boolean;
  /** What is held is given back after this long if it was not settled (120). */
  leaseSeconds?: number;
}

/** What a call cost in the end. Nothing said: it was not made, or cost nothing. */
export interface GateActual {
  provider?: string;
  model?: string;
  usage?: Usage;
  /** The response, or its usage, as it came. */
  providerUsage?: unknown;
  costUsd?: string;
}

/** The gate's answer. Make the call only if it is allowed; then settle it. */
export interface Permit {
  allowed: boolean;
  /** unreachable: nobody answered in time, and `allowed` is what you chose for that. */
  outcome: "allow" | "needs-ack" | "deny" | "unreachable";
  /** Why not, for people. */
  message: string;
  key: string;
  /** Says what the call cost. Settled twice, it counts once; never settled, the lease runs out. */
  settle(actual?: GateActual): Promise<boolean>;
}

/** Nothing of this throws or rejects, whatever it is given. */
export interface Tokenledger {
  track(call: Call): void;
  /** A chat completion, a response or an embedding of the `openai` package, or of a provider that speaks its language. */
  trackOpenAI(response: unknown, facts?: Facts): void;
  /** A message of `@anthropic-ai/sdk`. */
  trackAnthropic(message: unknown, facts?: Facts): void;
  /** What generateText, generateObject or embed returned, or what onFinish is told: a call for each step. */
  trackAiSdk(result: unknown, facts?: Facts): void;
  /**
   * The same client, whose chat completions, responses and embeddings are tracked: streams as they are read, failures as
   * attempts that failed. A chat stream says its usage only if asked to: `stream_options: { include_usage: true }`.
   */
  wrapOpenAI<T extends object>(client: T, facts?: FactsOf): T;
  /** The same client, whose messages are tracked. */
  wrapAnthropic<T extends object>(client: T, facts?: FactsOf): T;
  /** May this call be made? Needs a key with the scope gate. Its answer is never a rejection. */
  reserve(ask: GateAsk): Promise<Permit>;
  usage(event: UsageEvent): void;
  identify(user: User): void;
  /** SHA-256 in hex: what is sent of a prompt's text. */
  hashPrompt(text: unknown): string;
  /** Sends what waits. True once all of it is stored or dropped, false when that took longer (30,000 ms). */
  flush(timeoutMs?: number): Promise<boolean>;
  stats(): Stats;
  /** flush(), and takes nothing more. */
  close(timeoutMs?: number): Promise<boolean>;
}

/** Your link to the ledger: one a process. Never throws, neither here nor later; what goes wrong is in stats(). */
export declare function createTokenledger(options: TokenledgerOptions): Tokenledger;

/** Tells by its shape whose usage object this is and reads it; null when it is none that is known, or contradicts itself. */
export declare function readUsage(raw: unknown): Usage | null;
