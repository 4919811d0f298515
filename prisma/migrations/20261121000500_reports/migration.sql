-- Whole months of the tenant's zone, summed from the days once the month is over.
CREATE TABLE rollup_month (
  tenant_id             uuid NOT NULL,
  -- Its first day.
  month                 date NOT NULL,
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
  PRIMARY KEY (tenant_id, month, n)
);

-- One tag at a time: a question about features reads a row for each feature, not one for each combination of tags.
-- dimension is the tag's column, or 'all' (one row, value '') for everything.
CREATE TABLE rollup_slot_by (
  tenant_id             uuid NOT NULL,
  dimension             text NOT NULL,
  slot                  timestamptz NOT NULL,
  value                 text NOT NULL,
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
  PRIMARY KEY (tenant_id, dimension, slot, value)
);
CREATE TABLE rollup_day_by (
  tenant_id             uuid NOT NULL,
  dimension             text NOT NULL,
  day                   date NOT NULL,
  value                 text NOT NULL,
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
  PRIMARY KEY (tenant_id, dimension, day, value)
);
CREATE TABLE rollup_month_by (
  tenant_id             uuid NOT NULL,
  dimension             text NOT NULL,
  month                 date NOT NULL,
  value                 text NOT NULL,
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
  PRIMARY KEY (tenant_id, dimension, month, value)
);

-- The months before this one are in the roll-ups of months. Null: none.
ALTER TABLE rollup_state ADD COLUMN months_to date;
-- Which set of roll-ups the days were built with. Another than the program's own: they are all built anew.
ALTER TABLE rollup_state ADD COLUMN shape integer NOT NULL DEFAULT 1;
-- Days before this one still wait to be built anew, the newest first. Null: none.
ALTER TABLE rollup_state ADD COLUMN rebuild_to date;

CALL internal.protect('rollup_month', 'app', 'jobs');
CALL internal.protect('rollup_slot_by', 'app', 'jobs');
CALL internal.protect('rollup_day_by', 'app', 'jobs');
CALL internal.protect('rollup_month_by', 'app', 'jobs');
GRANT SELECT ON rollup_month, rollup_slot_by, rollup_day_by, rollup_month_by TO tokenledger_app;
GRANT SELECT, INSERT, DELETE ON rollup_month, rollup_slot_by, rollup_day_by, rollup_month_by TO tokenledger_jobs;
