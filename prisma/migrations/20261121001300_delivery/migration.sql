-- Where incidents are told: a Slack channel, a system of the tenant's, mailboxes.
CREATE TABLE destination (
  tenant_id     uuid NOT NULL,
  id            uuid NOT NULL,
  kind          text NOT NULL CHECK (kind IN ('slack', 'webhook', 'email')),
  name          text NOT NULL,
  -- Sealed: the URL, or the addresses; and the secret that signs what a webhook gets.
  target        bytea NOT NULL,
  -- Keyed digest of the target: one URL is one destination, for its pace is kept here.
  target_digest bytea NOT NULL,
  -- What of the target is shown.
  tail          text NOT NULL,
  -- Which teams, severities and rules go there; what is empty lets everything through.
  routes        jsonb NOT NULL,
  state         text NOT NULL CHECK (state IN ('active', 'paused', 'disabled')),
  -- Why it was switched off.
  reason        text,
  -- What went wrong last, and how often in a row.
  failure       text,
  failed_at     timestamptz,
  failures      integer NOT NULL,
  last_ok_at    timestamptz,
  -- No request to it before.
  not_before    timestamptz,
  created_by    text NOT NULL,
  created_at    timestamptz NOT NULL,
  updated_at    timestamptz NOT NULL,
  -- For a day it can be had back.
  deleted_at    timestamptz,
  PRIMARY KEY (tenant_id, id),
  CHECK ((state = 'disabled') = (reason IS NOT NULL))
);
CREATE UNIQUE INDEX destination_target ON destination (tenant_id, target_digest) WHERE deleted_at IS NULL;

-- A message to one destination: written before it is sent, and claimed before each try.
CREATE TABLE delivery (
  tenant_id      uuid NOT NULL,
  id             uuid NOT NULL,
  destination_id uuid NOT NULL,
  kind           text NOT NULL CHECK (kind IN ('incident', 'digest', 'test', 'notice', 'report')),
  -- What it tells; of one thing a destination gets one message.
  key            text NOT NULL,
  -- Of an incident: the nth event of its timeline.
  incident_id    uuid,
  event_n        integer,
  -- What is told of no incident.
  message        jsonb,
  guarantee      text NOT NULL CHECK (guarantee IN ('at_most_once', 'at_least_once')),
  state          text NOT NULL CHECK (state IN ('waiting', 'claimed', 'sent', 'failed', 'folded')),
  -- Tries since it was last put into the queue.
  attempts       integer NOT NULL,
  not_before     timestamptz NOT NULL,
  created_at     timestamptz NOT NULL,
  -- Until when whoever claimed it has it to itself.
  claimed_until  timestamptz,
  -- When its last try began, and when it was taken.
  tried_at       timestamptz,
  sent_at        timestamptz,
  failure        text,
  -- Of a folded one: the digest that tells it.
  digest_id      uuid,
  PRIMARY KEY (tenant_id, id),
  CHECK ((incident_id IS NOT NULL) = (event_n IS NOT NULL)),
  FOREIGN KEY (tenant_id, destination_id) REFERENCES destination (tenant_id, id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX delivery_once ON delivery (tenant_id, destination_id, key);
CREATE INDEX delivery_due ON delivery (tenant_id, not_before) WHERE state IN ('waiting', 'claimed');
CREATE INDEX delivery_newest ON delivery (tenant_id, destination_id, created_at DESC);
CREATE INDEX delivery_digest ON delivery (tenant_id, digest_id) WHERE digest_id IS NOT NULL;

-- Events of incidents for which it was decided whom to tell, so that one is decided once and none is forgotten.
CREATE TABLE incident_told (
  tenant_id    uuid NOT NULL,
  incident_id  uuid NOT NULL,
  n            integer NOT NULL,
  at           timestamptz NOT NULL,
  -- How many destinations it goes to; 0 is nobody.
  destinations integer NOT NULL,
  PRIMARY KEY (tenant_id, incident_id, n)
);

CALL internal.protect('destination', 'app');
CALL internal.protect('delivery', 'app', 'jobs');
CALL internal.protect('incident_told', 'app', 'jobs');
ALTER POLICY tenant_only ON incident_event TO tokenledger_app, tokenledger_jobs;
-- Who has messages that wait, asked across tenants: of the rows, what tells that and no more.
CREATE POLICY jobs_read ON delivery FOR SELECT TO tokenledger_jobs USING (true);
CREATE POLICY jobs_read ON incident_told FOR SELECT TO tokenledger_jobs USING (true);
CREATE POLICY jobs_read ON incident_event FOR SELECT TO tokenledger_jobs USING (true);
GRANT SELECT (tenant_id, state, not_before, claimed_until) ON delivery TO tokenledger_jobs;
GRANT SELECT (tenant_id, incident_id, n) ON incident_told TO tokenledger_jobs;
GRANT SELECT (tenant_id, incident_id, n, at, kind) ON incident_event TO tokenledger_jobs;

GRANT SELECT, INSERT, UPDATE, DELETE ON destination TO tokenledger_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON delivery TO tokenledger_app;
GRANT SELECT, INSERT, DELETE ON incident_told TO tokenledger_app;

-- "What happened since then" of all tenants.
CREATE INDEX incident_event_time ON incident_event (at) WHERE kind IN ('opened', 'escalated', 'resolved', 'reopened', 'woken');
