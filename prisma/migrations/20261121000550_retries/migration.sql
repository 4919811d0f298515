-- Second attempts by what had made them necessary, and failures by whether they are paid for: days of the tenant's
-- reporting zone, from the ledger. Neither can be told from the quarter hours: the cause of a retry is another call's,
-- perhaps of the day before. A missing tag is '', and the number n only makes a row's key, as in every roll-up.
CREATE TABLE rollup_retry_day (
  tenant_id       uuid NOT NULL,
  day             date NOT NULL,
  n               integer NOT NULL,
  kind            text NOT NULL,
  provider        text NOT NULL,
  model           text NOT NULL,
  feature         text NOT NULL,
  team            text NOT NULL,
  environment     text NOT NULL,
  prompt_id       text NOT NULL,
  prompt_version  text NOT NULL,
  error_class     text NOT NULL,
  -- How the attempt before had failed; '': the ledger has no failure that explains it.
  cause           text NOT NULL,
  calls           bigint NOT NULL,
  cost_usd        numeric(38, 18) NOT NULL,
  unpriced_calls  bigint NOT NULL,
  PRIMARY KEY (tenant_id, day, n)
);

CREATE TABLE rollup_failure_day (
  tenant_id       uuid NOT NULL,
  day             date NOT NULL,
  n               integer NOT NULL,
  kind            text NOT NULL,
  provider        text NOT NULL,
  model           text NOT NULL,
  feature         text NOT NULL,
  team            text NOT NULL,
  environment     text NOT NULL,
  prompt_id       text NOT NULL,
  prompt_version  text NOT NULL,
  error_class     text NOT NULL,
  billed          text NOT NULL CHECK (billed IN ('yes', 'no', 'unknown')),
  calls           bigint NOT NULL,
  cost_usd        numeric(38, 18) NOT NULL,
  unpriced_calls  bigint NOT NULL,
  PRIMARY KEY (tenant_id, day, n)
);

CALL internal.protect('rollup_retry_day', 'app', 'jobs');
CALL internal.protect('rollup_failure_day', 'app', 'jobs');
GRANT SELECT ON rollup_retry_day, rollup_failure_day TO tokenledger_app;
GRANT SELECT, INSERT, DELETE ON rollup_retry_day, rollup_failure_day TO tokenledger_jobs;
