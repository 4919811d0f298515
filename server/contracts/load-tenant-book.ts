import { LRUCache } from "lru-cache";
import { currentPolicy, forgetPolicy } from "@/server/attribution/tenant-policy";
import type { Ctx } from "@/server/context";
import type { PriceBook } from "@/server/prices/book";
import { currentBook } from "@/server/prices/load-book";
import type { TenantPrices } from "./contract";
import { listTenantPrices } from "./queries";
import { TenantBook } from "./tenant-book";

interface Kept {
  revision: number;
  said: Promise<TenantPrices>;
  made: TenantBook | null;
}

const kept = new LRUCache<string, Kept>({ max: 5_000 });
const nothingSaid: TenantPrices = { contracts: [], rules: [] };

/**
 * The prices that hold for the tenant: what it said itself is at most 5 s old (the age of its policy's revision, which
 * every change of prices raises), the lists a minute.
 * @throws DomainError UNAVAILABLE: then nobody knows what a call costs
 */
export async function currentTenantBook(ctx: Ctx): Promise<TenantBook> {
  const [book, { revision }] = await Promise.all([currentBook(ctx.now), currentPolicy(ctx)]);
  const entry = entryOf(ctx, revision);
  const said = await entry.said;
  if (entry.made?.book !== book) entry.made = new TenantBook(book, said);
  return entry.made;
}

/**
 * The same, with all that was said until now: for people who look at what they, or somebody in another process, said a
 * second ago.
 * @throws DomainError UNAVAILABLE: then nobody knows what a call costs
 */
export function freshTenantBook(ctx: Ctx): Promise<TenantBook> {
  forgetPolicy(ctx.tenant.id);
  return currentTenantBook(ctx);
}

/** The tenant's prices as the database has them now, over that book: for jobs that remember nothing. */
export async function loadTenantBook(ctx: Ctx, book: PriceBook): Promise<TenantBook> {
  return new TenantBook(book, await ctx.db.ingest((db) => listTenantPrices(db, ctx.tenant.id)));
}

function entryOf(ctx: Ctx, revision: number): Kept {
  const tenantId = ctx.tenant.id;
  const known = kept.get(tenantId);
  if (known?.revision === revision) return known;
  // A tenant whose revision was never raised has said nothing.
  const said =
    revision === 0 ? Promise.resolve(nothingSaid) : ctx.db.ingest((db) => listTenantPrices(db, tenantId));
  const entry: Kept = { revision, said, made: null };
  kept.set(tenantId, entry);
  said.catch(() => {
    if (kept.peek(tenantId) === entry) kept.delete(tenantId);
  });
  return entry;
}
