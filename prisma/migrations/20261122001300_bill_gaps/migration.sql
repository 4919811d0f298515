-- Bill against ledger of a UTC month, over the days whose bill is final, as it came out after the provider was last read:
-- what alerts look at, for whom a month of calls is too much to go through each day.
CREATE TABLE bill_gap (
  tenant_id   uuid NOT NULL,
  provider    text NOT NULL,
  month       date NOT NULL,
  compared_at timestamptz NOT NULL,
  -- The final days: how many, the first and the last of them.
  days        integer NOT NULL CHECK (days > 0),
  first_day   date NOT NULL,
  last_day    date NOT NULL,
  bill_usd    numeric(38, 18) NOT NULL CHECK (bill_usd <> 'NaN'),
  ledger_usd  numeric(38, 18) NOT NULL CHECK (ledger_usd <> 'NaN'),
  -- USD by cause, decimal strings: they add up to the gap.
  by_cause    jsonb NOT NULL,
  PRIMARY KEY (tenant_id, provider, month)
);

CALL internal.protect('bill_gap', 'app', 'jobs');
GRANT SELECT, INSERT, UPDATE, DELETE ON bill_gap TO tokenledger_app;
GRANT SELECT ON bill_gap TO tokenledger_jobs;
