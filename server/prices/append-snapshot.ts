import { randomUUID } from "node:crypto";
import { withJobs } from "@/server/db";
import { readBundled } from "./bundled";
import { planAppend } from "./plan-append";
import { insertVersions, listVersions, lockBook } from "./queries";

export interface AppendedSnapshot {
  /** Versions that the snapshot lists. */
  listed: number;
  /** Of these, new to the book or changed. */
  appended: number;
}

/**
 * Teaches the book what the bundled price lists say and the book does not. Running it again, or twice at once, adds
 * nothing. Each list is held against what it said itself before: what a feed (refresh-feed.ts) learned since stays. It
 * belongs to no tenant, so it is called by the launcher and by a job, never for a person.
 */
export async function appendSnapshot(ctx: { now: Date }, read = readBundled): Promise<AppendedSnapshot> {
  const snapshot = await read();
  return withJobs(async (db) => {
    await lockBook(db);
    const known = await listVersions(db);
    const sources = [...new Set(snapshot.map(({ source }) => source))];
    const added = sources
      .flatMap((source) => {
        const isOfSource = (version: { source: string }) => version.source === source;
        return planAppend(known.filter(isOfSource), snapshot.filter(isOfSource), ctx.now);
      })
      .map((version) => ({ ...version, id: randomUUID() }));
    await insertVersions(db, added, ctx.now);
    return { listed: snapshot.length, appended: added.length };
  });
}
