-- What the gate knows of a budget in one of its months or days. Only the gate writes it, one decision after the other.
CREATE TABLE gate_account (
  tenant_id    uuid NOT NULL,
  budget_id    uuid NOT NULL,
  -- The first instant of the month or day.
  period_start timestamptz NOT NULL,
  -- Spent for sure: the ledger's sum when it was last measured and what was settled since, or all that was ever settled if that is more.
  spent_usd    numeric(38, 18) NOT NULL CHECK (spent_usd >= 0),
  -- Held by calls under way.
  held_usd     numeric(38, 18) NOT NULL CHECK (held_usd >= 0),
  settled_usd  numeric(38, 18) NOT NULL CHECK (settled_usd >= 0),
  measured_at  timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, budget_id, period_start)
);

-- A run's own limits, as its steps state them.
CREATE TABLE gate_run (
  tenant_id      uuid NOT NULL,
  run_id         text NOT NULL,
  limit_usd      numeric(38, 18) CHECK (limit_usd > 0),
  limit_tokens   bigint CHECK (limit_tokens > 0),
  spent_usd      numeric(38, 18) NOT NULL CHECK (spent_usd >= 0),
  held_usd       numeric(38, 18) NOT NULL CHECK (held_usd >= 0),
  spent_tokens   bigint NOT NULL CHECK (spent_tokens >= 0),
  held_tokens    bigint NOT NULL CHECK (held_tokens >= 0),
  asked          integer NOT NULL,
  first_at       timestamptz NOT NULL,
  last_at        timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, run_id)
);

-- A call that the gate let through, from its reservation to its settlement. `key` is the caller's: the same key again is
-- the same call.
CREATE TABLE gate_hold (
  tenant_id      uuid NOT NULL,
  key            text NOT NULL,
  state          text NOT NULL CHECK (state IN ('held', 'settled', 'released', 'expired')),
  -- [{"budgetId", "periodStart"}]: on which accounts it is held.
  accounts       jsonb NOT NULL,
  run_id         text,
  estimate_usd   numeric(38, 18) NOT NULL CHECK (estimate_usd >= 0),
  estimate_tokens bigint NOT NULL CHECK (estimate_tokens >= 0),
  actual_usd     numeric(38, 18) CHECK (actual_usd >= 0),
  -- It had been acknowledged that a budget would be exceeded.
  acknowledged   boolean NOT NULL,
  held_at        timestamptz NOT NULL,
  -- After it the hold is given back: whoever held it has crashed.
  lease_until    timestamptz NOT NULL,
  ended_at       timestamptz,
  PRIMARY KEY (tenant_id, key),
  CHECK ((state = 'held') = (ended_at IS NULL)),
  CHECK ((state = 'settled') = (actual_usd IS NOT NULL))
);
CREATE INDEX gate_hold_lease ON gate_hold (tenant_id, lease_until) WHERE state = 'held';
CREATE INDEX gate_hold_ended ON gate_hold (tenant_id, ended_at) WHERE state <> 'held';

-- How often the very same was asked, and for how much, in each minute: what a loop shows by.
CREATE TABLE gate_beat (
  tenant_id uuid NOT NULL,
  print     text NOT NULL,
  minute    timestamptz NOT NULL,
  asked     integer NOT NULL,
  usd       numeric(38, 18) NOT NULL,
  PRIMARY KEY (tenant_id, print, minute)
);
CREATE INDEX gate_beat_minute ON gate_beat (tenant_id, minute);

-- How a tenant wants the gate to behave; without a row, as delivered (server/gate/schemas.ts).
CREATE TABLE gate_setting (
  tenant_id  uuid NOT NULL PRIMARY KEY,
  settings   jsonb NOT NULL,
  updated_by text NOT NULL,
  updated_at timestamptz NOT NULL
);

CALL internal.protect('gate_account', 'app');
CALL internal.protect('gate_run', 'app');
CALL internal.protect('gate_hold', 'app');
CALL internal.protect('gate_beat', 'app');
CALL internal.protect('gate_setting', 'app');
GRANT SELECT, INSERT, UPDATE ON gate_account, gate_setting TO tokenledger_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON gate_hold, gate_run, gate_beat TO tokenledger_app;
