-- How a rule is set for everything it looks at (subject_kind 'default'), or for one subject; without a row it is as delivered.
CREATE TABLE alert_setting (
  tenant_id    uuid NOT NULL,
  rule         text NOT NULL,
  subject_kind text NOT NULL CHECK (subject_kind IN ('default', 'tenant', 'team', 'feature', 'user', 'account', 'environment', 'model', 'source')),
  subject_key  text NOT NULL,
  enabled      boolean NOT NULL,
  -- Only what differs from the rule's own.
  params       jsonb NOT NULL,
  updated_by   text NOT NULL,
  updated_at   timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, rule, subject_kind, subject_key)
);

-- Up to when each kind of evaluation has looked.
CREATE TABLE alert_state (
  tenant_id    uuid NOT NULL,
  cadence      text NOT NULL CHECK (cadence IN ('fast', 'hourly', 'daily')),
  evaluated_to timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, cadence)
);

-- Something that a rule found about a subject and that goes on. Of rule and subject one at most is not resolved.
CREATE TABLE incident (
  tenant_id     uuid NOT NULL,
  id            uuid NOT NULL,
  rule          text NOT NULL,
  subject_kind  text NOT NULL CHECK (subject_kind IN ('tenant', 'team', 'feature', 'user', 'account', 'environment', 'model', 'source')),
  subject_key   text NOT NULL,
  state         text NOT NULL CHECK (state IN ('open', 'acknowledged', 'snoozed', 'resolved')),
  severity      text NOT NULL CHECK (severity IN ('info', 'warning', 'critical')),
  -- The stretch in which it was first seen, and the last one.
  window_start  timestamptz NOT NULL,
  window_end    timestamptz NOT NULL,
  last_start    timestamptz NOT NULL,
  last_end      timestamptz NOT NULL,
  -- What the rule compares, in its unit; null where nothing is expected.
  unit          text NOT NULL CHECK (unit IN ('usd', 'share', 'ratio', 'calls', 'ms', 'usd_ms', 'hours')),
  expected      numeric(38, 18),
  actual        numeric(38, 18) NOT NULL,
  -- What it has cost beyond what was expected, in USD, and what it will by the end of the month if it goes on.
  impact_usd    numeric(38, 18),
  month_end_usd numeric(38, 18),
  -- Of a budget: the highest threshold passed, in per cent.
  level         smallint,
  -- Contributors, the rule's parameters as they were, and what else a person wants to see.
  details       jsonb NOT NULL,
  opened_at     timestamptz NOT NULL,
  seen_at       timestamptz NOT NULL,
  snoozed_until timestamptz,
  resolved_at   timestamptz,
  PRIMARY KEY (tenant_id, id),
  CHECK ((state = 'resolved') = (resolved_at IS NOT NULL)),
  CHECK ((state = 'snoozed') = (snoozed_until IS NOT NULL))
);
CREATE UNIQUE INDEX incident_unresolved ON incident (tenant_id, rule, subject_kind, subject_key) WHERE state <> 'resolved';
-- A stretch that has opened an incident opens no second one, even after somebody resolved the first.
CREATE UNIQUE INDEX incident_once_a_window ON incident (tenant_id, rule, subject_kind, subject_key, window_start);
CREATE INDEX incident_opened ON incident (tenant_id, opened_at DESC);

-- What happened to an incident, by whom.
CREATE TABLE incident_event (
  tenant_id   uuid NOT NULL,
  incident_id uuid NOT NULL,
  n           integer NOT NULL CHECK (n >= 1),
  at          timestamptz NOT NULL,
  kind        text NOT NULL CHECK (kind IN ('opened', 'escalated', 'acknowledged', 'snoozed', 'woken', 'noted', 'resolved', 'reopened')),
  -- A person, or 'system'.
  actor_kind  text NOT NULL,
  actor_id    text NOT NULL,
  note        text,
  details     jsonb NOT NULL,
  PRIMARY KEY (tenant_id, incident_id, n)
);

CALL internal.protect('alert_setting', 'app');
CALL internal.protect('alert_state', 'app');
CALL internal.protect('incident', 'app');
CALL internal.protect('incident_event', 'app');
GRANT SELECT, INSERT, UPDATE, DELETE ON alert_setting TO tokenledger_app;
GRANT SELECT, INSERT, UPDATE ON alert_state, incident TO tokenledger_app;
GRANT SELECT, INSERT ON incident_event TO tokenledger_app;
-- Only to forget a person whom a sentence names.
GRANT UPDATE (details) ON incident_event TO tokenledger_app;
