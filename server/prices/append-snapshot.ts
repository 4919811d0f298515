import { randomUUID } from "node:crypto";
import { withJobs } from "@/server/db";
import { planAppend } from "./plan-append";
import { insertVersions, listVersions, lockBook } from "./queries";
import { readSnapshot, snapshotSource } from "./snapshot";

export interface AppendedSnapshot {
  /** Versions that the snapshot lists. */
  listed: number;
  /** Of these, new to the book or changed. */
  appended: number;
}

/**
 * Teaches the book what the installed price list says and the book does not. Running it again, or twice at once, adds
 * nothing. It belongs to no tenant, so it is called by the launcher and by a job, never for a person.
 */
export async function appendSnapshot(ctx: { now: Date }, read = readSnapshot): Promise<AppendedSnapshot> {
  const snapshot = await read();
  return withJobs(async (db) => {
    await lockBook(db);
    const known = (await listVersions(db)).filter(({ source }) => source === snapshotSource);
    const added = planAppend(known, snapshot, ctx.now).map((version) => ({ ...version, id: randomUUID() }));
    await insertVersions(db, added, ctx.now);
    return { listed: snapshot.length, appended: added.length };
  });
}
