import { type InheritNode, inherit } from "@/server/traces/inherit";
import type { TraceSpan } from "@/server/traces/schemas";
import { type CallDraft, type SpanFacts, tagged } from "./map-span";

/** What goes to the ledger at once: calls, and the spans that they and others were. */
export interface Delivery {
  calls: CallDraft[];
  spans: TraceSpan[];
  /** Traces of calls whose span is not kept: somebody's parent, perhaps, of whom we have heard before. */
  loneTraceIds: string[];
}

export interface DeliveryLimits {
  calls: number;
  spans: number;
}

/**
 * Settles within one request who inherits what and which sums only repeat their descendants, and cuts the result into
 * portions. A call and its span are always in the same one.
 */
export function deliveriesOf(facts: readonly SpanFacts[], limits: DeliveryLimits): Delivery[] {
  const deliveries: Delivery[] = [];
  let open: Delivery | undefined;
  for (const trace of tracesOf(facts).values()) {
    const inherited = inherit(trace satisfies readonly InheritNode[]);
    trace.forEach((one, at) => {
      const { tags, isAggregate } = inherited[at] ?? { tags: one.tags, isAggregate: false };
      const call = isAggregate ? null : one.call;
      const span = isWorthKeeping(one, trace.length) ? spanOf(one, call) : null;
      if (call === null && span === null) return;
      if (open === undefined || open.calls.length >= limits.calls || open.spans.length >= limits.spans) {
        open = { calls: [], spans: [], loneTraceIds: [] };
        deliveries.push(open);
      }
      if (call) open.calls.push(tagged(call, tags));
      if (span) open.spans.push(span);
      else open.loneTraceIds.push(one.traceId);
    });
  }
  return deliveries;
}

function tracesOf(facts: readonly SpanFacts[]): Map<string, SpanFacts[]> {
  const traces = new Map<string, SpanFacts[]>();
  for (const one of facts) {
    const trace = traces.get(one.traceId);
    if (trace) trace.push(one);
    else traces.set(one.traceId, [one]);
  }
  return traces;
}

/**
 * Later spans may need this one: to inherit from it, through it, or to find that it sums them up. A root without tags has
 * nothing to give, and a call without parent that came alone is found in the ledger, should a child of it ever come.
 */
function isWorthKeeping(one: SpanFacts, inTrace: number): boolean {
  if (one.parentSpanId !== null) return true;
  if (one.kind === "call") return inTrace > 1;
  return one.kind === "sum" || Object.keys(one.tags).length > 0;
}

function spanOf(one: SpanFacts, call: CallDraft | null): TraceSpan {
  const { traceId, spanId, parentSpanId, kind, occurredAt, tags } = one;
  return { traceId, spanId, parentSpanId, kind, callId: call?.id ?? null, occurredAt, tags };
}
