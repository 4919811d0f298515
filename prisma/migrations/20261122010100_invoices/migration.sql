-- What a tenant bills to its accounts for a closed month: rate plans, who is billed how, invoices and their lines.

CREATE TABLE rate_plan (
  tenant_id  uuid NOT NULL,
  id         uuid NOT NULL,
  name       text NOT NULL,
  -- The one in force; earlier ones stay, for invoices were computed with them.
  version    integer NOT NULL CHECK (version > 0),
  retired_at timestamptz,
  created_by text NOT NULL,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX rate_plan_name ON rate_plan (tenant_id, lower(name)) WHERE retired_at IS NULL;

CREATE TABLE rate_plan_version (
  tenant_id  uuid NOT NULL,
  plan_id    uuid NOT NULL,
  version    integer NOT NULL CHECK (version > 0),
  terms      jsonb NOT NULL,
  created_by text NOT NULL,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, plan_id, version),
  FOREIGN KEY (tenant_id, plan_id) REFERENCES rate_plan (tenant_id, id)
);

-- How an account is billed. Without a row: by the default plan, under its own id.
CREATE TABLE invoice_account (
  tenant_id    uuid NOT NULL,
  account_id   text NOT NULL CHECK (account_id <> ''),
  -- Null: the default plan.
  plan_id      uuid,
  -- False: the account is one's own, or billed elsewhere.
  is_billed    boolean NOT NULL,
  -- Months, both included; null is open.
  bill_from    date CHECK (extract(day FROM bill_from) = 1),
  bill_through date CHECK (extract(day FROM bill_through) = 1),
  -- Name, address, VAT id, tax and due days, as they go on invoices.
  details      jsonb NOT NULL,
  updated_by   text NOT NULL,
  updated_at   timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, account_id),
  FOREIGN KEY (tenant_id, plan_id) REFERENCES rate_plan (tenant_id, id)
);

-- Who bills.
CREATE TABLE invoice_issuer (
  tenant_id       uuid PRIMARY KEY,
  default_plan_id uuid,
  details         jsonb NOT NULL,
  updated_by      text NOT NULL,
  updated_at      timestamptz NOT NULL,
  FOREIGN KEY (tenant_id, default_plan_id) REFERENCES rate_plan (tenant_id, id)
);

-- The last number given in a year. Its row is locked until the invoice that takes the next one is committed.
CREATE TABLE invoice_series (
  tenant_id uuid NOT NULL,
  year      integer NOT NULL,
  last      integer NOT NULL CHECK (last > 0),
  PRIMARY KEY (tenant_id, year)
);

CREATE TABLE invoice (
  tenant_id          uuid NOT NULL,
  id                 uuid NOT NULL,
  month              date NOT NULL CHECK (extract(day FROM month) = 1),
  statement_revision integer NOT NULL,
  account_id         text NOT NULL CHECK (account_id <> ''),
  state              text NOT NULL CHECK (state IN ('draft', 'final', 'void')),
  -- Of lines and hash, so that later versions of the product read earlier invoices.
  shape              integer NOT NULL CHECK (shape > 0),
  plan_id            uuid NOT NULL,
  plan_version       integer NOT NULL,
  -- What the statement has of the account: calls of the month, and the cost of all its lines.
  calls              bigint NOT NULL,
  cost_usd           numeric(38, 18) NOT NULL CHECK (cost_usd > '-Infinity' AND cost_usd < 'Infinity'),
  unpriced_calls     bigint NOT NULL,
  -- Of these, what no component of the plan charges for.
  uncharged_calls    bigint NOT NULL,
  uncharged_cost_usd numeric(38, 18) NOT NULL CHECK (uncharged_cost_usd > '-Infinity' AND uncharged_cost_usd < 'Infinity'),
  net_usd            numeric(38, 2) NOT NULL,
  tax_usd            numeric(38, 2) NOT NULL,
  total_usd          numeric(38, 2) NOT NULL CHECK (total_usd = net_usd + tax_usd AND total_usd < 'Infinity' AND total_usd > '-Infinity'),
  -- As they were when it was computed.
  customer           jsonb NOT NULL,
  issuer             jsonb NOT NULL,
  created_by         text NOT NULL,
  created_at         timestamptz NOT NULL,
  computed_at        timestamptz NOT NULL,
  -- The voided one of the same account and month in whose place it stands.
  replaces           uuid,
  number             text,
  series_year        integer,
  series_n           integer,
  issued_on          date,
  due_on             date,
  finalised_by       text,
  finalised_at       timestamptz,
  -- SHA-256 in hex (server/invoices/README.md).
  content_hash       text CHECK (content_hash ~ '^[0-9a-f]{64}$'),
  -- Since when somebody in it has another name, and the hash is another.
  renamed_at         timestamptz,
  voided_by          text,
  voided_at          timestamptz,
  void_reason        text,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, month, statement_revision) REFERENCES statement (tenant_id, month, revision),
  FOREIGN KEY (tenant_id, plan_id, plan_version) REFERENCES rate_plan_version (tenant_id, plan_id, version),
  FOREIGN KEY (tenant_id, replaces) REFERENCES invoice (tenant_id, id),
  CHECK ((state = 'draft') = (number IS NULL)),
  CHECK (num_nulls(number, series_year, series_n, issued_on, due_on, finalised_by, finalised_at, content_hash) IN (0, 8)),
  CHECK ((state = 'void') = (voided_at IS NOT NULL)),
  CHECK (num_nulls(voided_by, voided_at, void_reason) IN (0, 3))
);
-- An account is billed for a month once; what was voided makes room.
CREATE UNIQUE INDEX invoice_in_force ON invoice (tenant_id, month, account_id) WHERE state <> 'void';
CREATE UNIQUE INDEX invoice_number ON invoice (tenant_id, number);
CREATE UNIQUE INDEX invoice_in_series ON invoice (tenant_id, series_year, series_n);
CREATE INDEX invoice_account_id ON invoice (tenant_id, account_id);

CREATE TABLE invoice_line (
  tenant_id   uuid NOT NULL,
  invoice_id  uuid NOT NULL,
  n           integer NOT NULL CHECK (n > 0),
  kind        text NOT NULL CHECK (kind IN ('usage', 'late', 'price', 'flat', 'included', 'minimum', 'discount', 'manual', 'tax')),
  -- The place of the plan's component that it is of, from 1; null: of none.
  component   integer,
  of_month    date NOT NULL,
  description text NOT NULL,
  -- quantity × unit_usd ÷ per, where it is a product.
  quantity    numeric(38, 18),
  unit        text CHECK (unit IN ('tokens', 'calls', 'usd', 'months')),
  unit_usd    numeric(38, 18),
  per         integer,
  -- Nothing is cut off: a cost of 18 decimals times a factor of 12 has 30.
  exact_usd   numeric(60, 30) NOT NULL CHECK (exact_usd > '-Infinity' AND exact_usd < 'Infinity'),
  -- Rounded once, half away from zero; the lines sum to the total.
  amount_usd  numeric(38, 2) NOT NULL CHECK (amount_usd = round(exact_usd, 2)),
  -- Of what somebody added by hand.
  manual_id   uuid,
  PRIMARY KEY (tenant_id, invoice_id, n),
  FOREIGN KEY (tenant_id, invoice_id) REFERENCES invoice (tenant_id, id) ON DELETE CASCADE,
  CHECK ((kind = 'manual') = (manual_id IS NOT NULL)),
  CHECK (num_nulls(quantity, unit) IN (0, 2)),
  CHECK (num_nulls(unit_usd, per) IN (0, 2))
);

-- A number that was given is never taken back, and what it stands for never changes.
CREATE FUNCTION guard_invoice() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  voiding text[] := ARRAY['state', 'voided_by', 'voided_at', 'void_reason'];
  renaming text[] := ARRAY['account_id', 'customer', 'content_hash', 'renamed_at'];
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF OLD.state <> 'draft' THEN RAISE EXCEPTION 'an invoice with a number is never deleted' USING ERRCODE = 'restrict_violation'; END IF;
    RETURN OLD;
  END IF;
  IF TG_OP = 'INSERT' THEN
    IF NEW.state <> 'draft' THEN RAISE EXCEPTION 'an invoice begins as a draft' USING ERRCODE = 'restrict_violation'; END IF;
    RETURN NEW;
  END IF;
  IF OLD.state = 'draft' THEN
    IF NEW.state = 'void' THEN RAISE EXCEPTION 'a draft is not voided' USING ERRCODE = 'restrict_violation'; END IF;
    IF NEW.state = 'final' AND (NEW.net_usd, NEW.tax_usd) IS DISTINCT FROM (
      SELECT (coalesce(sum(amount_usd) FILTER (WHERE kind <> 'tax'), 0), coalesce(sum(amount_usd) FILTER (WHERE kind = 'tax'), 0))
      FROM invoice_line l WHERE l.tenant_id = NEW.tenant_id AND l.invoice_id = NEW.id)
    THEN RAISE EXCEPTION 'the lines of an invoice do not sum to its total' USING ERRCODE = 'restrict_violation'; END IF;
    RETURN NEW;
  END IF;
  -- Erasing a person changes a name in what was, never an amount.
  IF current_user = 'tokenledger_jobs' AND to_jsonb(OLD) - renaming = to_jsonb(NEW) - renaming THEN RETURN NEW; END IF;
  IF OLD.state = 'final' AND NEW.state = 'void' AND to_jsonb(OLD) - voiding = to_jsonb(NEW) - voiding THEN RETURN NEW; END IF;
  RAISE EXCEPTION 'an invoice with a number is never changed' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER guard_invoice BEFORE INSERT OR UPDATE OR DELETE ON invoice FOR EACH ROW EXECUTE FUNCTION guard_invoice();

CREATE FUNCTION guard_invoice_line() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  line invoice_line := CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
BEGIN
  -- The invoice itself is gone already where its lines go with it.
  IF EXISTS (SELECT FROM invoice i WHERE i.tenant_id = line.tenant_id AND i.id = line.invoice_id AND i.state <> 'draft')
  THEN RAISE EXCEPTION 'lines of an invoice with a number are never changed' USING ERRCODE = 'restrict_violation'; END IF;
  RETURN line;
END $$;
CREATE TRIGGER guard_invoice_line BEFORE INSERT OR UPDATE OR DELETE ON invoice_line FOR EACH ROW EXECUTE FUNCTION guard_invoice_line();
REVOKE ALL ON FUNCTION guard_invoice(), guard_invoice_line() FROM PUBLIC;

CALL internal.protect('rate_plan', 'app', 'jobs');
CALL internal.protect('rate_plan_version', 'app', 'jobs');
CALL internal.protect('invoice_account', 'app', 'jobs');
CALL internal.protect('invoice_issuer', 'app');
CALL internal.protect('invoice_series', 'app');
CALL internal.protect('invoice', 'app', 'jobs');
CALL internal.protect('invoice_line', 'app', 'jobs');
GRANT SELECT, INSERT, UPDATE (name, version, retired_at) ON rate_plan TO tokenledger_app;
GRANT SELECT, INSERT ON rate_plan_version TO tokenledger_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON invoice_account TO tokenledger_app;
GRANT SELECT, INSERT, UPDATE ON invoice_issuer, invoice_series TO tokenledger_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON invoice TO tokenledger_app;
GRANT SELECT, INSERT, DELETE ON invoice_line TO tokenledger_app;
GRANT SELECT, DELETE ON invoice_account TO tokenledger_jobs;
GRANT SELECT, UPDATE (account_id, customer, content_hash, renamed_at) ON invoice TO tokenledger_jobs;
GRANT SELECT ON invoice_line, rate_plan, rate_plan_version TO tokenledger_jobs;
