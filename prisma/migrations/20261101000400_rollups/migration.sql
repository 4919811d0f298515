-- Roll-ups, recomputed from the ledger and never incremented. A missing tag is '' here, so that rows group.
-- The number n only makes a row's key; a slot or day is always replaced whole.

-- Quarter hours: fine enough to build the local day of any zone (+5:30, +5:45).
CREATE TABLE rollup_slot (
  tenant_id             uuid NOT NULL,
  slot                  timestamptz NOT NULL,
  n                     integer NOT NULL,
  kind                  text NOT NULL,
  provider              text NOT NULL,
  model                 text NOT NULL,
  feature               text NOT NULL,
  team                  text NOT NULL,
  environment           text NOT NULL,
  prompt_id             text NOT NULL,
  prompt_version        text NOT NULL,
  error_class           text NOT NULL,
  calls                 bigint NOT NULL,
  fresh_input_tokens    bigint NOT NULL,
  cache_read_tokens     bigint NOT NULL,
  cache_write_5m_tokens bigint NOT NULL,
  cache_write_1h_tokens bigint NOT NULL,
  audio_input_tokens    bigint NOT NULL,
  visible_output_tokens bigint NOT NULL,
  reasoning_tokens      bigint NOT NULL,
  audio_output_tokens   bigint NOT NULL,
  tool_units            bigint NOT NULL,
  cost_usd              numeric(38, 18) NOT NULL,
  unpriced_calls        bigint NOT NULL,
  unpriced_tokens       bigint NOT NULL,
  partial_calls         bigint NOT NULL,
  estimated_calls       bigint NOT NULL,
  reported_calls        bigint NOT NULL,
  error_calls           bigint NOT NULL,
  retry_calls           bigint NOT NULL,
  retry_cost_usd        numeric(38, 18) NOT NULL,
  latency_ms            bigint NOT NULL,
  latency_calls         bigint NOT NULL,
  PRIMARY KEY (tenant_id, slot, n)
);

-- Days of the tenant's reporting zone, summed from the slots.
CREATE TABLE rollup_day (
  tenant_id             uuid NOT NULL,
  day                   date NOT NULL,
  n                     integer NOT NULL,
  kind                  text NOT NULL,
  provider              text NOT NULL,
  model                 text NOT NULL,
  feature               text NOT NULL,
  team                  text NOT NULL,
  environment           text NOT NULL,
  prompt_id             text NOT NULL,
  prompt_version        text NOT NULL,
  error_class           text NOT NULL,
  calls                 bigint NOT NULL,
  fresh_input_tokens    bigint NOT NULL,
  cache_read_tokens     bigint NOT NULL,
  cache_write_5m_tokens bigint NOT NULL,
  cache_write_1h_tokens bigint NOT NULL,
  audio_input_tokens    bigint NOT NULL,
  visible_output_tokens bigint NOT NULL,
  reasoning_tokens      bigint NOT NULL,
  audio_output_tokens   bigint NOT NULL,
  tool_units            bigint NOT NULL,
  cost_usd              numeric(38, 18) NOT NULL,
  unpriced_calls        bigint NOT NULL,
  unpriced_tokens       bigint NOT NULL,
  partial_calls         bigint NOT NULL,
  estimated_calls       bigint NOT NULL,
  reported_calls        bigint NOT NULL,
  error_calls           bigint NOT NULL,
  retry_calls           bigint NOT NULL,
  retry_cost_usd        numeric(38, 18) NOT NULL,
  latency_ms            bigint NOT NULL,
  latency_calls         bigint NOT NULL,
  PRIMARY KEY (tenant_id, day, n)
);

-- The same days by user. By quarter hour this would be as large as the ledger, so it is summed from the ledger.
CREATE TABLE rollup_user_day (
  tenant_id             uuid NOT NULL,
  day                   date NOT NULL,
  n                     integer NOT NULL,
  user_id               text NOT NULL,
  account_id            text NOT NULL,
  provider              text NOT NULL,
  model                 text NOT NULL,
  feature               text NOT NULL,
  team                  text NOT NULL,
  environment           text NOT NULL,
  calls                 bigint NOT NULL,
  fresh_input_tokens    bigint NOT NULL,
  cache_read_tokens     bigint NOT NULL,
  cache_write_5m_tokens bigint NOT NULL,
  cache_write_1h_tokens bigint NOT NULL,
  audio_input_tokens    bigint NOT NULL,
  visible_output_tokens bigint NOT NULL,
  reasoning_tokens      bigint NOT NULL,
  audio_output_tokens   bigint NOT NULL,
  tool_units            bigint NOT NULL,
  cost_usd              numeric(38, 18) NOT NULL,
  unpriced_calls        bigint NOT NULL,
  unpriced_tokens       bigint NOT NULL,
  partial_calls         bigint NOT NULL,
  estimated_calls       bigint NOT NULL,
  reported_calls        bigint NOT NULL,
  error_calls           bigint NOT NULL,
  retry_calls           bigint NOT NULL,
  retry_cost_usd        numeric(38, 18) NOT NULL,
  latency_ms            bigint NOT NULL,
  latency_calls         bigint NOT NULL,
  PRIMARY KEY (tenant_id, day, n)
);

-- Ingest appends a mark for each hour that it touched, in the transaction that stored the calls.
CREATE TABLE rollup_dirty (
  tenant_id uuid NOT NULL,
  hour      timestamptz NOT NULL,
  mark      bigint GENERATED ALWAYS AS IDENTITY,
  marked_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (tenant_id, hour, mark)
);

-- The zone that the days were built in, and when the job last ran. The watermark follows from the marks that wait.
CREATE TABLE rollup_state (
  tenant_id uuid PRIMARY KEY,
  time_zone text NOT NULL,
  rolled_at timestamptz NOT NULL
);

CALL internal.protect('rollup_slot', 'app', 'jobs');
CALL internal.protect('rollup_day', 'app', 'jobs');
CALL internal.protect('rollup_user_day', 'app', 'jobs');
CALL internal.protect('rollup_dirty', 'app', 'ingest', 'jobs');
CALL internal.protect('rollup_state', 'app', 'jobs');
-- The one question asked across tenants: who has work (marks, or days of another zone)?
CREATE POLICY jobs_read ON rollup_dirty FOR SELECT TO tokenledger_jobs USING (true);
CREATE POLICY jobs_read ON rollup_state FOR SELECT TO tokenledger_jobs USING (true);

GRANT SELECT ON rollup_slot, rollup_day, rollup_user_day, rollup_dirty, rollup_state TO tokenledger_app;
GRANT INSERT ON rollup_dirty TO tokenledger_ingest, tokenledger_jobs, tokenledger_app;
GRANT SELECT, INSERT, DELETE ON rollup_slot, rollup_day, rollup_user_day TO tokenledger_jobs;
GRANT SELECT, DELETE ON rollup_dirty TO tokenledger_jobs;
GRANT SELECT, INSERT, UPDATE ON rollup_state TO tokenledger_jobs;
