import { z } from "zod";

/**
 * What a span is to the ledger. call: one attempt at a model, always counted. sum: it carries usage, but may only sum
 * up what its descendants carry, so it counts while none of them has usage. link: neither; it leads to its parent's tags.
 */
export const spanKinds = ["call", "sum", "link"] as const;
export const SpanKind = z.enum(spanKinds);
export type SpanKind = z.infer<typeof SpanKind>;

/** Tags that a span without its own takes from the nearest ancestor that has them. */
export const inheritedTags = [
  "feature",
  "userId",
  "accountId",
  "team",
  "environment",
  "promptId",
  "promptVersion",
  "route",
] as const;
export type InheritedTag = (typeof inheritedTags)[number];

export const SpanTags = z.partialRecord(z.enum(inheritedTags), z.string());
export type SpanTags = z.infer<typeof SpanTags>;

/** A span of a trace as far as attribution needs it. */
export interface TraceSpan {
  traceId: string;
  spanId: string;
  parentSpanId: string | null;
  kind: SpanKind;
  /** The call that this span is; null for a link. */
  callId: string | null;
  occurredAt: Date | null;
  /** What the span itself said, nothing inherited. */
  tags: SpanTags;
}
