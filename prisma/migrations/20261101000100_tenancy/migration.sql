-- People, tenants, who belongs where, and the keys their apps use.

CREATE TABLE person (
  id                uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  email             text NOT NULL UNIQUE CHECK (email = lower(email)),
  name              text NOT NULL DEFAULT '',
  password_hash     text,
  email_verified_at timestamptz,
  session_version   integer NOT NULL DEFAULT 1,
  created_at        timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE oauth_account (
  provider            text NOT NULL,
  provider_account_id text NOT NULL,
  person_id           uuid NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  created_at          timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (provider, provider_account_id)
);

CREATE TABLE sign_in_token (
  email        text NOT NULL,
  token_digest bytea NOT NULL,
  expires_at   timestamptz NOT NULL,
  PRIMARY KEY (email, token_digest)
);

-- Attempts by account and by address; the shape is rate-limiter-flexible's.
CREATE TABLE sign_in_throttle (
  key    varchar(255) PRIMARY KEY,
  points integer NOT NULL DEFAULT 0,
  expire bigint
);

CREATE TABLE tenant (
  tenant_id              uuid PRIMARY KEY,
  slug                   text NOT NULL,
  name                   text NOT NULL,
  time_zone              text NOT NULL DEFAULT 'UTC',
  latency_buffer_minutes integer NOT NULL DEFAULT 60 CHECK (latency_buffer_minutes BETWEEN 15 AND 2880),
  created_at             timestamptz NOT NULL DEFAULT now()
);
-- A slug names one tenant in the address bar: the one uniqueness that spans tenants, and no secret.
CREATE UNIQUE INDEX tenant_slug_key ON tenant (slug);

CREATE TABLE member (
  tenant_id  uuid NOT NULL REFERENCES tenant (tenant_id) ON DELETE CASCADE,
  person_id  uuid NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  role       text NOT NULL CHECK (role IN ('owner', 'admin', 'finance', 'viewer')),
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, person_id)
);
CREATE INDEX member_person ON member (person_id);

CREATE TABLE invitation (
  tenant_id    uuid NOT NULL REFERENCES tenant (tenant_id) ON DELETE CASCADE,
  id           uuid NOT NULL DEFAULT gen_random_uuid(),
  email        text NOT NULL CHECK (email = lower(email)),
  role         text NOT NULL CHECK (role IN ('owner', 'admin', 'finance', 'viewer')),
  token_digest bytea NOT NULL,
  invited_by   uuid,
  created_at   timestamptz NOT NULL DEFAULT now(),
  expires_at   timestamptz NOT NULL,
  accepted_at  timestamptz,
  revoked_at   timestamptz,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX invitation_token ON invitation (token_digest);

CREATE TABLE api_key (
  tenant_id    uuid NOT NULL REFERENCES tenant (tenant_id) ON DELETE CASCADE,
  id           uuid NOT NULL DEFAULT gen_random_uuid(),
  public_id    text NOT NULL,
  digest       bytea NOT NULL,
  name         text NOT NULL,
  scopes       text[] NOT NULL CHECK (scopes <@ ARRAY['ingest', 'read', 'gate']),
  pins         jsonb NOT NULL DEFAULT '{}',
  created_by   uuid,
  created_at   timestamptz NOT NULL DEFAULT now(),
  expires_at   timestamptz,
  revoked_at   timestamptz,
  last_used_at timestamptz,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX api_key_public_id ON api_key (public_id);

-- Append-only; each row carries the hash of the one before it, so a gap shows.
CREATE TABLE audit_event (
  tenant_id  uuid NOT NULL REFERENCES tenant (tenant_id) ON DELETE CASCADE,
  seq        bigint NOT NULL,
  at         timestamptz NOT NULL DEFAULT now(),
  actor_kind text NOT NULL CHECK (actor_kind IN ('person', 'key', 'system')),
  actor_id   text NOT NULL,
  action     text NOT NULL,
  subject    text NOT NULL,
  before     jsonb,
  after      jsonb,
  request_id text NOT NULL,
  prev_hash  bytea NOT NULL,
  hash       bytea NOT NULL,
  PRIMARY KEY (tenant_id, seq)
);

CALL internal.protect('tenant', 'app', 'ingest', 'jobs');
CALL internal.protect('member', 'app');
CALL internal.protect('invitation', 'app');
CALL internal.protect('api_key', 'app');
CALL internal.protect('audit_event', 'app');

-- Before the tenant is known: auth may look people, memberships and keys up, and nothing else.
CREATE POLICY auth_reads ON tenant FOR SELECT TO tokenledger_auth USING (true);
CREATE POLICY auth_reads ON member FOR SELECT TO tokenledger_auth USING (true);
CREATE POLICY auth_reads ON invitation FOR SELECT TO tokenledger_auth USING (true);
CREATE POLICY auth_reads ON api_key FOR SELECT TO tokenledger_auth USING (true);
CREATE POLICY auth_touches ON api_key FOR UPDATE TO tokenledger_auth USING (true) WITH CHECK (true);
-- The roll-up fans out over tenants, so it must be able to name them.
CREATE POLICY jobs_read ON tenant FOR SELECT TO tokenledger_jobs USING (true);

ALTER TABLE person ENABLE ROW LEVEL SECURITY;
ALTER TABLE person FORCE ROW LEVEL SECURITY;
CREATE POLICY auth_owns ON person TO tokenledger_auth USING (true) WITH CHECK (true);
-- A tenant sees its own members' names, no one else's (the sub-select is itself under member's policy).
CREATE POLICY fellow_members ON person FOR SELECT TO tokenledger_app
  USING (id IN (SELECT m.person_id FROM member m));

ALTER TABLE oauth_account ENABLE ROW LEVEL SECURITY;
ALTER TABLE oauth_account FORCE ROW LEVEL SECURITY;
CREATE POLICY auth_owns ON oauth_account TO tokenledger_auth USING (true) WITH CHECK (true);
ALTER TABLE sign_in_token ENABLE ROW LEVEL SECURITY;
ALTER TABLE sign_in_token FORCE ROW LEVEL SECURITY;
CREATE POLICY auth_owns ON sign_in_token TO tokenledger_auth USING (true) WITH CHECK (true);
ALTER TABLE sign_in_throttle ENABLE ROW LEVEL SECURITY;
ALTER TABLE sign_in_throttle FORCE ROW LEVEL SECURITY;
CREATE POLICY auth_owns ON sign_in_throttle TO tokenledger_auth USING (true) WITH CHECK (true);

GRANT SELECT, INSERT, UPDATE ON tenant TO tokenledger_app;
GRANT SELECT ON tenant TO tokenledger_ingest, tokenledger_jobs, tokenledger_auth;
GRANT SELECT, INSERT, UPDATE, DELETE ON member TO tokenledger_app;
GRANT SELECT ON member TO tokenledger_auth;
GRANT SELECT, INSERT, UPDATE ON invitation TO tokenledger_app;
GRANT SELECT ON invitation TO tokenledger_auth;
GRANT SELECT (tenant_id, id, public_id, name, scopes, pins, created_by, created_at, expires_at, revoked_at, last_used_at),
      INSERT, UPDATE (name, pins, expires_at, revoked_at) ON api_key TO tokenledger_app;
GRANT SELECT (tenant_id, id, public_id, digest, scopes, pins, expires_at, revoked_at, last_used_at),
      UPDATE (last_used_at) ON api_key TO tokenledger_auth;
GRANT SELECT, INSERT ON audit_event TO tokenledger_app;
GRANT SELECT (id, email, name) ON person TO tokenledger_app;
GRANT SELECT, INSERT, UPDATE ON person TO tokenledger_auth;
GRANT SELECT, INSERT, DELETE ON oauth_account, sign_in_token TO tokenledger_auth;
GRANT SELECT, INSERT, UPDATE, DELETE ON sign_in_throttle TO tokenledger_auth;
