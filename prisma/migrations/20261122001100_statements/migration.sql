-- What a month came to when it was closed, and how it comes to be closed.

-- A closed month's own stretch of time. Null: closed by an earlier release, from midnight to midnight of its zone.
ALTER TABLE period ADD COLUMN from_at timestamptz, ADD COLUMN to_at timestamptz;
-- A month that is opened again has none.
GRANT DELETE ON period TO tokenledger_app;

-- Months that somebody wants closed, until whatever keeps them open has gone.
CREATE TABLE period_closing (
  tenant_id    uuid NOT NULL,
  month        date NOT NULL CHECK (extract(day FROM month) = 1),
  requested_at timestamptz NOT NULL,
  requested_by text NOT NULL,
  -- When it was last tried, and what kept the month open then.
  checked_at   timestamptz NOT NULL,
  waits_for    jsonb NOT NULL,
  -- Closed by the job, and whoever takes reports is still to be told.
  closed_at    timestamptz,
  PRIMARY KEY (tenant_id, month)
);

-- A closed month's figures. Nobody changes them: a month that is opened and closed again has another revision.
CREATE TABLE statement (
  tenant_id       uuid NOT NULL,
  month           date NOT NULL CHECK (extract(day FROM month) = 1),
  revision        integer NOT NULL CHECK (revision > 0),
  time_zone       text NOT NULL,
  from_at         timestamptz NOT NULL,
  to_at           timestamptz NOT NULL,
  taken_at        timestamptz NOT NULL,
  taken_by        text NOT NULL,
  -- Of lines and hash, so that later versions of the product read earlier statements.
  shape           integer NOT NULL CHECK (shape > 0),
  -- The newest list price and the newest word of the tenant's own on prices that were known.
  price_book      text NOT NULL,
  code_version    text NOT NULL,
  calls           bigint NOT NULL,
  -- Of the month's own calls; corrections of earlier months beside them.
  cost_usd        numeric(38, 18) NOT NULL CHECK (cost_usd >= 0 AND cost_usd < 'Infinity'),
  corrections_usd numeric(38, 18) NOT NULL CHECK (corrections_usd > '-Infinity' AND corrections_usd < 'Infinity'),
  -- Rounded once, half away from zero.
  amount_usd      numeric(38, 2) NOT NULL CHECK (amount_usd = round(cost_usd + corrections_usd, 2)),
  unpriced_calls  bigint NOT NULL,
  -- SHA-256 over head and lines, in hex (server/statements/README.md).
  content_hash    text NOT NULL CHECK (content_hash ~ '^[0-9a-f]{64}$'),
  -- Since when lines have another name for somebody who was forgotten, and the hash is another.
  renamed_at      timestamptz,
  reopened_at     timestamptz,
  reopened_by     text,
  reopen_reason   text,
  PRIMARY KEY (tenant_id, month, revision),
  CHECK ((reopened_at IS NULL) = (reopened_by IS NULL)),
  CHECK ((reopened_at IS NULL) = (reopen_reason IS NULL))
);
CREATE UNIQUE INDEX statement_in_force ON statement (tenant_id, month) WHERE reopened_at IS NULL;

CREATE TABLE statement_line (
  tenant_id             uuid NOT NULL,
  month                 date NOT NULL,
  revision              integer NOT NULL,
  n                     integer NOT NULL,
  -- usage: the month's own calls. late: calls of an earlier closed month that it did not hold. price: corrections booked
  -- in the month of what calls of closed months cost; their calls and tokens are counted where they were first.
  kind                  text NOT NULL CHECK (kind IN ('usage', 'late', 'price')),
  of_month              date NOT NULL,
  -- '' is none.
  account_id            text NOT NULL,
  team                  text NOT NULL,
  feature               text NOT NULL,
  provider              text NOT NULL,
  model                 text NOT NULL,
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
  -- Lines come first, for the head holds their hash.
  FOREIGN KEY (tenant_id, month, revision) REFERENCES statement DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX statement_line_of_month ON statement_line (tenant_id, of_month);

CALL internal.protect('period_closing', 'app', 'jobs');
CALL internal.protect('statement', 'app', 'jobs');
CALL internal.protect('statement_line', 'app', 'jobs');
-- Which months wait to be closed, asked across tenants: of the rows, what tells that and no more.
CREATE POLICY jobs_read ON period_closing FOR SELECT TO tokenledger_jobs USING (true);
GRANT SELECT (tenant_id, month) ON period_closing TO tokenledger_jobs;
GRANT SELECT, INSERT, UPDATE, DELETE ON period_closing TO tokenledger_app;
GRANT SELECT, INSERT ON statement, statement_line TO tokenledger_app;
GRANT UPDATE (reopened_at, reopened_by, reopen_reason) ON statement TO tokenledger_app;
-- Erasing a person changes a name in what was, never an amount.
GRANT SELECT ON statement, statement_line TO tokenledger_jobs;
GRANT UPDATE (account_id) ON statement_line TO tokenledger_jobs;
GRANT UPDATE (content_hash, renamed_at) ON statement TO tokenledger_jobs;
