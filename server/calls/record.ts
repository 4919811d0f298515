import { setTimeout as pause } from "node:timers/promises";
import { attributeCall } from "@/server/attribution/attribute-call";
import type { PolicyTag, TenantPolicy } from "@/server/attribution/schemas";
import { currentPolicy } from "@/server/attribution/tenant-policy";
import type { Pins } from "@/server/auth/permissions";
import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { currentTenantBook } from "@/server/contracts/load-tenant-book";
import { pseudonymise } from "@/server/privacy/pseudonym";
import type { TraceSpan } from "@/server/traces/schemas";
import { admit, type AdmittedCall } from "./admit";
import { announceCalls } from "./announce";
import { keepRejected } from "./keep-rejected";
import { admitTagValues } from "./known-values";
import { priceAdmitted } from "./price-admitted";
import { type RecordCallsAnswer, RecordCallsInput, type Rejection } from "./schemas";
import { conflictFault, type Storable, type StorableCall, storeItems, type StoreOutcome } from "./store";
import { cappedTags, foldTags, otherValue, type TagValue } from "./tag-caps";
import { WriteJoiner } from "./write-joiner";

const joiner = new WriteJoiner<Storable, StoreOutcome>(2, (ms) => pause(ms));
const noPins: Pins = {};
const noTraces: NonNullable<RecordOptions["traces"]> = { spans: [], loneTraceIds: [] };

export interface RecordOptions {
  /** Where the calls came from: "api", "otlp", "litellm", "import" … */
  source: string;
  /** History is welcome (imports). */
  anyAge?: boolean;
  /** Whose delivery this is, where a job hands in what a key brought. */
  sender?: { keyId: string | null; pins: Pins };
  /**
   * Spans of the same delivery, stored in the same transaction: their calls may inherit tags later. And traces of calls
   * whose spans are not kept.
   */
  traces?: { spans: readonly TraceSpan[]; loneTraceIds: readonly string[] };
  /** Refused calls are kept aside, because their sender will not see the answer (OTLP, LiteLLM). */
  keepRejected?: boolean;
}

/**
 * The one way into the ledger: check, split into buckets, attribute, price, store. Returns after the commit; what it
 * counts as accepted or duplicate is stored. Bad calls are rejected one by one and cost the good ones nothing.
 * @throws DomainError FORBIDDEN, UNAVAILABLE (nothing was stored: send again), RATE_LIMITED
 */
export async function recordCalls(
  ctx: Ctx,
  input: RecordCallsInput,
  options: RecordOptions,
): Promise<RecordCallsAnswer> {
  requireRight(ctx.actor, options.source === "import" ? "calls:import" : "calls:write");
  const { spans, loneTraceIds } = options.traces ?? noTraces;
  const calls = spans.length > 0 && input.calls.length === 0 ? [] : RecordCallsInput.parse(input).calls;
  const policy = await currentPolicy(ctx);
  const rejected: Rejection[] = [];
  const admitted = admitAll(ctx, calls, policy, options, rejected);
  const { keyId } = senderOf(ctx, options);
  if (options.keepRejected && rejected.length > 0)
    await keepRejected(ctx, { source: options.source, keyId, calls }, rejected, policy);
  if (admitted.length === 0 && spans.length === 0) return answer([], [], [], rejected);

  const storable = admitted.length === 0 ? [] : await priceAll(ctx, admitted, keyId);
  const batch = { tenantId: ctx.tenant.id, source: options.source, receivedAt: ctx.now };
  const lone = loneTraceIds.length === 0 ? [] : [{ loneTraceIds }];
  const items: readonly Storable[] = options.traces ? [...storable, ...spans, ...lone] : storable;
  const outcomes = await joiner.submit(`${ctx.tenant.id} ${options.source}`, items, (all) =>
    ctx.db.ingest((db) => storeItems(db, batch, all)),
  );
  const result = answer(admitted, storable, outcomes, rejected);
  if (result.accepted > 0 || spans.length > 0) announceCalls(ctx);
  return result;
}

/** A call on its way in, and which tags the tenant wants that it lacks. */
interface AttributedCall extends AdmittedCall {
  missing: readonly PolicyTag[];
}

function senderOf(ctx: Ctx, options: RecordOptions): { keyId: string | null; pins: Pins } {
  if (options.sender) return options.sender;
  const { actor } = ctx;
  return actor.kind === "key" ? { keyId: actor.keyId, pins: actor.pins } : { keyId: null, pins: noPins };
}

function admitAll(
  ctx: Ctx,
  calls: readonly unknown[],
  policy: TenantPolicy,
  options: RecordOptions,
  rejected: Rejection[],
): AttributedCall[] {
  const { keyId, pins } = senderOf(ctx, options);
  const nameUser =
    policy.pseudonymSalt === null ? null : (userId: string) => pseudonymise(policy, ctx.tenant.id, userId);
  const mayInherit = new Set(
    options.traces?.spans.flatMap(({ callId, parentSpanId }) => (callId && parentSpanId ? [callId] : [])),
  );
  const admitted: AttributedCall[] = [];
  calls.forEach((item, index) => {
    const admission = admit(item, index, {
      now: ctx.now,
      pins,
      anyAge: options.anyAge ?? false,
      nameUser,
      tagsMayVary: options.traces !== undefined,
    });
    if (!admission.ok) {
      rejected.push(admission.rejection);
      return;
    }
    const { call } = admission;
    const {
      call: attributed,
      missing,
      refusal,
    } = attributeCall(policy, call.input, {
      source: options.source,
      keyId,
      mayInherit: mayInherit.has(call.input.id),
    });
    admitted.push({ ...call, input: attributed, missing, quarantine: call.quarantine ?? refusal });
  });
  return admitted;
}

async function priceAll(
  ctx: Ctx,
  admitted: readonly AttributedCall[],
  keyId: string | null,
): Promise<StorableCall[]> {
  const book = await currentTenantBook(ctx);
  const tags = admitted.map(({ input }) => cappedTags(input));
  const fits = await admitTagValues(ctx, tags.flat());
  return admitted.map((call, at) => foldStorable(priceAdmitted(book, call, keyId), tags[at] ?? [], fits));
}

function foldStorable(
  call: StorableCall,
  tags: readonly TagValue[],
  fits: (tag: TagValue) => boolean,
): StorableCall {
  const input = foldTags(call.ledger.input, tags, fits);
  if (input === call.ledger.input) return call;
  const provider = input.provider === otherValue ? otherValue : call.ledger.provider;
  return { ...call, ledger: { ...call.ledger, input, provider } };
}

function answer(
  admitted: readonly AttributedCall[],
  storable: readonly StorableCall[],
  outcomes: readonly StoreOutcome[],
  rejected: Rejection[],
): RecordCallsAnswer {
  const result: RecordCallsAnswer = { accepted: 0, duplicates: 0, rejected, unattributed: 0, unpriced: 0 };
  admitted.forEach((call, at) => {
    const outcome = outcomes[at];
    if (outcome === "accepted" || outcome === "linked") {
      result.accepted += 1;
      if (outcome === "linked") result.linked = (result.linked ?? 0) + 1;
      else if (storable[at]?.ledger.price.costUsd === null) result.unpriced += 1;
      if (call.missing.length > 0) result.unattributed += 1;
    } else if (outcome === "duplicate") {
      result.duplicates += 1;
    } else {
      const fault = call.quarantine ?? conflictFault;
      rejected.push({ index: call.index, id: call.input.id, ...fault });
    }
  });
  rejected.sort((a, b) => a.index - b.index);
  return result;
}
