-- Months that finance has closed: what happened in them is frozen, and changes appear as corrections of a later date.
CREATE TABLE period (
  tenant_id uuid NOT NULL,
  -- First day of the month, in the tenant's zone.
  month     date NOT NULL,
  time_zone text NOT NULL,
  closed_at timestamptz NOT NULL,
  closed_by text NOT NULL,
  PRIMARY KEY (tenant_id, month)
);

-- Calls priced anew: first a preview, then (once approved) for real.
CREATE TABLE reprice_run (
  tenant_id     uuid NOT NULL,
  id            uuid NOT NULL DEFAULT gen_random_uuid(),
  reason        text NOT NULL,
  -- Which calls: {from, to, provider?, model?, feature?, onlyUnpriced?}.
  scope         jsonb NOT NULL,
  -- Prices are those of the book as it was known then, so that what is applied is what was previewed.
  known_at      timestamptz NOT NULL,
  state         text NOT NULL CHECK (state IN ('previewing', 'previewed', 'running', 'done', 'failed', 'discarded')),
  requested_by  text NOT NULL,
  requested_at  timestamptz NOT NULL,
  approved_by   text,
  approved_at   timestamptz,
  finished_at   timestamptz,
  failure       text,
  calls_total   bigint,
  calls_seen    bigint NOT NULL DEFAULT 0,
  calls_changed bigint NOT NULL DEFAULT 0,
  delta_usd     numeric(38, 18) NOT NULL DEFAULT 0,
  -- How far it is; advanced in the transaction that changed the calls.
  cursor_at     timestamptz,
  cursor_id     text,
  progressed_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id)
);
-- Two at once would price each other's calls.
CREATE UNIQUE INDEX reprice_run_running ON reprice_run (tenant_id) WHERE state = 'running';

-- What a run changes, by month and feature: found by the preview, and again by the run itself.
CREATE TABLE reprice_delta (
  tenant_id  uuid NOT NULL,
  run_id     uuid NOT NULL,
  phase      text NOT NULL CHECK (phase IN ('preview', 'applied')),
  month      date NOT NULL,
  closed     boolean NOT NULL,
  feature    text NOT NULL,
  provider   text NOT NULL,
  model      text NOT NULL,
  calls      bigint NOT NULL,
  newly_priced bigint NOT NULL,
  before_usd numeric(38, 18) NOT NULL,
  after_usd  numeric(38, 18) NOT NULL,
  PRIMARY KEY (tenant_id, run_id, phase, month, closed, feature, provider, model),
  FOREIGN KEY (tenant_id, run_id) REFERENCES reprice_run (tenant_id, id) ON DELETE CASCADE
);

-- What a call was before it changed; with it any report can be replayed as it was known then.
CREATE TABLE call_history (
  tenant_id        uuid NOT NULL,
  occurred_at      timestamptz NOT NULL,
  call_id          text NOT NULL,
  n                bigint GENERATED ALWAYS AS IDENTITY,
  superseded_at    timestamptz NOT NULL,
  cause            text NOT NULL CHECK (cause IN ('repricing', 'attribution', 'trace', 'erasure')),
  cause_id         uuid,
  cost_usd         numeric(38, 18),
  price_status     text NOT NULL,
  price_version_id uuid,
  price_rule_id    uuid,
  user_id          text,
  account_id       text,
  feature          text,
  team             text,
  environment      text,
  prompt_id        text,
  prompt_version   text,
  PRIMARY KEY (tenant_id, occurred_at, call_id, n)
);
CREATE INDEX call_history_cause ON call_history (tenant_id, cause_id) WHERE cause_id IS NOT NULL;

-- A call of a closed month keeps its row; what it should have cost is booked in an open month.
CREATE TABLE call_correction (
  tenant_id        uuid NOT NULL,
  occurred_at      timestamptz NOT NULL,
  call_id          text NOT NULL,
  run_id           uuid NOT NULL,
  n                bigint GENERATED ALWAYS AS IDENTITY,
  booked_at        timestamptz NOT NULL,
  month            date NOT NULL,
  -- What the call costs by now; the correction is its difference to what was known before.
  cost_usd         numeric(38, 18) NOT NULL CHECK (cost_usd >= 0 AND cost_usd <> 'NaN' AND cost_usd < 'Infinity'),
  delta_usd        numeric(38, 18) NOT NULL CHECK (delta_usd <> 'NaN'),
  price_status     text NOT NULL,
  price_version_id uuid,
  price_rule_id    uuid,
  user_id          text,
  account_id       text,
  kind             text NOT NULL,
  provider         text NOT NULL,
  model            text NOT NULL,
  feature          text,
  team             text,
  environment      text,
  prompt_id        text,
  prompt_version   text,
  error_class      text,
  PRIMARY KEY (tenant_id, occurred_at, call_id, run_id),
  FOREIGN KEY (tenant_id, run_id) REFERENCES reprice_run (tenant_id, id)
);
CREATE INDEX call_correction_booked ON call_correction (tenant_id, booked_at);

CALL internal.protect('period', 'app', 'jobs');
CALL internal.protect('reprice_run', 'app', 'jobs');
CALL internal.protect('reprice_delta', 'app', 'jobs');
CALL internal.protect('call_history', 'app', 'jobs');
CALL internal.protect('call_correction', 'app', 'jobs');
CREATE POLICY jobs_read ON reprice_run FOR SELECT TO tokenledger_jobs USING (true);
GRANT SELECT, INSERT ON period TO tokenledger_app;
GRANT SELECT ON period TO tokenledger_jobs;
GRANT SELECT, INSERT, UPDATE ON reprice_run TO tokenledger_app, tokenledger_jobs;
GRANT SELECT ON reprice_delta, call_history, call_correction TO tokenledger_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON reprice_delta TO tokenledger_jobs;
-- Erasing a person changes names in what was, never amounts.
GRANT SELECT, INSERT, UPDATE (user_id, account_id) ON call_history, call_correction TO tokenledger_jobs;
