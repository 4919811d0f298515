-- What accounts pay a month, as the billing provider's subscriptions say; and months that were closed although exports differ.

-- Of an account that somebody is mapped to, as read last. It counts while that very connection and mapping stand.
CREATE TABLE account_revenue (
  tenant_id     uuid NOT NULL,
  connection_id uuid NOT NULL,
  account_id    text NOT NULL,
  customer_id   text NOT NULL,
  source        text NOT NULL CHECK (source IN ('stripe')),
  -- Null: it cannot be told, such as where another currency is paid.
  mrr_usd       numeric(38, 18) CHECK (mrr_usd >= 0 AND mrr_usd < 'Infinity'),
  -- When the first of the subscriptions that count began.
  paid_since    timestamptz,
  subscriptions integer NOT NULL CHECK (subscriptions >= 0),
  trialing      integer NOT NULL CHECK (trialing >= 0),
  -- Sentences: what is not in it, and why.
  notes         text[] NOT NULL,
  read_at       timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, connection_id, account_id),
  CHECK (mrr_usd <> 'NaN'),
  FOREIGN KEY (tenant_id, connection_id) REFERENCES billing_connection (tenant_id, id)
);

ALTER TABLE billing_connection
  ADD COLUMN revenue_read_at timestamptz,
  ADD COLUMN revenue_tried_at timestamptz,
  ADD COLUMN revenue_failure text,
  -- Customers with a subscription whom no account is mapped to, and what they pay a month as far as it can be told.
  ADD COLUMN strangers integer,
  ADD COLUMN strangers_mrr_usd numeric(38, 18),
  -- When usage too old for the meters was last looked for.
  ADD COLUMN older_looked_at timestamptz;

-- Why a month was closed although its exports differed; null: they did not, or nobody bills by it.
ALTER TABLE period ADD COLUMN despite text;
ALTER TABLE period_closing ADD COLUMN despite text;

CALL internal.protect('account_revenue', 'app');
GRANT SELECT, INSERT, UPDATE, DELETE ON account_revenue TO tokenledger_app;
