-- Rates by the service that was bought: standard, batch, flex, priority.
ALTER TABLE price_rate ADD COLUMN service text NOT NULL DEFAULT 'standard';
ALTER TABLE price_rate DROP CONSTRAINT price_rate_pkey;
ALTER TABLE price_rate ADD PRIMARY KEY (version_id, service, unit, tier_start);
-- Two sources may say something of one model at one moment.
DO $$
DECLARE old text;
BEGIN
  SELECT conname INTO STRICT old FROM pg_constraint WHERE conrelid = 'price_version'::regclass AND contype = 'u';
  EXECUTE format('ALTER TABLE price_version DROP CONSTRAINT %I', old);
END $$;
ALTER TABLE price_version ADD CONSTRAINT price_version_once
  UNIQUE NULLS NOT DISTINCT (provider, model, valid_from, daily_from, known_from, source);

-- When each price list was last looked at, and whether that worked.
CREATE TABLE price_feed (
  source         text PRIMARY KEY,
  looked_at      timestamptz NOT NULL,
  read_at        timestamptz,
  failure        text,
  source_version text,
  listed         integer NOT NULL DEFAULT 0,
  appended       integer NOT NULL DEFAULT 0
);
ALTER TABLE price_feed ENABLE ROW LEVEL SECURITY;
ALTER TABLE price_feed FORCE ROW LEVEL SECURITY;
CREATE POLICY everyone_reads ON price_feed FOR SELECT TO tokenledger_app, tokenledger_jobs USING (true);
CREATE POLICY jobs_own ON price_feed TO tokenledger_jobs USING (true) WITH CHECK (true);
GRANT SELECT ON price_feed TO tokenledger_app;
GRANT SELECT, INSERT, UPDATE ON price_feed TO tokenledger_jobs;

-- A tenant's own rates for a model, from its contract. Never edited: another one that is known later wins, and one that
-- was a mistake is withdrawn by a row that says so.
CREATE TABLE contract_version (
  tenant_id  uuid NOT NULL,
  id         uuid NOT NULL DEFAULT gen_random_uuid(),
  provider   text NOT NULL,
  model      text NOT NULL,
  -- Null: of whatever feature, in whatever region.
  feature    text,
  region     text,
  valid_from timestamptz NOT NULL DEFAULT '-infinity',
  valid_to   timestamptz NOT NULL DEFAULT 'infinity',
  known_from timestamptz NOT NULL,
  set_by     text NOT NULL,
  note       text NOT NULL DEFAULT '',
  withdraws  uuid,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, withdraws) REFERENCES contract_version (tenant_id, id),
  CHECK (valid_from < valid_to)
);
CREATE TABLE contract_rate (
  tenant_id  uuid NOT NULL,
  version_id uuid NOT NULL,
  service    text NOT NULL DEFAULT 'standard',
  unit       text NOT NULL,
  tier_start integer NOT NULL DEFAULT 0 CHECK (tier_start >= 0),
  usd        numeric(38, 18) NOT NULL CHECK (usd >= 0 AND usd <> 'NaN' AND usd < 'Infinity'),
  per        integer NOT NULL CHECK (per > 0),
  PRIMARY KEY (tenant_id, version_id, service, unit, tier_start),
  FOREIGN KEY (tenant_id, version_id) REFERENCES contract_version (tenant_id, id)
);

-- A factor on list prices: 0.88 is a discount of 12 %, 1.05 a markup of 5 %. Never edited either.
CREATE TABLE price_rule (
  tenant_id  uuid NOT NULL,
  id         uuid NOT NULL DEFAULT gen_random_uuid(),
  -- Null: every provider, every model.
  provider   text,
  model      text,
  factor     numeric(12, 9) NOT NULL CHECK (factor >= 0 AND factor <> 'NaN'),
  valid_from timestamptz NOT NULL DEFAULT '-infinity',
  valid_to   timestamptz NOT NULL DEFAULT 'infinity',
  known_from timestamptz NOT NULL,
  set_by     text NOT NULL,
  note       text NOT NULL DEFAULT '',
  withdraws  uuid,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, withdraws) REFERENCES price_rule (tenant_id, id),
  CHECK (valid_from < valid_to)
);

CALL internal.protect('contract_version', 'app', 'ingest', 'jobs');
CALL internal.protect('contract_rate', 'app', 'ingest', 'jobs');
CALL internal.protect('price_rule', 'app', 'ingest', 'jobs');
GRANT SELECT, INSERT ON contract_version, contract_rate, price_rule TO tokenledger_app;
GRANT SELECT ON contract_version, contract_rate, price_rule TO tokenledger_ingest, tokenledger_jobs;
