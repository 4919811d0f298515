-- Nearly every run lies in one day and has one of each tag: one row. Such rows are whole runs, need no grouping, and can be
-- counted beforehand. False is always safe: it only means that the run is looked at together with its other rows.
ALTER TABLE rollup_run_day
  ADD COLUMN alone       boolean NOT NULL DEFAULT false,
  -- In which bucket of run-sizes.ts its cost lies; null: it is not known, for nothing of it has a price.
  ADD COLUMN cost_bucket integer;
-- The runs of a bucket. By amounts they could not be found: under row-level security no index serves to compare numerics,
-- whose operators are not leakproof.
CREATE INDEX rollup_run_day_bucket ON rollup_run_day (tenant_id, cost_bucket, day) INCLUDE (cost_usd) WHERE alone;
-- The first runs of a list in each of its orders.
CREATE INDEX rollup_run_day_cost ON rollup_run_day (tenant_id, cost_usd, day) WHERE alone;
CREATE INDEX rollup_run_day_calls ON rollup_run_day (tenant_id, calls, day) WHERE alone;
CREATE INDEX rollup_run_day_duration ON rollup_run_day (tenant_id, (last_at - first_at), day) WHERE alone;
CREATE INDEX rollup_run_day_parts ON rollup_run_day (tenant_id, day) WHERE NOT alone;

-- Each day's whole runs in one row.
CREATE TABLE rollup_run_total (
  tenant_id            uuid NOT NULL,
  day                  date NOT NULL,
  runs                 bigint NOT NULL,
  unpriced_runs        bigint NOT NULL,
  partly_unpriced_runs bigint NOT NULL,
  error_runs           bigint NOT NULL,
  retry_runs           bigint NOT NULL,
  calls                bigint NOT NULL,
  tool_calls           bigint NOT NULL,
  input_tokens         bigint NOT NULL,
  output_tokens        bigint NOT NULL,
  cost_usd             numeric(38, 18) NOT NULL,
  unpriced_calls       bigint NOT NULL,
  unpriced_tokens      bigint NOT NULL,
  partial_calls        bigint NOT NULL,
  error_calls          bigint NOT NULL,
  retry_calls          bigint NOT NULL,
  retry_cost_usd       numeric(38, 18) NOT NULL,
  PRIMARY KEY (tenant_id, day)
);

-- How many of a day's whole runs are of which size: calls (steps), or cost in buckets of two significant digits. From the
-- bucket in which a percentile lies its exact value is read from the few runs in there.
CREATE TABLE rollup_run_size (
  tenant_id uuid NOT NULL,
  measure   text NOT NULL CHECK (measure IN ('cost', 'steps')),
  day       date NOT NULL,
  bucket    bigint NOT NULL,
  runs      bigint NOT NULL,
  PRIMARY KEY (tenant_id, measure, day, bucket)
);

CALL internal.protect('rollup_run_total', 'app', 'jobs');
CALL internal.protect('rollup_run_size', 'app', 'jobs');
GRANT SELECT ON rollup_run_total, rollup_run_size TO tokenledger_app;
GRANT SELECT, INSERT, DELETE ON rollup_run_total, rollup_run_size TO tokenledger_jobs;
GRANT UPDATE (alone) ON rollup_run_day TO tokenledger_jobs;
