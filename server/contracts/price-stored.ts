import { otherValue } from "@/server/calls/tag-caps";
import type { CallFacts, TenantBook, TenantPricedCall } from "./tenant-book";

/**
 * What a call of the ledger costs by the book. Null where that cannot be told any more, and the price that it has must
 * stay: it was priced by a name that the tag caps have folded away since.
 */
export function priceStored(book: TenantBook, call: CallFacts): TenantPricedCall | null {
  if (call.provider === otherValue || call.model === otherValue) return null;
  const isFolded = call.feature === otherValue || call.region === otherValue;
  if (isFolded && book.asksForTags(call.provider, call.model)) return null;
  return book.price(call);
}
