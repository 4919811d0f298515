-- The price book: what a model's unit cost, from when until when, and since when we know. Versions are never edited:
-- a change closes nothing but adds a version with a later known_from.

CREATE TABLE price_version (
  id              uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  provider        text NOT NULL,
  model           text NOT NULL,
  valid_from      timestamptz NOT NULL DEFAULT '-infinity',
  valid_to        timestamptz NOT NULL DEFAULT 'infinity',
  -- Some prices hold only for hours of the day (UTC); both null: all day. May wrap over midnight.
  daily_from      time,
  daily_to        time,
  known_from      timestamptz NOT NULL DEFAULT now(),
  source          text NOT NULL,
  source_version  text NOT NULL,
  CHECK (valid_from < valid_to),
  CHECK ((daily_from IS NULL) = (daily_to IS NULL)),
  UNIQUE NULLS NOT DISTINCT (provider, model, valid_from, daily_from, known_from)
);

-- USD for `per` units, from `tier_start` input tokens on (the whole call is priced at the tier that it reaches).
CREATE TABLE price_rate (
  version_id uuid NOT NULL REFERENCES price_version (id) ON DELETE CASCADE,
  unit       text NOT NULL,
  tier_start integer NOT NULL DEFAULT 0 CHECK (tier_start >= 0),
  usd        numeric(38, 18) NOT NULL CHECK (usd >= 0 AND usd <> 'NaN' AND usd < 'Infinity'),
  per        integer NOT NULL CHECK (per > 0),
  PRIMARY KEY (version_id, unit, tier_start)
);

ALTER TABLE price_version ENABLE ROW LEVEL SECURITY;
ALTER TABLE price_version FORCE ROW LEVEL SECURITY;
ALTER TABLE price_rate ENABLE ROW LEVEL SECURITY;
ALTER TABLE price_rate FORCE ROW LEVEL SECURITY;
CREATE POLICY everyone_reads ON price_version FOR SELECT TO tokenledger_app, tokenledger_ingest, tokenledger_jobs USING (true);
CREATE POLICY everyone_reads ON price_rate FOR SELECT TO tokenledger_app, tokenledger_ingest, tokenledger_jobs USING (true);
-- The snapshot job appends; no one updates or deletes.
CREATE POLICY jobs_append ON price_version FOR INSERT TO tokenledger_jobs WITH CHECK (true);
CREATE POLICY jobs_append ON price_rate FOR INSERT TO tokenledger_jobs WITH CHECK (true);
GRANT SELECT ON price_version, price_rate TO tokenledger_app, tokenledger_ingest, tokenledger_jobs;
GRANT INSERT ON price_version, price_rate TO tokenledger_jobs;
