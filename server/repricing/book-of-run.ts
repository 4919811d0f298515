import { LRUCache } from "lru-cache";
import type { Ctx } from "@/server/context";
import { loadTenantBook } from "@/server/contracts/load-tenant-book";
import type { TenantBook } from "@/server/contracts/tenant-book";
import type { PriceBook } from "@/server/prices/book";
import { loadBook } from "@/server/prices/load-book";

let lists: PriceBook | null = null;
// A book of the past does not change any more, and it is asked for with each chunk of a run.
const books = new LRUCache<string, TenantBook>({ max: 20 });

/** The tenant's prices as the database has them, whatever this process remembers. */
export async function loadFreshBook(ctx: Ctx): Promise<TenantBook> {
  lists = await loadBook(lists);
  return loadTenantBook(ctx, lists);
}

/** The tenant's prices as they were known then. */
export async function bookOfRun(ctx: Ctx, knownAt: Date): Promise<TenantBook> {
  const key = `${ctx.tenant.id} ${knownAt.toISOString()}`;
  const known = books.get(key);
  if (known) return known;
  const book = (await loadFreshBook(ctx)).asKnownAt(knownAt);
  books.set(key, book);
  return book;
}
