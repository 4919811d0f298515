import { createHash } from "node:crypto";
import type { UsageEvent, UserWord } from "./schemas";
import { Usd, usdText } from "@/server/prices/decimal";

export const segmentTypes = ["track", "identify", "page", "screen", "group", "alias"] as const;
export type SegmentType = (typeof segmentTypes)[number];

/** Checked by the verbs that take them, like everybody's. */
export type SegmentMessage =
  | { kind: "event"; event: Record<keyof UsageEvent, unknown> }
  | { kind: "word"; word: Record<keyof UserWord, unknown> }
  /** Says nothing that we keep. */
  | { kind: "ignored" }
  | { kind: "fault"; message: string };

type Fields = Readonly<Record<string, unknown>>;
const nothing: Fields = Object.freeze({});

const fieldsOf = (value: unknown): Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : nothing;
const at = (fields: Fields, key: string): unknown => (Object.hasOwn(fields, key) ? fields[key] : undefined);

/** Ids are sent as numbers too. */
function nameOf(value: unknown): unknown {
  if (value === null || value === "") return undefined;
  return typeof value === "number" && Number.isFinite(value) ? String(value) : value;
}

const textOnly = (value: unknown) => {
  const name = nameOf(value);
  return typeof name === "string" ? name : undefined;
};

/** One message of a Segment-style sender (`type` may be given by the path instead). Properties and traits are not kept. */
export function readSegment(item: unknown, type: unknown, now: Date): SegmentMessage {
  const message = fieldsOf(item);
  if (message === nothing) return { kind: "fault", message: "is not an object" };
  switch (type ?? at(message, "type")) {
    case "track":
      return { kind: "event", event: eventOf(message, now) };
    case "identify":
      return { kind: "word", word: wordOf(message, now) };
    case "page":
    case "screen":
    case "group":
    case "alias":
      return { kind: "ignored" };
    default:
      return { kind: "fault", message: `type must be one of ${segmentTypes.join(", ")}` };
  }
}

const userOf = (message: Fields) => nameOf(at(message, "userId")) ?? nameOf(at(message, "anonymousId"));

function eventOf(message: Fields, now: Date): Record<keyof UsageEvent, unknown> {
  const timestamp = nameOf(at(message, "timestamp"));
  const facts = {
    occurredAt: timestamp ?? now.toISOString(),
    userId: userOf(message),
    accountId: nameOf(at(fieldsOf(at(message, "context")), "groupId")),
    // Properties are the app's own: what is no text there is no feature, and no fault either.
    feature: textOnly(at(fieldsOf(at(message, "properties")), "feature")),
    event: at(message, "event") ?? null,
  };
  return { id: nameOf(at(message, "messageId")) ?? contentId(facts), ...facts };
}

/** Without a messageId the same content at the same time is a repeat; without a time too, each is its own. */
const contentId = (facts: object) =>
  `content:${createHash("sha256").update(JSON.stringify(facts)).digest("hex").slice(0, 40)}`;

function wordOf(message: Fields, now: Date): Record<keyof UserWord, unknown> {
  const traits = fieldsOf(at(message, "traits"));
  return {
    userId: userOf(message),
    accountId: textOnly(at(traits, "accountId")) ?? textOnly(at(fieldsOf(at(traits, "company")), "id")),
    plan: textOnly(at(traits, "plan")),
    mrrUsd: amountOf(at(traits, "mrr")),
    signedUpAt: instantOf(at(traits, "createdAt") ?? at(traits, "created_at")),
    at: nameOf(at(message, "timestamp")) ?? now.toISOString(),
  };
}

const amount = /^\d{1,12}(\.\d{1,18})?$/;
/** Dollars, as a number or a text. */
function amountOf(value: unknown): string | undefined {
  if (typeof value === "string") return amount.test(value) ? value : undefined;
  if (typeof value !== "number" || !(value >= 0 && value < 1e12)) return undefined;
  return usdText(new Usd(value));
}

/** ISO, or seconds or milliseconds since 1970, as Segment's own destinations read it. */
function instantOf(value: unknown): string | undefined {
  const ms = typeof value === "number" ? (value < 1e11 ? value * 1_000 : value) : NaN;
  const instant =
    typeof value === "string" && /^\d{4}-\d\d-\d\d/.test(value) ? new Date(value) : new Date(ms);
  if (Number.isNaN(instant.getTime())) return undefined;
  const text = instant.toISOString();
  return text.startsWith("2") ? text : undefined;
}
