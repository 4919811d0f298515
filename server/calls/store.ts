import { createHash } from "node:crypto";
import type { Db } from "@/server/db";
import { DomainError } from "@/server/errors";
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
/** Traces of calls whose spans are not kept. */
export interface LoneTraces {
  loneTraceIds: readonly string[];
}
/** What waits to be written: calls, and the spans and traces that came with them. */
export type Storable = StorableCall | TraceSpan | LoneTraces;
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
  const lone = items.flatMap((item) => ("loneTraceIds" in item ? item.loneTraceIds : []));
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
  const settled = sound.length === 0 ? [] : await storeSound(db, batch, sound);
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

async function storeSound(db: Db, batch: BatchFacts, sound: readonly StorableCall[]): Promise<Outcome[]> {
  const first = firstOfEach(sound);
  const whole = first.filter(({ ledger }) => !ledger.input.shares);
  const stored = whole.length > 0 ? await insertCalls(db, batch, whole) : new Set<string>();
  if (whole.length < first.length) {
    const shared = first.filter(({ ledger }) => ledger.input.shares);
    for (const callId of await storeShares(db, batch, shared)) stored.add(callId);
  }
  const others = first.filter(({ callId }) => !stored.has(callId));
  if (others.length === 0) return outcomesOf(sound, stored, none, new Map());
  const known = await fingerprintsOf(db, batch, others);
  const unknown = others.filter(({ callId }) => !known.has(callId));
  const linked = unknown.length > 0 ? await storeReports(db, batch, unknown) : none;
  for (const { callId } of unknown) if (!linked.has(callId)) stored.add(callId);
  return outcomesOf(sound, stored, linked, known);
}

const none: ReadonlySet<string> = new Set();

function fingerprintsOf(db: Db, { tenantId }: BatchFacts, calls: readonly StorableCall[]) {
  const callIds = calls.map(({ callId }) => callId);
  return knownFingerprints(db, tenantId, callIds);
}

async function storeShares(db: Db, batch: BatchFacts, shared: readonly StorableCall[]): Promise<Set<string>> {
  const fresh = await insertSeen(db, batch, shared);
  const rows = shared.filter(({ callId }) => fresh.has(callId)).flatMap(({ ledger }) => ledgerRows(ledger));
  if (rows.length > 0) await insertRows(db, batch, rows);
  return fresh;
}

/**
 * Calls that are new, but whose response another call owns: linked to it, or stored as their own where that is chance.
 * @returns ids that were linked
 * @throws DomainError UNAVAILABLE when one of them was stored by somebody else this very moment
 */
async function storeReports(
  db: Db,
  batch: BatchFacts,
  reports: readonly StorableCall[],
): Promise<ReadonlySet<string>> {
  const fresh = await insertSeen(db, batch, reports);
  if (fresh.size < reports.length) {
    throw new DomainError(
      "UNAVAILABLE",
      "The same calls are being stored by another request; send them again.",
    );
  }
  const linked = await linkReports(
    db,
    batch,
    reports.map(({ ledger }) => ledger),
  );
  const strangers = reports.filter(({ callId }) => !linked.has(callId)).map(({ ledger }) => ledger);
  if (strangers.length > 0) await insertRows(db, batch, strangers);
  return linked;
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
