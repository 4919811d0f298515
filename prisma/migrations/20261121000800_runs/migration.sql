-- Runs of agents by local day of the tenant's zone, recomputed from the ledger. A run over midnight has a row on each of
-- its days; one of several users or features has a row for each. A missing tag is ''.
CREATE TABLE rollup_run_day (
  tenant_id        uuid NOT NULL,
  day              date NOT NULL,
  n                integer NOT NULL,
  run_id           text NOT NULL,
  feature          text NOT NULL,
  team             text NOT NULL,
  user_id          text NOT NULL,
  account_id       text NOT NULL,
  environment      text NOT NULL,
  calls            bigint NOT NULL,
  tool_calls       bigint NOT NULL,
  input_tokens     bigint NOT NULL,
  output_tokens    bigint NOT NULL,
  cost_usd         numeric(38, 18) NOT NULL,
  unpriced_calls   bigint NOT NULL,
  unpriced_tokens  bigint NOT NULL,
  partial_calls    bigint NOT NULL,
  error_calls      bigint NOT NULL,
  retry_calls      bigint NOT NULL,
  retry_cost_usd   numeric(38, 18) NOT NULL,
  -- The first call's beginning and the last end, which may lie on the next day.
  first_at         timestamptz NOT NULL,
  last_at          timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, day, n)
);
-- When was this run? The ledger has no such index: it would cost every call.
CREATE INDEX rollup_run_day_run ON rollup_run_day (tenant_id, run_id);

-- The versions of prompts by local day, summed from the days: when each began is asked of the whole past.
CREATE TABLE rollup_prompt_day (
  tenant_id        uuid NOT NULL,
  day              date NOT NULL,
  prompt_id        text NOT NULL,
  prompt_version   text NOT NULL,
  calls            bigint NOT NULL,
  input_tokens     bigint NOT NULL,
  output_tokens    bigint NOT NULL,
  cost_usd         numeric(38, 18) NOT NULL,
  unpriced_calls   bigint NOT NULL,
  error_calls      bigint NOT NULL,
  PRIMARY KEY (tenant_id, day, prompt_id, prompt_version)
);
CREATE INDEX rollup_prompt_day_prompt ON rollup_prompt_day (tenant_id, prompt_id, day);

CALL internal.protect('rollup_run_day', 'app', 'jobs');
CALL internal.protect('rollup_prompt_day', 'app', 'jobs');
GRANT SELECT ON rollup_run_day, rollup_prompt_day TO tokenledger_app;
GRANT SELECT, INSERT, DELETE ON rollup_run_day, rollup_prompt_day TO tokenledger_jobs;
-- Days whose calls are no longer kept cannot be rolled up anew when a person is forgotten.
GRANT UPDATE (user_id, account_id) ON rollup_run_day TO tokenledger_jobs;
