-- When a user counts as at risk and as gone, of how many something may be claimed, and what an app's MRR is of; without a
-- row, as delivered (server/retention/schemas.ts).
CREATE TABLE retention_setting (
  tenant_id   uuid NOT NULL PRIMARY KEY,
  -- Days since the last one with activity.
  active_days integer NOT NULL CHECK (active_days BETWEEN 1 AND 365),
  churn_days  integer NOT NULL CHECK (churn_days BETWEEN 1 AND 730),
  min_users   integer NOT NULL CHECK (min_users BETWEEN 1 AND 1000),
  -- Whether the MRR that an app tells with a user is the user's own, or that of the whole account.
  mrr_of      text NOT NULL CHECK (mrr_of IN ('user', 'account')),
  updated_by  text NOT NULL,
  updated_at  timestamptz NOT NULL,
  CHECK (churn_days >= active_days)
);

CALL internal.protect('retention_setting', 'app', 'jobs');
GRANT SELECT, INSERT, UPDATE ON retention_setting TO tokenledger_app;
GRANT SELECT ON retention_setting TO tokenledger_jobs;
