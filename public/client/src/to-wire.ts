import { readUsage } from "@/server/provider-usage/read-usage";
import type { Call, Prompt, UsageEvent, User } from "./api";
import { sha256 } from "./sha256";

/** What is kept of a call once it is tracked: later changes of the caller's objects do not reach it. */
export interface Item {
  id: string;
  json: string;
}

type Fields = Record<string, unknown>;

// Only these are ever read, so that no prompt, completion or secret that lies beside them can leave the process.
const callFields = [
  "kind", "provider", "model", "userId", "accountId", "feature", "team", "environment", "route", "region", "tier", "runId",
  "rootRequestId", "providerRequestId", "attempt", "errorClass", "billed", "batch", "cache", "latencyMs", "reportedCostUsd",
  "tags", "serviceTier", "completedAt",
] as const satisfies (keyof Call)[]; // prettier-ignore
export const usageFields = [
  "inputTokens", "outputTokens", "cacheReadTokens", "cacheWrite5mTokens", "cacheWrite1hTokens", "audioInputTokens",
  "reasoningTokens", "audioOutputTokens", "toolUnits", "units",
]; // prettier-ignore
const shareFields = ["userId", "accountId", "feature", "team", "weight"];
const eventFields = ["userId", "accountId", "feature", "event"] as const satisfies (keyof UsageEvent)[];
const userFields = ["userId", "accountId", "plan", "mrrUsd", "signedUpAt"] as const satisfies (keyof User)[];

export function pick(from: unknown, names: readonly string[]): Fields {
  const picked: Fields = {};
  if (typeof from !== "object" || from === null) return picked;
  for (const name of names) {
    const value = (from as Fields)[name];
    if (value !== undefined && value !== null) picked[name] = value;
  }
  return picked;
}

/** @throws whatever the caller's getters throw, TypeError for a BigInt or a circle */
export function callItem(call: Call, defaults: Pick<Call, "feature" | "environment">, now: Date): Item {
  const { prompt, usage, shares } = call;
  const read = usage ?? readUsage(call.providerUsage);
  return item(call.id, {
    occurredAt: call.occurredAt ?? now,
    ...defaults,
    ...pick(call, callFields),
    ...(prompt && { prompt: promptOf(prompt) }),
    ...(read && { usage: pick(read, usageFields) }),
    ...(shares && { shares: shares.map((share) => pick(share, shareFields)) }),
  });
}

export function eventItem(event: UsageEvent, defaults: Pick<UsageEvent, "feature">, now: Date): Item {
  return item(event.id, { occurredAt: event.occurredAt ?? now, ...defaults, ...pick(event, eventFields) });
}

export function userItem(user: User, now: Date): Item {
  return {
    id: user.userId,
    json: JSON.stringify({ at: user.at ?? now, ...pick(user, userFields) }),
  };
}

function item(given: string | undefined, fields: Fields): Item {
  const id = given ?? newId();
  return { id, json: JSON.stringify({ id, ...fields }) };
}

function promptOf({ id, version, hash, text }: Prompt): Fields {
  return pick({ id, version, hash: hash ?? (text === undefined ? undefined : hashPrompt(text)) }, [
    "id",
    "version",
    "hash",
  ]);
}

/** @throws TypeError for what is neither text nor JSON */
export function hashPrompt(text: unknown): string {
  return sha256(typeof text === "string" ? text : JSON.stringify(text));
}

/** Node 18 has no global crypto; an id has to be unlike others, not secret. */
export function newId(): string {
  const { crypto } = globalThis as { crypto?: { randomUUID?: () => string } };
  return crypto?.randomUUID?.() ?? `${Date.now().toString(36)}-${random()}${random()}`;
}
const random = () => Math.random().toString(36).slice(2);
