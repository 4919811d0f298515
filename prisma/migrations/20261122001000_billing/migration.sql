-- Usage that leaves for a billing provider (Stripe), and what the provider says of it.

-- An account of the provider's in one of its modes. It is never deleted: what was billed there must be known when it is
-- connected again, or it would be billed twice.
CREATE TABLE billing_connection (
  tenant_id       uuid NOT NULL,
  id              uuid NOT NULL,
  provider        text NOT NULL CHECK (provider IN ('stripe')),
  -- The provider's own id and name of it.
  provider_account text NOT NULL,
  name            text NOT NULL,
  mode            text NOT NULL CHECK (mode IN ('test', 'live')),
  state           text NOT NULL CHECK (state IN ('active', 'failing', 'disconnected')),
  -- Sealed, and what of it is shown. Gone once it is disconnected.
  api_key         bytea,
  key_tail        text NOT NULL,
  -- Sealed. Without it no notification is believed.
  webhook_secret  bytea,
  -- What went wrong last, and no request before then.
  failure         text,
  not_before      timestamptz,
  last_ok_at      timestamptz,
  compared_at     timestamptz,
  connected_by    text NOT NULL,
  connected_at    timestamptz NOT NULL,
  disconnected_at timestamptz,
  PRIMARY KEY (tenant_id, id),
  CHECK ((state = 'disconnected') = (disconnected_at IS NOT NULL)),
  CHECK ((state = 'disconnected') = (api_key IS NULL))
);
CREATE UNIQUE INDEX billing_connection_account ON billing_connection (tenant_id, provider, provider_account, mode);
-- One at a time.
CREATE UNIQUE INDEX billing_connection_one ON billing_connection (tenant_id) WHERE state <> 'disconnected';

-- What is billed: a measure of ours, by a meter of the provider's.
CREATE TABLE billing_meter (
  tenant_id      uuid NOT NULL,
  id             uuid NOT NULL,
  connection_id  uuid NOT NULL,
  provider_meter text NOT NULL,
  event_name     text NOT NULL,
  -- Keys of the customer and of the value in what the provider is sent.
  customer_key   text NOT NULL,
  value_key      text NOT NULL,
  measure        text NOT NULL CHECK (measure IN ('tokens', 'calls', 'cost_micro_usd')),
  -- What a unit was agreed to cost, in the smallest unit of the currency; null: nobody has said.
  unit_amount    numeric(38, 12) CHECK (unit_amount >= 0 AND unit_amount < 'Infinity'),
  -- The first hour that is billed.
  starts_at      timestamptz NOT NULL,
  created_by     text NOT NULL,
  created_at     timestamptz NOT NULL,
  -- No hour from here on is billed.
  ends_at        timestamptz,
  PRIMARY KEY (tenant_id, id),
  CHECK (date_trunc('hour', starts_at, 'UTC') = starts_at),
  FOREIGN KEY (tenant_id, connection_id) REFERENCES billing_connection (tenant_id, id)
);
CREATE UNIQUE INDEX billing_meter_event ON billing_meter (tenant_id, connection_id, event_name) WHERE ends_at IS NULL;

-- Whom of the provider's customers an account of the ledger is.
CREATE TABLE billing_customer (
  tenant_id     uuid NOT NULL,
  connection_id uuid NOT NULL,
  account_id    text NOT NULL,
  customer_id   text NOT NULL,
  name          text NOT NULL,
  mapped_by     text NOT NULL,
  mapped_at     timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, connection_id, account_id),
  FOREIGN KEY (tenant_id, connection_id) REFERENCES billing_connection (tenant_id, id)
);

-- The outbox: an hour of an account, by one meter. A row is written before the provider is asked and says for ever what it
-- was told; what changes afterwards is a row of its own, with the difference.
CREATE TABLE billing_export (
  tenant_id    uuid NOT NULL,
  id           uuid NOT NULL,
  connection_id uuid NOT NULL,
  meter_id     uuid NOT NULL,
  account_id   text NOT NULL,
  customer_id  text NOT NULL,
  window_start timestamptz NOT NULL,
  revision     integer NOT NULL CHECK (revision > 0),
  -- What the provider knows it by.
  identifier   text NOT NULL CHECK (length(identifier) <= 100),
  -- The difference to the revision before, and what the window comes to with it.
  value        numeric(38, 0) NOT NULL CHECK (value <> 0),
  total        numeric(38, 0) NOT NULL,
  state        text NOT NULL CHECK (state IN ('pending', 'unknown', 'sent', 'confirmed', 'refused', 'too_old')),
  attempts     integer NOT NULL,
  not_before   timestamptz NOT NULL,
  created_at   timestamptz NOT NULL,
  -- Until when whoever claimed it has it to itself.
  claimed_until timestamptz,
  tried_at     timestamptz,
  -- The first try since whose outcome nobody can say; the provider forgets identifiers a day after it.
  unsure_since timestamptz,
  accepted_at  timestamptz,
  -- When the provider's sums held it, or the last no was said.
  settled_at   timestamptz,
  -- Tries of people's, after a refusal: each has an identifier of its own.
  generation   integer NOT NULL,
  failure_code text,
  failure      text,
  PRIMARY KEY (tenant_id, id),
  CHECK (date_trunc('hour', window_start, 'UTC') = window_start),
  -- Whatever may have gone out says since when.
  CHECK (state <> 'unknown' OR unsure_since IS NOT NULL),
  FOREIGN KEY (tenant_id, meter_id) REFERENCES billing_meter (tenant_id, id)
);
CREATE UNIQUE INDEX billing_export_revision ON billing_export (tenant_id, meter_id, account_id, window_start, revision);
CREATE UNIQUE INDEX billing_export_identifier ON billing_export (tenant_id, identifier);
CREATE INDEX billing_export_due ON billing_export (tenant_id, not_before) WHERE state IN ('pending', 'unknown');
CREATE INDEX billing_export_window ON billing_export (tenant_id, connection_id, window_start);

-- What the ledger's days looked like when their hours were last put into the outbox, so that only those that changed are read.
CREATE TABLE billing_day (
  tenant_id     uuid NOT NULL,
  connection_id uuid NOT NULL,
  day           date NOT NULL,
  fingerprint   text NOT NULL,
  PRIMARY KEY (tenant_id, connection_id, day),
  FOREIGN KEY (tenant_id, connection_id) REFERENCES billing_connection (tenant_id, id)
);

-- Notifications of the provider's: each is believed once, and only says where to look.
CREATE TABLE billing_event (
  tenant_id     uuid NOT NULL,
  connection_id uuid NOT NULL,
  event_id      text NOT NULL,
  kind          text NOT NULL,
  received_at   timestamptz NOT NULL,
  state         text NOT NULL CHECK (state IN ('waiting', 'done', 'failed')),
  attempts      integer NOT NULL,
  processed_at  timestamptz,
  failure       text,
  PRIMARY KEY (tenant_id, connection_id, event_id),
  FOREIGN KEY (tenant_id, connection_id) REFERENCES billing_connection (tenant_id, id)
);
CREATE INDEX billing_event_waiting ON billing_event (tenant_id, received_at) WHERE state = 'waiting';

-- Where ledger, outbox and provider say different things, with what is known about why.
CREATE TABLE billing_difference (
  tenant_id     uuid NOT NULL,
  id            uuid NOT NULL,
  connection_id uuid NOT NULL,
  meter_id      uuid NOT NULL,
  customer_id   text NOT NULL,
  -- Of UTC, as the provider cuts them.
  day           date NOT NULL,
  class         text NOT NULL CHECK (class IN ('not_sent', 'missing', 'refused', 'late', 'doubled', 'wrong_customer',
                  'wrong_month', 'amount', 'price_mismatch', 'unknown_meter', 'rollup')),
  -- Null: that side was not asked, or could not say.
  ledger        numeric(38, 0),
  exported      numeric(38, 0),
  billed        numeric(38, 0),
  reason        text NOT NULL,
  -- Whose it is to see to it; null: nobody's yet.
  owner         text,
  found_at      timestamptz NOT NULL,
  seen_at       timestamptz NOT NULL,
  resolved_at   timestamptz,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, meter_id) REFERENCES billing_meter (tenant_id, id)
);
CREATE UNIQUE INDEX billing_difference_open ON billing_difference (tenant_id, meter_id, customer_id, day, class)
  WHERE resolved_at IS NULL;

CALL internal.protect('billing_connection', 'app', 'jobs');
CALL internal.protect('billing_meter', 'app');
CALL internal.protect('billing_customer', 'app');
CALL internal.protect('billing_export', 'app');
CALL internal.protect('billing_day', 'app');
CALL internal.protect('billing_event', 'app');
CALL internal.protect('billing_difference', 'app');
-- Who has something to bill, asked across tenants: of the rows, what tells that and no more.
CREATE POLICY jobs_read ON billing_connection FOR SELECT TO tokenledger_jobs USING (true);
GRANT SELECT (tenant_id, id, state) ON billing_connection TO tokenledger_jobs;

GRANT SELECT, INSERT, UPDATE ON billing_connection, billing_meter, billing_export, billing_event, billing_difference TO tokenledger_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON billing_customer, billing_day TO tokenledger_app;
