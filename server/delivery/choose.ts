import type { DeliveryKind, Guarantee } from "./schemas";
import { floodMs, guarantees, mostInFlood } from "./schemas";

export interface Waiting {
  id: string;
  kind: DeliveryKind;
  guarantee: Guarantee;
}
export interface Recent {
  at: Date;
  isDigest: boolean;
  guarantee: Guarantee;
}

export type Choice =
  /** This one by itself. */
  | { what: "single"; id: string }
  /** All of these as one message. */
  | { what: "digest"; ids: string[]; guarantee: Guarantee }
  | { what: "wait"; until: Date }
  | { what: "nothing" };

/**
 * What a destination gets next: one message at a time, until there are so many within a minute that nobody would read
 * them. Then what waits is collected and told at once, each minute. What may be repeated and what may not is collected
 * apart, so that the promise of each holds.
 * @param waiting what may be sent now, the oldest first
 * @param recent what was sent within the last minute
 */
export function chooseNext(waiting: readonly Waiting[], recent: readonly Recent[], now: Date): Choice {
  const alone = waiting.find(({ kind }) => kind !== "incident");
  if (alone) return { what: "single", id: alone.id };
  const isFlood = recent.length + waiting.length > mostInFlood;
  const waits: number[] = [];
  for (const guarantee of inOrderOf(waiting)) {
    const group = waiting.filter((one) => one.guarantee === guarantee);
    const [first] = group;
    if (!first) continue;
    const digests = recent.filter((one) => one.isDigest && one.guarantee === guarantee);
    const until = Math.max(...digests.map(({ at }) => at.getTime())) + floodMs;
    if (until > now.getTime()) waits.push(until);
    else if (isFlood) return { what: "digest", ids: group.map(({ id }) => id), guarantee };
    else return { what: "single", id: first.id };
  }
  return waits.length === 0 ? { what: "nothing" } : { what: "wait", until: new Date(Math.min(...waits)) };
}

/** That of the oldest first. */
function inOrderOf(waiting: readonly Waiting[]): Guarantee[] {
  const [oldest] = waiting;
  return oldest ? [oldest.guarantee, ...guarantees.filter((one) => one !== oldest.guarantee)] : [];
}
