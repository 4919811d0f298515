import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { freshTenantBook } from "@/server/contracts/load-tenant-book";
import { type PriceNotice, noticesOf } from "./notices";
import { recentDays, recentUsage } from "./recent-usage";

/** How far ahead changes are told. */
export const noticeDays = 90;

export interface PriceNoticesAnswer {
  notices: PriceNotice[];
  /** The usage that the amounts are worked out from, as local days. */
  from: string;
  to: string;
  usageDays: number;
  noticeDays: number;
}

/**
 * "On that day your bill moves by so much a month": every change of price that is announced for the models in use. Worked
 * out at each asking, so that an announcement which is called off is told no longer. Estimates, at standard rates.
 */
export async function priceNotices(ctx: Ctx): Promise<PriceNoticesAnswer> {
  requireRight(ctx.actor, "prices:read");
  const [book, { from, to, usage }] = await Promise.all([freshTenantBook(ctx), recentUsage(ctx)]);
  const until = new Date(ctx.now.getTime() + noticeDays * 86_400_000);
  return { notices: noticesOf(book, usage, ctx.now, until), from, to, usageDays: recentDays, noticeDays };
}
