import { createHash } from "node:crypto";
import type { Db } from "@/server/db";
import type { RejectionCode } from "./schemas";
import {
  type BatchFacts,
  type InsertableCall,
  insertCalls,
  insertQuarantine,
  knownFingerprints,
  type QuarantinedCall,
} from "./queries";
import { firstOfEach, type Outcome, settle } from "./settle";

/** A call on its way into the ledger, or into quarantine. */
export interface StorableCall extends InsertableCall {
  quarantine: { code: RejectionCode; field: string; message: string } | null;
}

export const conflictFault = {
  code: "CONFLICT",
  field: "id",
  message: "this id is already in the ledger with other content; the call is kept in quarantine",
} as const;

function shelve(
  call: StorableCall,
  fault: { code: string; field: string; message: string },
): QuarantinedCall {
  const digest = createHash("sha256")
    .update(`${fault.code}\n${call.callId}\n${call.fingerprint}`)
    .digest("hex");
  const id = `${digest.slice(0, 8)}-${digest.slice(8, 12)}-${digest.slice(12, 16)}-${digest.slice(16, 20)}-${digest.slice(20, 32)}`;
  return {
    id,
    callId: call.callId,
    keyId: call.ledger.keyId,
    ...fault,
    call: JSON.stringify(call.ledger.input),
  };
}

/**
 * Stores a batch inside the caller's transaction and says, call by call, what became of it.
 * Quarantined calls count as "conflict" or keep their own fault; they never reach the ledger.
 */
export async function storeCalls(
  db: Db,
  batch: BatchFacts,
  calls: readonly StorableCall[],
): Promise<(Outcome | "quarantined")[]> {
  const sound = calls.filter((call) => call.quarantine === null);
  const first = firstOfEach(sound);
  const stored = first.length > 0 ? await insertCalls(db, batch, first) : new Set<string>();
  const others = first.filter((call) => !stored.has(call.callId)).map((call) => call.callId);
  const known =
    others.length > 0 ? await knownFingerprints(db, batch.tenantId, others) : new Map<string, string>();
  const settled = settle(sound, stored, known);
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
