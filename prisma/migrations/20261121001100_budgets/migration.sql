-- What a subject may cost in a month or a day. A change closes one version and opens the next, so that the budget of a
-- past month is still known.
CREATE TABLE budget (
  tenant_id    uuid NOT NULL,
  id           uuid NOT NULL,
  version      integer NOT NULL CHECK (version >= 1),
  subject_kind text NOT NULL CHECK (subject_kind IN ('tenant', 'team', 'feature', 'user', 'account', 'environment')),
  -- Empty for the tenant itself.
  subject_key  text NOT NULL CHECK ((subject_key = '') = (subject_kind = 'tenant')),
  -- Of the tenant's zone.
  period       text NOT NULL CHECK (period IN ('month', 'day')),
  amount_usd   numeric(38, 18) NOT NULL CHECK (amount_usd > 0 AND amount_usd <> 'NaN' AND amount_usd < 'Infinity'),
  -- Per cent of the amount at which somebody is told, ascending.
  thresholds   smallint[] NOT NULL CHECK (cardinality(thresholds) BETWEEN 1 AND 8),
  -- Whether the gate turns calls away that would exceed it; null: it only tells.
  enforcement  text CHECK (enforcement IN ('ask', 'deny')),
  -- A member who answers for it.
  owner_id     uuid,
  note         text,
  valid_from   timestamptz NOT NULL,
  -- Null: in force.
  valid_to     timestamptz,
  created_by   text NOT NULL,
  PRIMARY KEY (tenant_id, id, version),
  CHECK (valid_to >= valid_from)
);
CREATE UNIQUE INDEX budget_in_force ON budget (tenant_id, subject_kind, subject_key, period) WHERE valid_to IS NULL;
CREATE UNIQUE INDEX budget_one_version_in_force ON budget (tenant_id, id) WHERE valid_to IS NULL;

CALL internal.protect('budget', 'app', 'jobs');
-- Versions are closed, never changed otherwise or deleted.
GRANT SELECT, INSERT ON budget TO tokenledger_app;
GRANT UPDATE (valid_to, subject_key) ON budget TO tokenledger_app;
GRANT SELECT ON budget TO tokenledger_jobs;
