import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { env } from "@/server/env";
import { feedNames } from "./feeds";
import { litellmSource, litellmSourceVersion } from "./litellm";
import { listFeedRows } from "./queries";
import { snapshotSource, snapshotSourceVersion } from "./snapshot";

export interface PriceFeeds {
  /** The lists that come with this release. */
  bundled: { source: string; sourceVersion: string }[];
  /** Whether published lists are looked at each day (PRICE_FEEDS). */
  isOn: boolean;
  feeds: {
    source: string;
    lookedAt: string;
    readAt: string | null;
    failure: string | null;
    sourceVersion: string | null;
    listed: number;
    appended: number;
  }[];
}

/** Where prices come from, and how the last look at each published list went. */
export async function listFeeds(ctx: Ctx): Promise<PriceFeeds> {
  requireRight(ctx.actor, "prices:read");
  const rows = await ctx.db.read((db) => listFeedRows(db, feedNames));
  return {
    bundled: [
      { source: snapshotSource, sourceVersion: snapshotSourceVersion },
      { source: litellmSource, sourceVersion: litellmSourceVersion },
    ],
    isOn: env.PRICE_FEEDS === "on",
    feeds: rows.map(({ lookedAt, readAt, ...row }) => ({
      ...row,
      lookedAt: lookedAt.toISOString(),
      readAt: readAt?.toISOString() ?? null,
    })),
  };
}
