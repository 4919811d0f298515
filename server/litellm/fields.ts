import { Usd, usdText } from "@/server/prices/decimal";

/** A JSON object as a gateway sends it: every field may be missing, null, or of another type than documented. */
export type Fields = Readonly<Record<string, unknown>>;

const nothing: Fields = Object.freeze({});
const encoder = new TextEncoder();
const longestTagBytes = 256;

/** The object, or an empty one for whatever else stands there. */
export function fieldsOf(value: unknown): Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : nothing;
}

/** Own properties only: a key named "constructor" is nobody's value (reliability P58). */
export function at(fields: Fields, key: string): unknown {
  return Object.hasOwn(fields, key) ? fields[key] : undefined;
}

/** Text, or a number as text; undefined for what is empty or cannot be stored. */
export function textOf(value: unknown, maxBytes = longestTagBytes): string | undefined {
  const text = typeof value === "number" && Number.isFinite(value) ? String(value) : value;
  if (typeof text !== "string") return undefined;
  const trimmed = text.trim();
  // A value that is too long is left out rather than the call refused: a tag must not cost us the money.
  if (trimmed === "" || trimmed.includes("\0") || !trimmed.isWellFormed()) return undefined;
  return trimmed.length * 3 <= maxBytes || encoder.encode(trimmed).length <= maxBytes ? trimmed : undefined;
}

/** The first of these fields that holds a text. */
export function firstText(fields: Fields, keys: readonly string[]): string | undefined {
  for (const key of keys) {
    const text = textOf(at(fields, key));
    if (text !== undefined) return text;
  }
  return undefined;
}

/** A count of tokens: Python sends some as 12.0. Undefined when it is none; a negative one stays, to be refused. */
export function countOf(value: unknown): number | undefined {
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}

const oldestSecond = Date.UTC(2000) / 1_000;
const newestSecond = Date.UTC(2999) / 1_000;

/** Seconds since 1970 as a float, which is how LiteLLM writes times; older versions wrote ISO texts. */
export function instantOf(value: unknown): Date | undefined {
  if (typeof value === "number" && value > oldestSecond && value < newestSecond)
    return new Date(Math.round(value * 1_000));
  if (typeof value !== "string" || !/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/.test(value)) return undefined;
  // Without an offset it is Python's UTC.
  const zoned = /(Z|[+-]\d\d:?\d\d)$/.test(value) ? value : `${value}Z`;
  const instant = new Date(zoned.replace(" ", "T"));
  return Number.isNaN(instant.getTime()) ? undefined : instant;
}

const decimal = /^\d{1,40}(\.\d{1,60})?([eE][+-]?\d{1,2})?$/;
const dearest = new Usd("1e12");

/**
 * An amount as a plain decimal. LiteLLM's are floats (1.2e-05): the shortest decimal that is the same float is what
 * was meant. Undefined for what is no amount.
 */
export function usdOf(value: unknown): string | undefined {
  const text = typeof value === "number" ? String(value) : value;
  if (typeof text !== "string" || !decimal.test(text)) return undefined;
  const amount = new Usd(text);
  return amount.lt(dearest) ? usdText(amount) : undefined;
}
