-- What people say about a feature: who answers for it, what counts as its success, and why it must not be killed.
CREATE TABLE feature_setting (
  tenant_id        uuid NOT NULL,
  feature          text NOT NULL CHECK (feature <> ''),
  -- A member who answers for it.
  owner_id         uuid,
  -- The usage event that is its conversion.
  conversion_event text,
  -- Months of the year in which it is used, 1 to 12; empty: all year.
  seasonal_months  smallint[] NOT NULL DEFAULT '{}'
    CHECK (cardinality(seasonal_months) <= 11 AND seasonal_months <@ ARRAY[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]::smallint[]),
  -- Why no review may suggest to kill it; null: it may.
  protected_reason text CHECK (protected_reason <> ''),
  updated_by       text NOT NULL,
  updated_at       timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, feature)
);

CALL internal.protect('feature_setting', 'app', 'jobs');
GRANT SELECT, INSERT, UPDATE, DELETE ON feature_setting TO tokenledger_app;
GRANT SELECT ON feature_setting TO tokenledger_jobs;
