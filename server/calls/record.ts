import { setTimeout as pause } from "node:timers/promises";
import type { Pins } from "@/server/auth/permissions";
import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { currentBook } from "@/server/prices/load-book";
import { admit, type AdmittedCall } from "./admit";
import { announceCalls } from "./announce";
import { admitTagValues } from "./known-values";
import { priceAdmitted } from "./price-admitted";
import { type RecordCallsAnswer, RecordCallsInput, type Rejection } from "./schemas";
import { conflictFault, type StorableCall, storeCalls } from "./store";
import type { Outcome } from "./settle";
import { cappedTags, foldTags, otherValue, type TagValue } from "./tag-caps";
import { WriteJoiner } from "./write-joiner";

const joiner = new WriteJoiner<StorableCall, Outcome | "quarantined">(2, (ms) => pause(ms));
const noPins: Pins = {};

export interface RecordOptions {
  /** Where the calls came from: "api", "import" … */
  source: string;
  /** History is welcome (imports). */
  anyAge?: boolean;
}

/**
 * The one way into the ledger: check, split into buckets, price, store. Returns after the commit; what it counts as
 * accepted or duplicate is stored. Bad calls are rejected one by one and cost the good ones nothing.
 * @throws DomainError FORBIDDEN, UNAVAILABLE (nothing was stored: send again), RATE_LIMITED
 */
export async function recordCalls(
  ctx: Ctx,
  input: RecordCallsInput,
  options: RecordOptions,
): Promise<RecordCallsAnswer> {
  requireRight(ctx.actor, options.source === "import" ? "calls:import" : "calls:write");
  const { calls } = RecordCallsInput.parse(input);
  const pins = ctx.actor.kind === "key" ? ctx.actor.pins : noPins;
  const rejected: Rejection[] = [];
  const admitted: AdmittedCall[] = [];
  calls.forEach((item, index) => {
    const admission = admit(item, index, { now: ctx.now, pins, anyAge: options.anyAge ?? false });
    if (admission.ok) admitted.push(admission.call);
    else rejected.push(admission.rejection);
  });
  if (admitted.length === 0) return { accepted: 0, duplicates: 0, rejected, unattributed: 0, unpriced: 0 };

  const book = await currentBook(ctx.now);
  const keyId = ctx.actor.kind === "key" ? ctx.actor.keyId : null;
  const tags = admitted.map(({ input }) => cappedTags(input));
  const fits = await admitTagValues(ctx, tags.flat());
  const storable = admitted.map((call, at) =>
    foldStorable(priceAdmitted(book, call, keyId), tags[at] ?? [], fits),
  );
  const batch = { tenantId: ctx.tenant.id, source: options.source, receivedAt: ctx.now };
  const outcomes = await joiner.submit(`${ctx.tenant.id} ${options.source}`, storable, (all) =>
    ctx.db.ingest((db) => storeCalls(db, batch, all)),
  );
  const result = answer(admitted, storable, outcomes, rejected);
  if (result.accepted > 0) announceCalls(ctx);
  return result;
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
  admitted: readonly AdmittedCall[],
  storable: readonly StorableCall[],
  outcomes: readonly (Outcome | "quarantined")[],
  rejected: Rejection[],
): RecordCallsAnswer {
  const result: RecordCallsAnswer = { accepted: 0, duplicates: 0, rejected, unattributed: 0, unpriced: 0 };
  admitted.forEach((call, at) => {
    const outcome = outcomes[at];
    if (outcome === "accepted") {
      result.accepted += 1;
      if (call.input.feature === undefined) result.unattributed += 1;
      if (storable[at]?.ledger.price.costUsd === null) result.unpriced += 1;
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
