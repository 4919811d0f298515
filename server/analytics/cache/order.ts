import { Usd } from "@/server/prices/decimal";
import type { CacheInput, CacheRow } from "./cache-schemas";

type Order = CacheInput["order"];

const place: Record<Exclude<Order, "key">, (row: CacheRow) => Usd | null> = {
  saving: ({ current }) => (current.netSavingUsd === null ? null : new Usd(current.netSavingUsd)),
  inputTokens: ({ current }) => new Usd(current.inputTokens),
  cost: ({ current }) => new Usd(current.costUsd),
  hitRate: ({ current }) => (current.hitRate === null ? null : new Usd(current.hitRate)),
};

/** The largest first, what nobody knows last; of equals the one with more input, then by key, calls without one last. */
export function orderCacheRows(rows: readonly CacheRow[], order: Order): CacheRow[] {
  return [...rows].sort((one, other) => {
    if (order === "key") return byKey(one, other);
    const [mine, theirs] = [place[order](one), place[order](other)];
    if (mine === null || theirs === null) {
      if (mine !== theirs) return mine === null ? 1 : -1;
    } else if (!mine.eq(theirs)) return theirs.cmp(mine);
    return other.current.inputTokens - one.current.inputTokens || byKey(one, other);
  });
}

function byKey({ key: one }: CacheRow, { key: other }: CacheRow): number {
  if (one === other) return 0;
  if (one === null || other === null) return one === null ? 1 : -1;
  return one < other ? -1 : 1;
}
