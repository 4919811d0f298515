-- Whole runs are counted by each tag's values, too, so that a filter by one tag needs no look at every run. dimension is
-- the tag's column, or 'all' (value '') for every run.
ALTER TABLE rollup_run_total
  ADD COLUMN dimension text NOT NULL DEFAULT 'all',
  ADD COLUMN value     text NOT NULL DEFAULT '',
  DROP CONSTRAINT rollup_run_total_pkey,
  ADD PRIMARY KEY (tenant_id, dimension, day, value);
ALTER TABLE rollup_run_total ALTER COLUMN dimension DROP DEFAULT, ALTER COLUMN value DROP DEFAULT;
ALTER TABLE rollup_run_size
  ADD COLUMN dimension text NOT NULL DEFAULT 'all',
  ADD COLUMN value     text NOT NULL DEFAULT '',
  DROP CONSTRAINT rollup_run_size_pkey,
  ADD PRIMARY KEY (tenant_id, dimension, measure, day, value, bucket);
ALTER TABLE rollup_run_size ALTER COLUMN dimension DROP DEFAULT, ALTER COLUMN value DROP DEFAULT;

-- A list's order and the tags that it may be filtered by in one index, so that runs which a filter leaves out are passed
-- over without a look at their rows.
DROP INDEX rollup_run_day_bucket, rollup_run_day_cost, rollup_run_day_calls, rollup_run_day_duration;
CREATE INDEX rollup_run_day_bucket ON rollup_run_day (tenant_id, cost_bucket, day)
  INCLUDE (cost_usd, feature, team, environment) WHERE alone;
CREATE INDEX rollup_run_day_cost ON rollup_run_day (tenant_id, cost_usd, day)
  INCLUDE (n, run_id, feature, team, environment) WHERE alone;
CREATE INDEX rollup_run_day_calls ON rollup_run_day (tenant_id, calls, day)
  INCLUDE (n, run_id, feature, team, environment) WHERE alone;
CREATE INDEX rollup_run_day_duration ON rollup_run_day (tenant_id, (last_at - first_at), day)
  INCLUDE (first_at, last_at, n, run_id, feature, team, environment) WHERE alone;
-- One person's runs.
CREATE INDEX rollup_run_day_user ON rollup_run_day (tenant_id, user_id, day) WHERE alone;
