-- Who was there when, and what it cost: calls and product usage joined by user, local week and local month. All of it is
-- recomputed from the roll-ups of users and from usage_event; nothing is ever added to.

-- Local days whose activity is to be told anew: marked by the roll-up, and by whoever stores product usage.
CREATE TABLE activity_dirty (
  tenant_id uuid NOT NULL,
  -- Of the tenant's zone.
  day       date NOT NULL,
  mark      bigint GENERATED ALWAYS AS IDENTITY,
  marked_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (tenant_id, day, mark)
);

-- Up to when, in which zone and by which rules activity is told.
CREATE TABLE activity_state (
  tenant_id    uuid NOT NULL,
  time_zone    text NOT NULL,
  shape        integer NOT NULL,
  refreshed_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id)
);

-- Weeks and months that wait: for their users and features to be counted anew, then for their cohorts. A refresh takes some
-- at a time, the newest first, each stage whole before the next.
CREATE TABLE activity_pending (
  tenant_id uuid NOT NULL,
  stage     text NOT NULL CHECK (stage IN ('users', 'cohorts')),
  grain     text NOT NULL CHECK (grain IN ('week', 'month')),
  period    date NOT NULL,
  PRIMARY KEY (tenant_id, stage, grain, period)
);

-- Users of whom a month was counted anew, whose lifetime waits for it.
CREATE TABLE activity_touched (
  tenant_id uuid NOT NULL,
  user_id   text NOT NULL,
  PRIMARY KEY (tenant_id, user_id)
);

-- A user in a week (from its Monday) or a month (from its first day) with a call or an event of product usage.
CREATE TABLE user_period (
  tenant_id      uuid NOT NULL,
  grain          text NOT NULL CHECK (grain IN ('week', 'month')),
  period         date NOT NULL,
  user_id        text NOT NULL,
  -- The newest known in the period; '' is none.
  account_id     text NOT NULL,
  first_day      date NOT NULL,
  last_day       date NOT NULL,
  -- Days with a call or an event.
  active_days    integer NOT NULL,
  calls          bigint NOT NULL,
  events         bigint NOT NULL,
  cost_usd       numeric(38, 18) NOT NULL,
  unpriced_calls bigint NOT NULL,
  PRIMARY KEY (tenant_id, grain, period, user_id)
);
CREATE INDEX user_period_user ON user_period (tenant_id, user_id, grain, period);

-- The same over all time, from the months.
CREATE TABLE user_lifetime (
  tenant_id      uuid NOT NULL,
  user_id        text NOT NULL,
  account_id     text NOT NULL,
  first_day      date NOT NULL,
  last_day       date NOT NULL,
  active_days    integer NOT NULL,
  calls          bigint NOT NULL,
  events         bigint NOT NULL,
  cost_usd       numeric(38, 18) NOT NULL,
  unpriced_calls bigint NOT NULL,
  PRIMARY KEY (tenant_id, user_id)
);
CREATE INDEX user_lifetime_last ON user_lifetime (tenant_id, last_day);
CREATE INDEX user_lifetime_cost ON user_lifetime (tenant_id, cost_usd DESC);

-- Users by the period that they were first there (cohort) and a later one.
CREATE TABLE cohort_cell (
  tenant_id      uuid NOT NULL,
  grain          text NOT NULL CHECK (grain IN ('week', 'month')),
  cohort         date NOT NULL,
  period         date NOT NULL,
  active_users   bigint NOT NULL,
  calls          bigint NOT NULL,
  events         bigint NOT NULL,
  -- Of those who were there, in this period.
  cost_usd       numeric(38, 18) NOT NULL,
  unpriced_calls bigint NOT NULL,
  -- Those whose last period this is, so far, and what they cost in all their time.
  last_users     bigint NOT NULL,
  last_cost_usd  numeric(38, 18) NOT NULL,
  PRIMARY KEY (tenant_id, grain, cohort, period),
  CHECK (period >= cohort)
);

-- A feature in a period; '' is what has no feature.
CREATE TABLE feature_period (
  tenant_id        uuid NOT NULL,
  grain            text NOT NULL CHECK (grain IN ('week', 'month')),
  period           date NOT NULL,
  feature          text NOT NULL,
  calls            bigint NOT NULL,
  -- First attempts: a request that was repeated is one.
  requests         bigint NOT NULL,
  successful_calls bigint NOT NULL,
  events           bigint NOT NULL,
  -- Users with a call or an event of it, each once.
  active_users     bigint NOT NULL,
  -- Of those, with a call; with an event.
  calling_users    bigint NOT NULL,
  event_users      bigint NOT NULL,
  cost_usd         numeric(38, 18) NOT NULL,
  unpriced_calls   bigint NOT NULL,
  PRIMARY KEY (tenant_id, grain, period, feature)
);

-- Events of product usage by their names, for what a conversion is.
CREATE TABLE feature_event_period (
  tenant_id uuid NOT NULL,
  grain     text NOT NULL CHECK (grain IN ('week', 'month')),
  period    date NOT NULL,
  feature   text NOT NULL,
  event     text NOT NULL,
  events    bigint NOT NULL,
  users     bigint NOT NULL,
  PRIMARY KEY (tenant_id, grain, period, feature, event)
);

CALL internal.protect('activity_dirty', 'app', 'ingest', 'jobs');
CALL internal.protect('activity_state', 'app', 'jobs');
CALL internal.protect('activity_pending', 'app', 'jobs');
CALL internal.protect('activity_touched', 'jobs');
CALL internal.protect('user_period', 'app', 'jobs');
CALL internal.protect('user_lifetime', 'app', 'jobs');
CALL internal.protect('cohort_cell', 'app', 'jobs');
CALL internal.protect('feature_period', 'app', 'jobs');
CALL internal.protect('feature_event_period', 'app', 'jobs');
-- Who has work, asked across tenants.
CREATE POLICY jobs_read ON activity_dirty FOR SELECT TO tokenledger_jobs USING (true);
CREATE POLICY jobs_read ON activity_pending FOR SELECT TO tokenledger_jobs USING (true);
CREATE POLICY jobs_read ON activity_state FOR SELECT TO tokenledger_jobs USING (true);

GRANT SELECT ON activity_dirty, activity_state, activity_pending, user_period, user_lifetime, cohort_cell, feature_period, feature_event_period
  TO tokenledger_app;
GRANT INSERT ON activity_dirty TO tokenledger_ingest;
GRANT SELECT, INSERT, DELETE ON activity_dirty, activity_pending, activity_touched TO tokenledger_jobs;
GRANT SELECT, INSERT, UPDATE, DELETE ON activity_state, user_period, user_lifetime, cohort_cell, feature_period,
  feature_event_period TO tokenledger_jobs;
