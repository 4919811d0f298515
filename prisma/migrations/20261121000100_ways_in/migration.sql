-- A call's finer facts. Most calls have none of them.
ALTER TABLE call
  -- What the provider was asked for or says it gave: flex, priority … (the customer's own plan is `tier`).
  ADD COLUMN service_tier  text,
  -- Quantities that are no tokens, by the price book's name of the unit: {"web_searches": "3"}.
  ADD COLUMN units         jsonb,
  -- When a batch's result was known; occurred_at is when it was asked for, and what prices it.
  ADD COLUMN completed_at  timestamptz,
  -- The tenant's discount or markup that was applied to the rates of price_version_id.
  ADD COLUMN price_rule_id uuid,
  -- One call that served several: each share is a row of its own, whose tokens and cost add up to the whole.
  ADD COLUMN share_of      text,
  ADD COLUMN share_no      smallint CHECK (share_no >= 1),
  ADD COLUMN share_weight  numeric(20, 9) CHECK (share_weight > 0),
  ADD CONSTRAINT call_share_whole CHECK ((share_of IS NULL) = (share_no IS NULL) AND (share_of IS NULL) = (share_weight IS NULL));

-- Found without reading the ledger: what waits for a price, what nobody owns, what was tried again, what failed.
CREATE INDEX call_unpriced ON call (tenant_id, occurred_at) WHERE price_status = 'unpriced';
CREATE INDEX call_without_feature ON call (tenant_id, occurred_at) WHERE feature IS NULL;
CREATE INDEX call_retry ON call (tenant_id, occurred_at) WHERE attempt > 1;
CREATE INDEX call_failed ON call (tenant_id, occurred_at) WHERE error_class IS NOT NULL;

-- A provider's response is one cost, whoever reports it: the first call that names it owns it. A second unique key on
-- the ledger of ids, so that one insert tells both repeats and second reports.
ALTER TABLE call_seen ADD COLUMN response_id text;
CREATE UNIQUE INDEX call_seen_response ON call_seen (tenant_id, response_id) WHERE response_id IS NOT NULL;

-- Reports of a call that the ledger already counts: kept whole, linked, in no sum.
CREATE TABLE call_linked (
  LIKE call INCLUDING DEFAULTS,
  counted_id    text NOT NULL,
  -- response: another source reported the same provider response; aggregate: a span that sums up its children.
  reason        text NOT NULL CHECK (reason IN ('response', 'aggregate')),
  -- When it was counted for a while before a better report came.
  counted_until timestamptz,
  PRIMARY KEY (tenant_id, call_id)
);
CREATE INDEX call_linked_counted ON call_linked (tenant_id, counted_id);

-- The spans of traces, as far as attribution needs them: who is whose parent, and which tags each brought itself.
CREATE TABLE trace_span (
  tenant_id      uuid NOT NULL,
  trace_id       text NOT NULL,
  span_id        text NOT NULL,
  parent_span_id text,
  received_at    timestamptz NOT NULL,
  -- call: a leaf, always counted; sum: has usage, counted only while no descendant has; link: neither.
  kind           text NOT NULL CHECK (kind IN ('call', 'sum', 'link')),
  call_id        text,
  occurred_at    timestamptz,
  tags           jsonb,
  PRIMARY KEY (tenant_id, trace_id, span_id)
);
CREATE INDEX trace_span_received ON trace_span (tenant_id, received_at);

-- Traces and responses that want a second look, because something about them arrived. Taken by a job, as roll-up marks are.
CREATE TABLE settle_mark (
  tenant_id uuid NOT NULL,
  kind      text NOT NULL CHECK (kind IN ('trace', 'response')),
  key       text NOT NULL,
  mark      bigint GENERATED ALWAYS AS IDENTITY,
  marked_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (tenant_id, kind, key, mark)
);

-- What senders that never retry have sent, sealed, until it is processed.
CREATE TABLE inbox (
  tenant_id    uuid NOT NULL,
  id           uuid NOT NULL DEFAULT gen_random_uuid(),
  source       text NOT NULL,
  key_id       uuid,
  pins         jsonb NOT NULL DEFAULT '{}',
  received_at  timestamptz NOT NULL,
  -- Null once processed.
  payload      bytea,
  state        text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'done', 'failed')),
  attempts     integer NOT NULL DEFAULT 0,
  failure      text,
  items        integer NOT NULL DEFAULT 0,
  accepted     integer NOT NULL DEFAULT 0,
  duplicates   integer NOT NULL DEFAULT 0,
  rejected     integer NOT NULL DEFAULT 0,
  processed_at timestamptz,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX inbox_open ON inbox (tenant_id, received_at) WHERE state <> 'done';

-- Product usage: user did feature X. What cost is joined to.
CREATE TABLE usage_event (
  tenant_id   uuid NOT NULL,
  message_id  text NOT NULL,
  occurred_at timestamptz NOT NULL,
  received_at timestamptz NOT NULL,
  user_id     text,
  account_id  text,
  feature     text,
  event       text NOT NULL,
  -- How often, where a source reports sums (Plausible) rather than single events.
  count       integer NOT NULL DEFAULT 1 CHECK (count >= 0),
  visitors    integer CHECK (visitors >= 0),
  source      text NOT NULL,
  PRIMARY KEY (tenant_id, message_id)
);
CREATE INDEX usage_event_time ON usage_event (tenant_id, occurred_at);

-- What the tenant's app says of its users; of each fact the newest word holds, in whatever order words arrive.
CREATE TABLE end_user (
  tenant_id         uuid NOT NULL,
  user_id           text NOT NULL,
  account_id        text,
  account_at        timestamptz,
  plan              text,
  plan_at           timestamptz,
  mrr_usd           numeric(38, 18) CHECK (mrr_usd >= 0 AND mrr_usd <> 'NaN' AND mrr_usd < 'Infinity'),
  mrr_at            timestamptz,
  signed_up_at      timestamptz,
  signed_up_told_at timestamptz,
  identified_at     timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, user_id)
);

-- Systems that we pull from: Langfuse, Plausible.
CREATE TABLE source_connection (
  tenant_id   uuid NOT NULL,
  id          uuid NOT NULL DEFAULT gen_random_uuid(),
  kind        text NOT NULL CHECK (kind IN ('langfuse', 'plausible')),
  name        text NOT NULL,
  base_url    text NOT NULL,
  credentials bytea NOT NULL,
  settings    jsonb NOT NULL DEFAULT '{}',
  state       text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'paused', 'failing')),
  -- Everything before this instant was pulled.
  pulled_to   timestamptz,
  last_run_at timestamptz,
  last_ok_at  timestamptz,
  failure     text,
  -- Runs that failed one after the other; the third makes the state failing.
  failures    integer NOT NULL DEFAULT 0,
  -- Where a pull goes on that was cut off.
  resume      jsonb,
  -- The source asked us not to come before.
  wait_until  timestamptz,
  items       bigint NOT NULL DEFAULT 0,
  accepted    bigint NOT NULL DEFAULT 0,
  duplicates  bigint NOT NULL DEFAULT 0,
  rejected    bigint NOT NULL DEFAULT 0,
  created_by  text NOT NULL,
  created_at  timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id)
);

CALL internal.protect('call_linked', 'app', 'ingest', 'jobs');
CALL internal.protect('trace_span', 'app', 'ingest', 'jobs');
CALL internal.protect('settle_mark', 'app', 'ingest', 'jobs');
CALL internal.protect('inbox', 'app', 'ingest', 'jobs');
CALL internal.protect('usage_event', 'app', 'ingest', 'jobs');
CALL internal.protect('end_user', 'app', 'ingest', 'jobs');
CALL internal.protect('source_connection', 'app', 'jobs');
-- Who has work, asked across tenants.
CREATE POLICY jobs_read ON settle_mark FOR SELECT TO tokenledger_jobs USING (true);
CREATE POLICY jobs_read ON inbox FOR SELECT TO tokenledger_jobs USING (true);
CREATE POLICY jobs_read ON source_connection FOR SELECT TO tokenledger_jobs USING (true);

GRANT SELECT ON call_linked, trace_span, inbox, usage_event, end_user, settle_mark TO tokenledger_app;
GRANT INSERT, SELECT (tenant_id, call_id) ON call_linked TO tokenledger_ingest;
GRANT SELECT, INSERT ON trace_span TO tokenledger_ingest;
GRANT INSERT ON settle_mark TO tokenledger_ingest;
GRANT INSERT ON inbox TO tokenledger_ingest;
GRANT INSERT, SELECT (tenant_id, message_id) ON usage_event TO tokenledger_ingest;
GRANT SELECT, INSERT, UPDATE ON end_user TO tokenledger_ingest;
-- The settling job moves calls between the ledger and what is linked to it, and completes their tags.
GRANT INSERT, UPDATE, DELETE ON call TO tokenledger_jobs;
GRANT SELECT, INSERT, UPDATE, DELETE ON call_linked TO tokenledger_jobs;
GRANT UPDATE (response_id) ON call_seen TO tokenledger_jobs;
GRANT SELECT, INSERT, UPDATE, DELETE ON trace_span TO tokenledger_jobs;
GRANT SELECT, INSERT, DELETE ON settle_mark TO tokenledger_jobs;
GRANT SELECT, UPDATE, DELETE ON inbox TO tokenledger_jobs;
GRANT UPDATE (state, attempts) ON inbox TO tokenledger_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON usage_event, end_user TO tokenledger_jobs;
GRANT SELECT, UPDATE, DELETE ON call_quarantine TO tokenledger_jobs;
GRANT SELECT, INSERT, UPDATE, DELETE ON source_connection TO tokenledger_app;
GRANT SELECT, UPDATE ON source_connection TO tokenledger_jobs;
ALTER POLICY tenant_only ON call_quarantine TO tokenledger_app, tokenledger_ingest, tokenledger_jobs;
