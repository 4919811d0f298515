-- How a tenant wants its calls attributed. One row a tenant, absent until something is set.
CREATE TABLE tenant_policy (
  tenant_id         uuid PRIMARY KEY,
  -- Grows with every change of the policy, the rules, contract rates and discounts: what processes remember goes stale by it.
  revision          bigint NOT NULL DEFAULT 1,
  -- {"feature": "unattributed", "team": "reject"}; a tag that is not named is accepted without a value.
  tag_policy        jsonb NOT NULL DEFAULT '{}',
  -- {"myapp.feature": "feature"}: attributes of spans and metadata of gateways, and the tag that each is.
  attribute_map     jsonb NOT NULL DEFAULT '{}',
  pseudonymise      boolean NOT NULL DEFAULT false,
  -- Half of the key of pseudonyms; the other half is outside the database. Without it nobody can tell who is who.
  pseudonym_salt    bytea,
  updated_at        timestamptz NOT NULL
);

-- "Calls without a feature on route /chat are feature chat." Never edited: a change is the next version, an end a retired one.
CREATE TABLE attribution_rule (
  tenant_id  uuid NOT NULL,
  id         uuid NOT NULL,
  version    integer NOT NULL CHECK (version >= 1),
  name       text NOT NULL,
  conditions jsonb NOT NULL,
  sets       jsonb NOT NULL,
  position   integer NOT NULL,
  retired    boolean NOT NULL DEFAULT false,
  known_from timestamptz NOT NULL,
  set_by     text NOT NULL,
  PRIMARY KEY (tenant_id, id, version)
);

-- A rule applied to the past, or taken back.
CREATE TABLE attribution_run (
  tenant_id     uuid NOT NULL,
  id            uuid NOT NULL DEFAULT gen_random_uuid(),
  kind          text NOT NULL CHECK (kind IN ('apply', 'revert')),
  rule_id       uuid NOT NULL,
  rule_version  integer NOT NULL,
  -- The run that this one takes back.
  reverts       uuid,
  from_at       timestamptz NOT NULL,
  to_at         timestamptz NOT NULL,
  state         text NOT NULL CHECK (state IN ('running', 'done', 'failed')),
  requested_by  text NOT NULL,
  requested_at  timestamptz NOT NULL,
  finished_at   timestamptz,
  failure       text,
  calls_seen    bigint NOT NULL DEFAULT 0,
  calls_changed bigint NOT NULL DEFAULT 0,
  moved_usd     numeric(38, 18) NOT NULL DEFAULT 0,
  calls_frozen  bigint NOT NULL DEFAULT 0,
  cursor_at     timestamptz,
  cursor_id     text,
  progressed_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id)
);

-- A person to be forgotten. The id is sealed, and gone when the work is done.
CREATE TABLE erasure (
  tenant_id     uuid NOT NULL,
  id            uuid NOT NULL DEFAULT gen_random_uuid(),
  subject       bytea,
  -- What stands where the id stood.
  alias         text NOT NULL,
  state         text NOT NULL CHECK (state IN ('running', 'done', 'failed')),
  requested_by  text NOT NULL,
  requested_at  timestamptz NOT NULL,
  finished_at   timestamptz,
  failure       text,
  calls         bigint NOT NULL DEFAULT 0,
  events        bigint NOT NULL DEFAULT 0,
  -- How far it is: which table, and in it everything up to this instant.
  phase         smallint NOT NULL DEFAULT 0,
  cursor_at     timestamptz,
  progressed_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, id)
);

CALL internal.protect('tenant_policy', 'app', 'ingest', 'jobs');
CALL internal.protect('attribution_rule', 'app', 'ingest', 'jobs');
CALL internal.protect('attribution_run', 'app', 'jobs');
CALL internal.protect('erasure', 'app', 'jobs');
GRANT SELECT, INSERT, UPDATE ON tenant_policy TO tokenledger_app;
GRANT SELECT ON tenant_policy TO tokenledger_ingest, tokenledger_jobs;
GRANT SELECT, INSERT ON attribution_rule TO tokenledger_app;
GRANT SELECT ON attribution_rule TO tokenledger_ingest, tokenledger_jobs;
GRANT SELECT, INSERT, UPDATE ON attribution_run TO tokenledger_app, tokenledger_jobs;
GRANT SELECT, INSERT, UPDATE ON erasure TO tokenledger_app;
GRANT SELECT, UPDATE ON erasure TO tokenledger_jobs;
-- Whose run gave no sign of life, asked across tenants.
CREATE POLICY jobs_read ON attribution_run FOR SELECT TO tokenledger_jobs USING (true);
CREATE POLICY jobs_read ON erasure FOR SELECT TO tokenledger_jobs USING (true);
-- Days whose calls are no longer kept cannot be rolled up anew.
GRANT UPDATE (user_id, account_id) ON rollup_user_day TO tokenledger_jobs;
-- A rule may be about a person.
GRANT UPDATE (conditions, sets) ON attribution_rule TO tokenledger_jobs;
