import type { DeliveryKind } from "./schemas";
import { floodMs, mostInFlood } from "./schemas";

export interface Waiting {
  id: string;
  kind: DeliveryKind;
}

export type Choice =
  /** This one by itself. */
  | { what: "single"; id: string }
  /** All of these as one message. */
  | { what: "digest"; ids: string[] }
  | { what: "wait"; until: Date }
  | { what: "nothing" };

/**
 * What a destination gets next: one message at a time, until there are so many within a minute that nobody would read
 * them. Then what waits is collected and told at once, each minute.
 * @param waiting what may be sent now, the oldest first
 * @param recent what was sent within the last minute: when, and whether it was a digest
 */
export function chooseNext(
  waiting: readonly Waiting[],
  recent: readonly { at: Date; isDigest: boolean }[],
  now: Date,
): Choice {
  const alone = waiting.find(({ kind }) => kind !== "incident");
  if (alone) return { what: "single", id: alone.id };
  const [first] = waiting;
  if (!first) return { what: "nothing" };
  const lastDigest = Math.max(...recent.filter(({ isDigest }) => isDigest).map(({ at }) => at.getTime()));
  if (lastDigest + floodMs > now.getTime()) return { what: "wait", until: new Date(lastDigest + floodMs) };
  if (recent.length + waiting.length <= mostInFlood) return { what: "single", id: first.id };
  return { what: "digest", ids: waiting.map(({ id }) => id) };
}
