/** A call waiting to be stored, as far as telling repeats apart needs it. */
export interface Waiting {
  callId: string;
  fingerprint: string;
}

/** linked: new, but another call's report of the same provider response is the one that counts. */
export type Outcome = "accepted" | "linked" | "duplicate" | "conflict";

/** The first call of each id, sorted by id: two batches that insert in one order cannot deadlock (reliability P21). */
export function firstOfEach<T extends Waiting>(waiting: readonly T[]): T[] {
  const first = new Map<string, T>();
  for (const call of waiting) if (!first.has(call.callId)) first.set(call.callId, call);
  return [...first.values()].sort((a, b) => (a.callId < b.callId ? -1 : 1));
}

/**
 * What became of each waiting call, given which ids were newly stored or linked, and the fingerprints of those that
 * were there.
 * @throws Error when an id is neither, which would mean an acknowledgement of something that is not stored
 */
export function outcomesOf(
  waiting: readonly Waiting[],
  stored: ReadonlySet<string>,
  linked: ReadonlySet<string>,
  known: ReadonlyMap<string, string>,
): Outcome[] {
  const fresh = new Map<string, string>();
  return waiting.map(({ callId, fingerprint }) => {
    const earlier = fresh.get(callId) ?? known.get(callId);
    if ((stored.has(callId) || linked.has(callId)) && !fresh.has(callId)) {
      fresh.set(callId, fingerprint);
      return stored.has(callId) ? "accepted" : "linked";
    }
    if (earlier === undefined) throw new Error("A call was neither stored nor known");
    return earlier === fingerprint ? "duplicate" : "conflict";
  });
}
