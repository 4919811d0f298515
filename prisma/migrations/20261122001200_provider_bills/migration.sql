-- What providers bill, as they told it: read again and again, each read kept, and held against the ledger.

-- An organisation at a provider whose cost report we may read.
CREATE TABLE bill_connection (
  tenant_id   uuid NOT NULL,
  id          uuid NOT NULL,
  provider    text NOT NULL CHECK (provider IN ('openai', 'anthropic')),
  name        text NOT NULL,
  base_url    text NOT NULL,
  -- Sealed.
  credentials bytea NOT NULL,
  -- How far back the first read goes, and which projects or workspaces send their calls here (null: all do).
  settings    jsonb NOT NULL,
  state       text NOT NULL CHECK (state IN ('active', 'paused', 'failing')),
  last_run_at timestamptz,
  last_ok_at  timestamptz,
  failure     text,
  failures    integer NOT NULL DEFAULT 0,
  wait_until  timestamptz,
  created_by  text NOT NULL,
  created_at  timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id)
);

-- One reading of a report or of a file. Its lines are never changed, also when its connection is gone.
CREATE TABLE bill_pull (
  tenant_id uuid NOT NULL,
  id        uuid NOT NULL,
  provider  text NOT NULL,
  -- The connection that it is of; the nil uuid for files.
  stream    uuid NOT NULL,
  state     text NOT NULL CHECK (state IN ('reading', 'done', 'abandoned')),
  first_day date NOT NULL,
  last_day  date NOT NULL,
  -- The next page, while it is being read.
  place     jsonb,
  lines     integer NOT NULL DEFAULT 0,
  file_name text,
  file_hash bytea,
  begun_by  text NOT NULL,
  begun_at  timestamptz NOT NULL,
  done_at   timestamptz,
  PRIMARY KEY (tenant_id, id),
  CHECK ((state = 'done') = (done_at IS NOT NULL))
);
-- A connection is read by one pull at a time, and a file is one pull however often it comes.
CREATE UNIQUE INDEX bill_pull_reading ON bill_pull (tenant_id, stream) WHERE state = 'reading';
CREATE UNIQUE INDEX bill_pull_file ON bill_pull (tenant_id, provider, file_hash);

CREATE TABLE bill_line (
  tenant_id   uuid NOT NULL,
  pull_id     uuid NOT NULL,
  n           integer NOT NULL,
  -- What was charged, or what was used, which providers tell apart.
  basis       text NOT NULL CHECK (basis IN ('cost', 'usage')),
  kind        text NOT NULL CHECK (kind IN ('usage', 'tax', 'credit')),
  -- Of UTC.
  day         date NOT NULL,
  -- As the provider spells it; '' where it names none.
  model       text NOT NULL,
  token_class text NOT NULL,
  -- '' where it does not say.
  service     text NOT NULL,
  workspace   text NOT NULL,
  description text NOT NULL,
  -- Null in lines of usage. Before discounts: null where it does not say.
  amount      numeric(38, 18),
  list_amount numeric(38, 18),
  currency    text NOT NULL,
  -- Tokens, or uses of a tool; null where it does not say.
  quantity    numeric(38, 6),
  raw         jsonb NOT NULL,
  PRIMARY KEY (tenant_id, pull_id, n),
  FOREIGN KEY (tenant_id, pull_id) REFERENCES bill_pull (tenant_id, id)
);
CREATE INDEX bill_line_day ON bill_line (tenant_id, pull_id, day);

-- What a pull said of a day, so that reads can be told apart without their lines. A file that comes again is a read again.
CREATE TABLE bill_read (
  tenant_id uuid NOT NULL,
  pull_id   uuid NOT NULL,
  day       date NOT NULL,
  read_at   timestamptz NOT NULL,
  provider  text NOT NULL,
  stream    uuid NOT NULL,
  lines     integer NOT NULL,
  amount    numeric(38, 18) NOT NULL,
  digest    text NOT NULL,
  PRIMARY KEY (tenant_id, pull_id, day, read_at),
  FOREIGN KEY (tenant_id, pull_id) REFERENCES bill_pull (tenant_id, id)
);
CREATE INDEX bill_read_day ON bill_read (tenant_id, provider, day, read_at);

-- A month that finance has agreed to, with the figures that it agreed to. Signing again is a row of its own.
CREATE TABLE bill_sign_off (
  tenant_id  uuid NOT NULL,
  provider   text NOT NULL,
  month      date NOT NULL,
  n          integer NOT NULL CHECK (n > 0),
  signed_by  text NOT NULL,
  signed_at  timestamptz NOT NULL,
  note       text NOT NULL,
  shape      integer NOT NULL,
  bill_usd   numeric(38, 18) NOT NULL,
  ledger_usd numeric(38, 18) NOT NULL,
  figures    jsonb NOT NULL,
  PRIMARY KEY (tenant_id, provider, month, n),
  CHECK (extract(day FROM month) = 1)
);

CALL internal.protect('bill_connection', 'app', 'jobs');
CALL internal.protect('bill_pull', 'app');
CALL internal.protect('bill_line', 'app');
CALL internal.protect('bill_read', 'app');
CALL internal.protect('bill_sign_off', 'app');
-- What is to be read, asked across tenants: of the rows, what tells that and no more.
CREATE POLICY jobs_read ON bill_connection FOR SELECT TO tokenledger_jobs USING (true);
GRANT SELECT (tenant_id, id, state) ON bill_connection TO tokenledger_jobs;

GRANT SELECT, INSERT, UPDATE, DELETE ON bill_connection TO tokenledger_app;
GRANT SELECT, INSERT, UPDATE ON bill_pull TO tokenledger_app;
GRANT SELECT, INSERT ON bill_line, bill_read, bill_sign_off TO tokenledger_app;
