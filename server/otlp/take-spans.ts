import type { TenantPolicy } from "@/server/attribution/schemas";
import { currentPolicy } from "@/server/attribution/tenant-policy";
import { type Pins, requireRight } from "@/server/auth/permissions";
import { recordCalls } from "@/server/calls/record";
import { maxCallsPerBatch } from "@/server/calls/schemas";
import type { Ctx } from "@/server/context";
import { pseudonymise } from "@/server/privacy/pseudonym";
import type { DecodedRequest, Wanted } from "./decoded";
import { deliveriesOf } from "./delivery";
import { type SpanFacts, spanMapper } from "./map-span";
import { Report, type SpanReport } from "./report";

const limits = { calls: maxCallsPerBatch, spans: 2 * maxCallsPerBatch };

export interface TakeSpansInput {
  body: Buffer;
  /** How the body is encoded. @throws DomainError INVALID_INPUT when it is not */
  decode: (body: Buffer, wanted: Wanted) => DecodedRequest;
}

/**
 * Takes a request of OTLP traces: its model calls into the ledger, of its spans what attribution needs. Bad spans cost
 * good ones nothing; what the ledger refuses is kept in quarantine, for no exporter reads an answer.
 * @throws DomainError FORBIDDEN; INVALID_INPUT (no such body); UNAVAILABLE, RATE_LIMITED (some may be stored: to send
 *   the whole again is harmless)
 */
export async function takeSpans(ctx: Ctx, { body, decode }: TakeSpansInput): Promise<SpanReport> {
  requireRight(ctx.actor, "calls:write");
  const policy = await currentPolicy(ctx);
  const mapper = spanMapper(policy.attributeMap);
  const { spans, faults } = decode(body, mapper.wanted);
  const report = new Report(faults);
  const pins = ctx.actor.kind === "key" ? ctx.actor.pins : {};
  const facts = spans.map((span) => pinned(underPseudonym(mapper.map(span), policy, ctx.tenant.id), pins));
  for (const { call, leftOut } of facts) if (call) report.leftOut(leftOut);
  for (const { calls, ...traces } of deliveriesOf(facts, limits)) {
    const answer = await recordCalls(ctx, { calls }, { source: "otlp", traces, keepRejected: true });
    report.rejected(answer.rejected);
  }
  return report.end();
}

/** Before anything is stored or inherited: spans keep their tags too (reliability P57). */
function underPseudonym(facts: SpanFacts, policy: TenantPolicy, tenantId: string): SpanFacts {
  const { userId } = facts.tags;
  if (userId === undefined || policy.pseudonymSalt === null) return facts;
  return { ...facts, tags: { ...facts.tags, userId: pseudonymise(policy, tenantId, userId) } };
}

/** The ledger pins the call itself; its span must say the same, or a later look at the trace would undo that. */
function pinned(facts: SpanFacts, pins: Pins): SpanFacts {
  const isPinned = pins.environment !== undefined || pins.team !== undefined;
  return isPinned && facts.call ? { ...facts, tags: { ...facts.tags, ...pins } } : facts;
}
