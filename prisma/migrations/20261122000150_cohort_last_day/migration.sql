-- Users by the period that they were first there and the day that they were there last: who of a cohort is not gone yet is a
-- question of days, and of how many the tenant waits.
CREATE TABLE cohort_last_day (
  tenant_id uuid NOT NULL,
  grain     text NOT NULL CHECK (grain IN ('week', 'month')),
  cohort    date NOT NULL,
  last_day  date NOT NULL,
  users     bigint NOT NULL,
  -- What they cost in all their time.
  cost_usd  numeric(38, 18) NOT NULL,
  PRIMARY KEY (tenant_id, grain, last_day, cohort)
);

CALL internal.protect('cohort_last_day', 'app', 'jobs');
GRANT SELECT ON cohort_last_day TO tokenledger_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON cohort_last_day TO tokenledger_jobs;
