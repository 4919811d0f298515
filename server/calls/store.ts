import { createHash } from "node:crypto";
import type { Db } from "@/server/db";
import type { TraceSpan } from "@/server/traces/schemas";
import {
  type BatchFacts,
  type InsertableCall,
  insertCalls,
  insertQuarantine,
  insertRows,
  insertSeen,
  linkReports,
  type QuarantinedCall,
} from "./insert-query";
import { firstOfEach, type Outcome, outcomesOf } from "./outcomes";
import { knownFingerprints } from "./queries";
import type { RejectionCode } from "./schemas";
import { ledgerRows } from "./shares";
import { insertSpans, markKnownTraces } from "./span-query";

/** A call on its way into the ledger, or into quarantine. */
export interface StorableCall extends InsertableCall {
  quarantine: { code: RejectionCode; field: string; message: string } | null;
}
/** A call's trace, whose span is not kept. */
export interface LoneTrace {
  traceId: string;
}
/** What waits to be written: calls, and the spans and traces that came with them. */
export type Storable = StorableCall | TraceSpan | LoneTrace;
export type StoreOutcome = Outcome | "linked" | "quarantined" | "span";

export const conflictFault = {
  code: "CONFLICT",
  field: "id",
  message: "this id is already in the ledger with other content; the call is kept in quarantine",
} as const;

const isCall = (item: Storable): item is StorableCall => "ledger" in item;
const isSpan = (item: Storable): item is TraceSpan => "spanId" in item;

/**
 * Stores a batch inside the caller's transaction and says, item by item, what became of it.
 * Quarantined calls count as "conflict" or keep their own fault; they never reach the ledger.
 */
export async function storeItems(
  db: Db,
  batch: BatchFacts,
  items: readonly Storable[],
): Promise<StoreOutcome[]> {
  const calls = items.filter(isCall);
  const outcomes = await storeCalls(db, batch, calls);
  if (calls.length === items.length) return outcomes;
  const spans = items.filter(isSpan);
  if (spans.length > 0) await insertSpans(db, batch, spans);
  const lone = items.flatMap((item) => (isCall(item) || isSpan(item) ? [] : item.traceId));
  if (lone.length > 0) await markKnownTraces(db, batch, lone);
  let next = 0;
  return items.map((item) => (isCall(item) ? (outcomes[next++] ?? "conflict") : "span"));
}

async function storeCalls(
  db: Db,
  batch: BatchFacts,
  calls: readonly StorableCall[],
): Promise<StoreOutcome[]> {
  const sound = calls.filter((call) => call.quarantine === null);
  const { stored, linked, first } = await storeSound(db, batch, sound);
  const others = first.filter(({ callId }) => !stored.has(callId) && !linked.has(callId));
  const known =
    others.length > 0
      ? await knownFingerprints(
          db,
          batch.tenantId,
          others.map(({ callId }) => callId),
        )
      : new Map<string, string>();
  const settled = outcomesOf(sound, stored, linked, known);
  const shelved: QuarantinedCall[] = [];
  let next = 0;
  const outcomes = calls.map((call) => {
    if (call.quarantine) {
      shelved.push(shelve(call, call.quarantine));
      return "quarantined" as const;
    }
    const outcome = settled[next++] ?? "conflict";
    if (outcome === "conflict") shelved.push(shelve(call, conflictFault));
    return outcome;
  });
  if (shelved.length > 0) await insertQuarantine(db, batch, shelved);
  return outcomes;
}

async function storeSound(db: Db, batch: BatchFacts, sound: readonly StorableCall[]) {
  const first = firstOfEach(sound);
  const stored = new Set<string>();
  const linked = new Set<string>();
  const whole = first.filter(({ ledger }) => !ledger.input.shares);
  if (whole.length > 0) {
    const inserted = await insertCalls(db, batch, whole);
    for (const callId of inserted.stored) stored.add(callId);
    if (inserted.unclaimed.size > 0) {
      const reports = whole.filter(({ callId }) => inserted.unclaimed.has(callId));
      const found = await linkReports(
        db,
        batch,
        reports.map(({ ledger }) => ledger),
      );
      for (const callId of found) linked.add(callId);
      const strangers = reports.filter(({ callId }) => !found.has(callId));
      if (strangers.length > 0) {
        await insertRows(
          db,
          batch,
          strangers.map(({ ledger }) => ledger),
        );
      }
      for (const { callId } of strangers) stored.add(callId);
    }
  }
  const shared = first.filter(({ ledger }) => ledger.input.shares);
  if (shared.length > 0) {
    const fresh = await insertSeen(db, batch, shared);
    const rows = shared.filter(({ callId }) => fresh.has(callId)).flatMap(({ ledger }) => ledgerRows(ledger));
    if (rows.length > 0) await insertRows(db, batch, rows);
    for (const callId of fresh) stored.add(callId);
  }
  return { stored, linked, first };
}

function shelve(
  call: StorableCall,
  fault: { code: string; field: string; message: string },
): QuarantinedCall {
  return {
    id: shelfId(`${fault.code}\n${call.callId}\n${call.fingerprint}`),
    callId: call.callId,
    keyId: call.ledger.keyId,
    ...fault,
    call: JSON.stringify(call.ledger.input),
  };
}

/** Derived from the content, so that a sender that retries fills no shelf; in the form of a UUID. */
export function shelfId(content: string): string {
  const digest = createHash("sha256").update(content).digest("hex");
  return `${digest.slice(0, 8)}-${digest.slice(8, 12)}-${digest.slice(12, 16)}-${digest.slice(16, 20)}-${digest.slice(20, 32)}`;
}
