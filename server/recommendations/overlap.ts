import { Usd, usdText } from "@/server/prices/decimal";
import type { Subject } from "./schemas";

interface Claim {
  id: string;
  subject: Subject;
  /** Decimal string. */
  usd: string;
}

const meets = (one: string | null, other: string | null) => one === null || other === null || one === other;

/** Whether a call can be one of both. A feature is never "any"; causes and small calls are not told apart, to be safe. */
export function touches(one: Subject, other: Subject): boolean {
  return (
    one.feature === other.feature &&
    meets(one.prompt, other.prompt) &&
    meets(one.provider, other.provider) &&
    meets(one.model, other.model)
  );
}

/**
 * Which claims may be added up: of those that touch the same calls the larger counts, and the others name it.
 * @returns by id, the claim that counts in its stead, or null; and the sum of those that count
 */
export function withoutOverlap(claims: readonly Claim[]): {
  countedIn: ReadonlyMap<string, string | null>;
  totalUsd: string;
} {
  const largestFirst = claims.toSorted(
    (one, other) => new Usd(other.usd).cmp(one.usd) || (one.id < other.id ? -1 : 1),
  );
  const counted: Claim[] = [];
  const countedIn = new Map<string, string | null>();
  for (const claim of largestFirst) {
    const larger = counted.find(({ subject }) => touches(subject, claim.subject));
    countedIn.set(claim.id, larger?.id ?? null);
    if (!larger) counted.push(claim);
  }
  const total = counted.reduce((sum, { usd }) => sum.plus(usd), new Usd(0));
  return { countedIn, totalUsd: usdText(total) };
}
