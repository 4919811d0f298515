-- Who looks into a difference that a month's reconciliation shows, until when, and what was said of it.
CREATE TABLE difference_owner (
  tenant_id  uuid NOT NULL,
  month      date NOT NULL CHECK (extract(day FROM month) = 1),
  -- Which two figures differ (rollup, statement, stripe, invoices, provider:openai).
  link       text NOT NULL CHECK (link <> ''),
  -- Of the difference: a digest of its cause and of whom it is about, so that no name of a person stands here.
  key        text NOT NULL CHECK (key ~ '^[0-9a-f]{32}$'),
  cause      text NOT NULL CHECK (cause <> ''),
  -- What it came to when somebody last said something of it.
  amount     numeric(48, 18) CHECK (amount <> 'NaN'),
  unit       text NOT NULL CHECK (unit IN ('usd', 'tokens', 'calls', 'cost_micro_usd')),
  -- A member; whoever left stays named.
  owner_id   uuid,
  note       text NOT NULL,
  due_on     date,
  -- Since when it is in order as it is, at that amount.
  settled_at timestamptz,
  settled_by text,
  -- Since when it is not there any more, as far as somebody has looked.
  gone_at    timestamptz,
  updated_by text NOT NULL,
  updated_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, month, link, key),
  CHECK ((settled_at IS NULL) = (settled_by IS NULL))
);

CALL internal.protect('difference_owner', 'app');
GRANT SELECT, INSERT, UPDATE ON difference_owner TO tokenledger_app;
