import { hash, randomUUID } from "node:crypto";
import { type DownloadOptions, downloadList } from "@/server/clients/price-lists";
import { type Db, withJobs } from "@/server/db";
import { refusalOf } from "./feed-guard";
import { type Feed, type FeedName, feeds } from "./feeds";
import { planAppend } from "./plan-append";
import { insertVersions, listVersions, lockBook, writeFeed } from "./queries";
import type { NewPriceVersion } from "./price-version";

export interface RefreshedFeed {
  listed: number;
  appended: number;
  /** Why the book learned nothing; null when the list was taken. */
  failure: string | null;
}

/**
 * Looks at a published price list and teaches the book what changed. A list that cannot be had, is malformed or changes too
 * much changes nothing; that, and why, is noted for people to see. A job's work, never a person's.
 */
export async function refreshFeed(
  ctx: { now: Date },
  name: FeedName,
  options: DownloadOptions & { url?: string } = {},
): Promise<RefreshedFeed> {
  const feed = feeds[name];
  const looked = await look(feed, options);
  return withJobs(async (db) => {
    const taken =
      "failure" in looked ? failed(looked.failure) : await append(db, feed, looked.versions, ctx.now);
    const sourceVersion = "failure" in looked ? null : looked.sourceVersion;
    await writeFeed(db, { source: name, lookedAt: ctx.now, sourceVersion, ...taken });
    return taken;
  });
}

const failed = (failure: string): RefreshedFeed => ({ listed: 0, appended: 0, failure });

type Looked = { versions: NewPriceVersion[]; sourceVersion: string } | { failure: string };

async function look(
  feed: Feed,
  { url = feed.url, ...options }: DownloadOptions & { url?: string },
): Promise<Looked> {
  try {
    const { text, list } = await downloadList(url, options);
    const sourceVersion = hash("sha256", text, "hex").slice(0, 12);
    return { versions: feed.read(list, { source: feed.source, sourceVersion }), sourceVersion };
  } catch (error) {
    return { failure: sentenceOf(error) };
  }
}

async function append(db: Db, feed: Feed, versions: NewPriceVersion[], now: Date): Promise<RefreshedFeed> {
  await lockBook(db);
  const known = (await listVersions(db)).filter(({ source }) =>
    [feed.source, feed.bundledSource].includes(source),
  );
  const failure = refusalOf(known, versions);
  if (failure !== null) return { listed: versions.length, appended: 0, failure };
  const added = planAppend(known, versions, now).map((version) => ({ ...version, id: randomUUID() }));
  await insertVersions(db, added, now);
  return { listed: versions.length, appended: added.length, failure: null };
}

/** Ours say why in a sentence; a schema's and the network's are for programmers. */
function sentenceOf(error: unknown): string {
  if (!(error instanceof Error)) return "The list could not be read.";
  if (error.name === "ZodError") return "The list is not in the form that we know.";
  if (error.name === "TimeoutError") return "The list's server did not answer in time.";
  if (error instanceof TypeError) return "The list's server could not be reached.";
  return error.message.slice(0, 300);
}
