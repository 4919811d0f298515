import type { Pins } from "@/server/auth/permissions";
import type { BucketUnits } from "@/server/prices/buckets";
import { fingerprint } from "./fingerprint";
import { CallInput, type Rejection, type RejectionCode } from "./schemas";
import { toBuckets } from "./token-buckets";

export const maxAgeDays = 35;
export const maxAheadMinutes = 5;

/** A call that is sound: checked, split into buckets, its key's pins applied. */
export interface AdmittedCall {
  index: number;
  input: CallInput;
  occurredAt: Date;
  units: BucketUnits;
  fingerprint: string;
  /** Set when the call is sound but must not enter the ledger as it is. */
  quarantine: { code: RejectionCode; field: string; message: string } | null;
}

export interface AdmitOptions {
  now: Date;
  pins: Pins;
  /** Imports bring history; live senders may not. */
  anyAge: boolean;
  /** Makes a pseudonym of a user's id, if the tenant wants that. Before the fingerprint, which must not tell who it was. */
  nameUser?: ((userId: string) => string) | null;
  /** What a span inherits depends on the company in which it is sent: its tags do not tell a repeat from a clash. */
  tagsMayVary?: boolean;
}

export type Admission = { ok: true; call: AdmittedCall } | { ok: false; rejection: Rejection };

const noUnits: BucketUnits = {
  freshInputTokens: 0,
  cacheReadTokens: 0,
  cacheWrite5mTokens: 0,
  cacheWrite1hTokens: 0,
  audioInputTokens: 0,
  visibleOutputTokens: 0,
  reasoningTokens: 0,
  audioOutputTokens: 0,
  toolUnits: 0,
};

// JSON.parse makes `__proto__` an own key, which object schemas pass over in silence (reliability P58).
const poisonous = ["__proto__", "constructor", "prototype"];

function poisonedField(value: object, path: string, depth = 0): string | null {
  for (const key of poisonous) if (Object.hasOwn(value, key)) return `${path}${key}`;
  if (depth > 2) return null;
  for (const key in value) {
    const inner: unknown = value[key as keyof typeof value];
    const found =
      typeof inner === "object" && inner !== null ? poisonedField(inner, `${path}${key}.`, depth + 1) : null;
    if (found) return found;
  }
  return null;
}

function idOf(item: unknown): string | null {
  if (typeof item !== "object" || item === null || !("id" in item) || typeof item.id !== "string")
    return null;
  return item.id.slice(0, 200);
}

function outsideWindow(occurredAt: Date, { now, anyAge }: AdmitOptions): AdmittedCall["quarantine"] {
  const ageMs = now.getTime() - occurredAt.getTime();
  if (ageMs < -maxAheadMinutes * 60_000) {
    return {
      code: "TOO_NEW",
      field: "occurredAt",
      message: `is more than ${maxAheadMinutes} minutes ahead of our clock; check the sender's`,
    };
  }
  if (!anyAge && ageMs > maxAgeDays * 86_400_000) {
    return {
      code: "TOO_OLD",
      field: "occurredAt",
      message: `is more than ${maxAgeDays} days ago; bring history in through the importer`,
    };
  }
  return null;
}

const noTags = {
  userId: undefined,
  accountId: undefined,
  feature: undefined,
  team: undefined,
  environment: undefined,
  prompt: undefined,
  route: undefined,
};

function withPseudonyms(call: CallInput, nameUser: (userId: string) => string): CallInput {
  const named = { ...call };
  if (call.userId !== undefined) named.userId = nameUser(call.userId);
  if (call.shares) {
    named.shares = call.shares.map((share) =>
      share.userId === undefined ? share : { ...share, userId: nameUser(share.userId) },
    );
  }
  return named;
}

/** Checks one item of a batch. Never throws: what is wrong with it is said in its rejection. */
export function admit(item: unknown, index: number, options: AdmitOptions): Admission {
  const reject = (code: RejectionCode, field: string | null, message: string): Admission => ({
    ok: false,
    rejection: { index, id: idOf(item), code, field, message },
  });
  const poisoned = typeof item === "object" && item !== null ? poisonedField(item, "") : null;
  if (poisoned) return reject("INVALID", poisoned, "this name is not allowed");
  const parsed = CallInput.safeParse(item);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const named =
      issue?.code === "unrecognized_keys" ? [...issue.path, issue.keys[0] ?? ""] : (issue?.path ?? []);
    const field = named.map(String).join(".").slice(0, 300);
    const message =
      issue?.code === "unrecognized_keys"
        ? "is not a field of a call; prompts and completions are never taken"
        : (issue?.message ?? "is not a call");
    return reject("INVALID", field === "" ? null : field, message);
  }
  const input = options.nameUser ? withPseudonyms(parsed.data, options.nameUser) : parsed.data;
  if (input.model === undefined && input.kind !== "tool" && input.kind !== "other") {
    return reject("INVALID", "model", `is needed for a call of kind ${input.kind}`);
  }
  const buckets = input.usage ? toBuckets(input.usage) : { ok: true as const, units: noUnits };
  if (!buckets.ok) return reject("PARTS_EXCEED_TOTAL", buckets.field, buckets.message);
  const occurredAt = new Date(input.occurredAt);
  // Most keys pin nothing, and copying every call for nothing is dear.
  const isPinned = options.pins.environment !== undefined || options.pins.team !== undefined;
  return {
    ok: true,
    call: {
      index,
      input: isPinned ? { ...input, ...options.pins } : input,
      occurredAt,
      units: buckets.units,
      fingerprint: fingerprint(options.tagsMayVary ? { ...input, ...noTags } : input),
      quarantine: outsideWindow(occurredAt, options),
    },
  };
}
