/** A scalar as sent. Null: something is there, but no scalar (a list, a map, bytes), or one that cannot be read. */
export type AttributeValue = string | number | boolean | null;
/** Attributes by name, of those names alone that somebody will ask for. Values that are empty are not in it. */
export type Attributes = ReadonlyMap<string, AttributeValue>;

/** A span as both encodings of OTLP tell it. */
export interface DecodedSpan {
  /** 32 hex digits, lower case. */
  traceId: string;
  /** 16 hex digits, lower case. */
  spanId: string;
  parentSpanId: string | null;
  startMs: number;
  endMs: number | null;
  hasFailed: boolean;
  attributes: Attributes;
  resource: Attributes;
}

/** What is wrong with a span that cannot be taken; said to the sender with a count. */
export type SpanFault =
  | "no span (cut short, or of another type)"
  | "no valid trace id (an OTLP body of logs or metrics?)"
  | "no valid span id"
  | "no valid start time"
  | "attributes that are no list of {key, value}";

export interface DecodedRequest {
  spans: DecodedSpan[];
  faults: SpanFault[];
}

/** Names that are worth reading; all others are passed over. */
export type Wanted = ReadonlySet<string>;

// Before 2000 a clock was never set, and what is after 2999 no time of ours can hold.
const earliestMs = Date.UTC(2000, 0, 1);
const latestMs = Date.UTC(3000, 0, 1) - 1;

export function isSaneTime(ms: number): boolean {
  return ms >= earliestMs && ms <= latestMs;
}

const zeros = /^0+$/;

/** An id in lower case, or null for one that is missing, all zero or of another length. */
export function idOf(hex: string, length: 16 | 32): string | null {
  if (hex.length !== length || zeros.test(hex)) return null;
  return hex;
}
