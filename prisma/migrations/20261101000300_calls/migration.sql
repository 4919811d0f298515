-- The ledger: one row for every attempt at one model or tool.

CREATE TABLE call (
  tenant_id              uuid NOT NULL,
  call_id                text NOT NULL,
  occurred_at            timestamptz NOT NULL,
  received_at            timestamptz NOT NULL,
  source                 text NOT NULL,
  key_id                 uuid,
  kind                   text NOT NULL,
  provider               text NOT NULL DEFAULT '',
  model                  text NOT NULL DEFAULT '',
  user_id                text,
  account_id             text,
  feature                text,
  team                   text,
  environment            text,
  prompt_id              text,
  prompt_version         text,
  route                  text,
  region                 text,
  tier                   text,
  run_id                 text,
  root_request_id        text,
  provider_request_id    text,
  attempt                smallint NOT NULL DEFAULT 1 CHECK (attempt >= 1),
  error_class            text,
  billed                 text NOT NULL DEFAULT 'yes' CHECK (billed IN ('yes', 'no', 'unknown')),
  batch                  boolean NOT NULL DEFAULT false,
  cache                  text NOT NULL DEFAULT 'none' CHECK (cache IN ('none', 'exact', 'semantic')),
  latency_ms             integer CHECK (latency_ms >= 0),
  -- Disjoint token buckets: their sums are the provider's totals.
  fresh_input_tokens     integer NOT NULL DEFAULT 0 CHECK (fresh_input_tokens >= 0),
  cache_read_tokens      integer NOT NULL DEFAULT 0 CHECK (cache_read_tokens >= 0),
  cache_write_5m_tokens  integer NOT NULL DEFAULT 0 CHECK (cache_write_5m_tokens >= 0),
  cache_write_1h_tokens  integer NOT NULL DEFAULT 0 CHECK (cache_write_1h_tokens >= 0),
  audio_input_tokens     integer NOT NULL DEFAULT 0 CHECK (audio_input_tokens >= 0),
  visible_output_tokens  integer NOT NULL DEFAULT 0 CHECK (visible_output_tokens >= 0),
  reasoning_tokens       integer NOT NULL DEFAULT 0 CHECK (reasoning_tokens >= 0),
  audio_output_tokens    integer NOT NULL DEFAULT 0 CHECK (audio_output_tokens >= 0),
  tool_units             integer NOT NULL DEFAULT 0 CHECK (tool_units >= 0),
  -- Null is unpriced, never zero.
  cost_usd               numeric(38, 18) CHECK (cost_usd >= 0 AND cost_usd <> 'NaN' AND cost_usd < 'Infinity'),
  price_status           text NOT NULL CHECK (price_status IN ('priced', 'partial', 'unpriced', 'reported', 'estimated')),
  price_version_id       uuid,
  reported_cost_usd      numeric(38, 18) CHECK (reported_cost_usd >= 0 AND reported_cost_usd <> 'NaN' AND reported_cost_usd < 'Infinity'),
  tags                   jsonb,
  PRIMARY KEY (tenant_id, occurred_at, call_id),
  CHECK ((cost_usd IS NULL) = (price_status = 'unpriced'))
) PARTITION BY RANGE (occurred_at);

-- Partitions cannot enforce one id whatever its time, so a ledger of ids does, kept for at least 40 days.
CREATE TABLE call_seen (
  tenant_id    uuid NOT NULL,
  call_id      text NOT NULL,
  content_hash bytea NOT NULL,
  occurred_at  timestamptz NOT NULL,
  received_at  timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, call_id)
) PARTITION BY HASH (tenant_id);

-- Calls that cannot be ledger rows as they are (same id with other content; outside the time window), kept whole.
CREATE TABLE call_quarantine (
  tenant_id   uuid NOT NULL,
  id          uuid NOT NULL DEFAULT gen_random_uuid(),
  received_at timestamptz NOT NULL,
  call_id     text NOT NULL,
  code        text NOT NULL,
  field       text,
  message     text NOT NULL,
  source      text NOT NULL,
  key_id      uuid,
  call        jsonb NOT NULL,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX call_quarantine_newest ON call_quarantine (tenant_id, received_at DESC);

CREATE TABLE import_run (
  tenant_id     uuid NOT NULL,
  id            uuid NOT NULL DEFAULT gen_random_uuid(),
  file_name     text NOT NULL,
  file_sha256   text NOT NULL,
  mapping       jsonb NOT NULL,
  state         text NOT NULL CHECK (state IN ('running', 'done', 'failed')),
  rows_read     bigint NOT NULL DEFAULT 0,
  accepted      bigint NOT NULL DEFAULT 0,
  duplicates    bigint NOT NULL DEFAULT 0,
  rejected      bigint NOT NULL DEFAULT 0,
  bytes_read    bigint NOT NULL DEFAULT 0,
  bytes_total   bigint NOT NULL DEFAULT 0,
  failure       text,
  started_by    text NOT NULL,
  started_at    timestamptz NOT NULL,
  -- The last sign of life: a process that died gives none.
  progressed_at timestamptz NOT NULL DEFAULT now(),
  finished_at   timestamptz,
  PRIMARY KEY (tenant_id, id)
);

CREATE TABLE import_rejection (
  tenant_id uuid NOT NULL,
  import_id uuid NOT NULL,
  line      bigint NOT NULL,
  code      text NOT NULL,
  field     text,
  message   text NOT NULL,
  PRIMARY KEY (tenant_id, import_id, line),
  FOREIGN KEY (tenant_id, import_id) REFERENCES import_run (tenant_id, id) ON DELETE CASCADE
);

CALL internal.protect('call', 'app', 'ingest', 'jobs');
CALL internal.protect('call_seen', 'app', 'ingest', 'jobs');
CALL internal.protect('call_quarantine', 'app', 'ingest');
CALL internal.protect('import_run', 'app');
CALL internal.protect('import_rejection', 'app');

GRANT SELECT ON call, call_seen, call_quarantine TO tokenledger_app;
GRANT INSERT, SELECT (tenant_id, occurred_at, call_id) ON call TO tokenledger_ingest;
GRANT SELECT, INSERT ON call_seen TO tokenledger_ingest;
GRANT INSERT ON call_quarantine TO tokenledger_ingest;
GRANT SELECT ON call TO tokenledger_jobs;
GRANT SELECT, DELETE ON call_seen TO tokenledger_jobs;
GRANT SELECT, INSERT, UPDATE ON import_run TO tokenledger_app;
GRANT SELECT, INSERT ON import_rejection TO tokenledger_app;

-- Partitions get row-level security and no policy: read directly they show nothing, through the parent its policy rules.
DO $$
BEGIN
  FOR i IN 0..7 LOOP
    EXECUTE format('CREATE TABLE call_seen_%s PARTITION OF call_seen FOR VALUES WITH (MODULUS 8, REMAINDER %s)', i, i);
    EXECUTE format('ALTER TABLE call_seen_%s ENABLE ROW LEVEL SECURITY', i);
    EXECUTE format('ALTER TABLE call_seen_%s FORCE ROW LEVEL SECURITY', i);
  END LOOP;
END $$;

-- Makes the month's partition of `call` unless it is there. Bounds are written with their offset, for a bare date would
-- be read in the session's zone. SECURITY DEFINER: ingest (imports of any age) and jobs (months ahead) own no table.
CREATE FUNCTION create_month(month date) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
  first date := pg_catalog.date_trunc('month', month::timestamp)::date;
  next  date := (first + interval '1 month')::date;
  part  text := 'call_' || pg_catalog.to_char(first, 'YYYY_MM');
BEGIN
  IF first < DATE '2020-01-01' OR first > (now() AT TIME ZONE 'UTC')::date + 400 THEN
    RAISE EXCEPTION 'create_month: % is out of range', first USING ERRCODE = '22008';
  END IF;
  IF pg_catalog.to_regclass('public.' || part) IS NOT NULL THEN RETURN false; END IF;
  PERFORM pg_catalog.pg_advisory_xact_lock(724001);
  IF pg_catalog.to_regclass('public.' || part) IS NOT NULL THEN RETURN false; END IF;
  EXECUTE pg_catalog.format('CREATE TABLE public.%I PARTITION OF public.call FOR VALUES FROM (%L) TO (%L)',
    part, first::text || ' 00:00:00+00', next::text || ' 00:00:00+00');
  EXECUTE pg_catalog.format('ALTER TABLE public.%I ENABLE ROW LEVEL SECURITY', part);
  EXECUTE pg_catalog.format('ALTER TABLE public.%I FORCE ROW LEVEL SECURITY', part);
  RETURN true;
END $$;
REVOKE ALL ON FUNCTION create_month(date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION create_month(date) TO tokenledger_ingest, tokenledger_jobs;

DO $$
BEGIN
  FOR i IN -4..4 LOOP
    PERFORM create_month(((now() AT TIME ZONE 'UTC')::date + make_interval(months => i))::date);
  END LOOP;
END $$;
