import { z } from "zod";
import type { Db } from "@/server/db";
import type { NewPriceVersion, PriceVersion } from "./price-version";
import { services } from "./service";

const Rate = z
  .tuple([z.enum(services), z.string(), z.number().int(), z.string(), z.number().int()])
  .transform(([service, unit, tierStart, usd, per]) => ({ service, unit, tierStart, usd, per }));

const Version = z.object({
  id: z.string(),
  provider: z.string(),
  model: z.string(),
  validFrom: z.date().nullable(),
  validTo: z.date().nullable(),
  dailyFrom: z.string().nullable(),
  dailyTo: z.string().nullable(),
  knownFrom: z.date(),
  source: z.string(),
  sourceVersion: z.string(),
  rates: z.array(Rate),
});

/** Every version ever known, with its rates. */
export async function listVersions(db: Db): Promise<PriceVersion[]> {
  // Infinities do not survive the driver's dates, and numeric's trailing zeros would make equal rates differ.
  const rows = await db.$queryRaw`
    SELECT v.id, v.provider, v.model,
      nullif(v.valid_from, '-infinity') AS "validFrom", nullif(v.valid_to, 'infinity') AS "validTo",
      v.daily_from::text AS "dailyFrom", v.daily_to::text AS "dailyTo",
      v.known_from AS "knownFrom", v.source, v.source_version AS "sourceVersion", r.rates
    FROM price_version v
    JOIN (
      SELECT version_id, json_agg(json_build_array(service, unit, tier_start, trim_scale(usd)::text, per) ORDER BY service, unit, tier_start) AS rates
      FROM price_rate GROUP BY version_id
    ) r ON r.version_id = v.id
    ORDER BY v.provider, v.model, v.known_from, v.valid_from, v.daily_from, v.source, v.id`;
  return z.array(Version).parse(rows);
}

/** Changes whenever a version was added; versions are never edited. */
export async function readStamp(db: Db): Promise<string> {
  const rows = await db.$queryRaw<{ stamp: string }[]>`
    SELECT count(*)::text || ' ' || coalesce(max(known_from)::text, '') AS stamp FROM price_version`;
  return z.tuple([z.object({ stamp: z.string() })]).parse(rows)[0].stamp;
}

/** Until the transaction ends, nobody else compares and appends. */
export async function lockBook(db: Db): Promise<void> {
  await db.$executeRaw`SELECT pg_advisory_xact_lock(724002)`;
}

export async function insertVersions(
  db: Db,
  versions: readonly (NewPriceVersion & { id: string })[],
  knownFrom: Date,
): Promise<void> {
  if (versions.length === 0) return;
  const rates = versions.flatMap(({ id, rates: own }) => own.map((rate) => ({ versionId: id, ...rate })));
  await db.$executeRaw`
    INSERT INTO price_version
      (id, provider, model, valid_from, valid_to, daily_from, daily_to, known_from, source, source_version)
    SELECT id, provider, model, coalesce("validFrom", '-infinity'), coalesce("validTo", 'infinity'),
      "dailyFrom", "dailyTo", ${knownFrom}::timestamptz, source, "sourceVersion"
    FROM jsonb_to_recordset(${JSON.stringify(versions)}::jsonb) AS v(id uuid, provider text, model text,
      "validFrom" timestamptz, "validTo" timestamptz, "dailyFrom" time, "dailyTo" time, source text, "sourceVersion" text)`;
  await db.$executeRaw`
    INSERT INTO price_rate (version_id, service, unit, tier_start, usd, per)
    SELECT "versionId", service, unit, "tierStart", usd::numeric, per
    FROM jsonb_to_recordset(${JSON.stringify(rates)}::jsonb)
      AS r("versionId" uuid, service text, unit text, "tierStart" integer, usd text, per integer)`;
}

export interface FeedRow {
  source: string;
  lookedAt: Date;
  /** When a list was last taken; null if none ever was. */
  readAt: Date | null;
  failure: string | null;
  sourceVersion: string | null;
  listed: number;
  appended: number;
}

/** Notes how a look at a price list went. One that failed leaves standing when a list was last taken, and which. */
export async function writeFeed(db: Db, feed: Omit<FeedRow, "readAt">): Promise<void> {
  await db.$executeRaw`
    INSERT INTO price_feed (source, looked_at, read_at, failure, source_version, listed, appended)
    VALUES (${feed.source}, ${feed.lookedAt}::timestamptz, CASE WHEN ${feed.failure}::text IS NULL THEN ${feed.lookedAt}::timestamptz END,
      ${feed.failure}, CASE WHEN ${feed.failure}::text IS NULL THEN ${feed.sourceVersion} END, ${feed.listed}, ${feed.appended})
    ON CONFLICT (source) DO UPDATE SET looked_at = excluded.looked_at, read_at = coalesce(excluded.read_at, price_feed.read_at),
      failure = excluded.failure, source_version = coalesce(excluded.source_version, price_feed.source_version),
      listed = excluded.listed, appended = excluded.appended`;
}

export async function listFeedRows(db: Db, sources: readonly string[]): Promise<FeedRow[]> {
  return db.priceFeed.findMany({ where: { source: { in: [...sources] } }, orderBy: { source: "asc" } });
}
