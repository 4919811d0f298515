/** The ledger's id of the call that a span is: the same however often, and in whatever company, the span is sent. */
export function callIdOfSpan(traceId: string, spanId: string): string {
  return `otel:${traceId}:${spanId}`;
}
