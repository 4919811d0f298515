-- What a statement's lines of usage are made of, by day and by price: whoever holds it beside the price book works the amounts
-- out anew, whatever becomes of the calls. Frozen with the statement.
CREATE TABLE statement_usage (
  tenant_id             uuid NOT NULL,
  month                 date NOT NULL,
  revision              integer NOT NULL,
  n                     integer NOT NULL,
  -- As of the lines that it is part of.
  kind                  text NOT NULL CHECK (kind IN ('usage', 'late')),
  of_month              date NOT NULL,
  -- Of the zone in which the month was closed.
  day                   date NOT NULL,
  -- '' is none.
  account_id            text NOT NULL,
  team                  text NOT NULL,
  feature               text NOT NULL,
  environment           text NOT NULL,
  provider              text NOT NULL,
  model                 text NOT NULL,
  batch                 boolean NOT NULL,
  service_tier          text NOT NULL,
  -- free: not billed, or answered from a cache; else the status of the price.
  basis                 text NOT NULL CHECK (basis IN ('free', 'priced', 'estimated', 'partial', 'reported', 'unpriced')),
  -- A part of a call that served several, whose amount was split by weight.
  is_share              boolean NOT NULL,
  -- Brought quantities besides tokens, which are in the amount alone.
  has_units             boolean NOT NULL,
  -- Null: no rates.
  price_version_id      uuid,
  price_rule_id         uuid,
  -- Total input at which the version's rates change, the last one that the calls reached.
  tier_start            integer NOT NULL CHECK (tier_start >= 0),
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
  cost_usd              numeric(38, 18) NOT NULL CHECK (cost_usd > '-Infinity' AND cost_usd < 'Infinity'),
  unpriced_calls        bigint NOT NULL,
  PRIMARY KEY (tenant_id, month, revision, n),
  FOREIGN KEY (tenant_id, month, revision) REFERENCES statement DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX statement_usage_of_month ON statement_usage (tenant_id, of_month);

CALL internal.protect('statement_usage', 'app', 'jobs');
GRANT SELECT, INSERT ON statement_usage TO tokenledger_app;
-- Erasing a person changes a name in what was, never an amount.
GRANT SELECT, UPDATE (account_id) ON statement_usage TO tokenledger_jobs;
