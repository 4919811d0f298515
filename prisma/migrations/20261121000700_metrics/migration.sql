-- Counters for Prometheus. They never fall, although the ledger may: it is priced anew, calls move between features.

-- Since when a tenant is counted, and by how many names. Without this row nothing is; a cap never changes under a tenant,
-- for what has no name of its own must not get one later.
CREATE TABLE metric_state (
  tenant_id       uuid PRIMARY KEY,
  counted_from    timestamptz NOT NULL,
  max_series      integer NOT NULL DEFAULT 200 CHECK (max_series >= 0),
  max_error_types integer NOT NULL DEFAULT 10 CHECK (max_error_types >= 0)
);

-- The combinations of tags that have a name. Number 0 is all the others.
CREATE TABLE metric_series (
  tenant_id   uuid NOT NULL REFERENCES metric_state ON DELETE CASCADE,
  series      integer NOT NULL CHECK (series >= 0),
  provider    text NOT NULL,
  model       text NOT NULL,
  feature     text NOT NULL,
  team        text NOT NULL,
  environment text NOT NULL,
  PRIMARY KEY (tenant_id, series),
  UNIQUE (tenant_id, provider, model, feature, team, environment)
);

CREATE TABLE metric_counter (
  tenant_id  uuid NOT NULL,
  measure    text NOT NULL CHECK (measure IN ('cost_usd', 'input_tokens', 'output_tokens', 'cache_read_tokens',
    'cache_write_tokens', 'calls', 'unpriced_calls')),
  series     integer NOT NULL,
  -- Of calls that failed; else ''.
  error_type text NOT NULL,
  -- Every rise of the ledger.
  counted    numeric(38, 18) NOT NULL CHECK (counted >= 0),
  -- What the ledger says now.
  ledger     numeric(38, 18) NOT NULL,
  PRIMARY KEY (tenant_id, measure, series, error_type),
  FOREIGN KEY (tenant_id, series) REFERENCES metric_series ON DELETE CASCADE
);

-- Corrections of closed months by the repricings that are done. One that has none has a row of 0, so that nobody looks again.
CREATE TABLE metric_correction (
  tenant_id   uuid NOT NULL REFERENCES metric_state ON DELETE CASCADE,
  run_id      uuid NOT NULL,
  provider    text NOT NULL,
  model       text NOT NULL,
  feature     text NOT NULL,
  team        text NOT NULL,
  environment text NOT NULL,
  delta_usd   numeric(38, 18) NOT NULL,
  PRIMARY KEY (tenant_id, run_id, provider, model, feature, team, environment)
);
CREATE INDEX call_correction_run ON call_correction (tenant_id, run_id);

CALL internal.protect('metric_state', 'app', 'jobs');
CALL internal.protect('metric_series', 'app', 'jobs');
CALL internal.protect('metric_counter', 'app', 'jobs');
CALL internal.protect('metric_correction', 'app', 'jobs');
GRANT SELECT ON metric_state, metric_series, metric_counter, metric_correction TO tokenledger_app;
GRANT SELECT, INSERT ON metric_state, metric_series, metric_correction TO tokenledger_jobs;
GRANT SELECT, INSERT, UPDATE ON metric_counter TO tokenledger_jobs;
