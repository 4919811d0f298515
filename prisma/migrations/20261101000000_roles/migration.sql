-- Login roles, one a purpose. None owns a table, is a superuser or bypasses row-level security, and none is a member
-- of another. They get their passwords from whoever provisions the database (server/launch/provision.ts, or an admin).
--   app     dashboards and settings: one tenant at a time
--   ingest  writes calls: one tenant at a time, and can read back nothing but their ids
--   jobs    rolls up: sees which tenants have work; everything else one tenant at a time
--   auth    sign-in and key look-ups, before the tenant is known
DO $$
DECLARE r text;
BEGIN
  FOREACH r IN ARRAY ARRAY['tokenledger_app', 'tokenledger_ingest', 'tokenledger_jobs', 'tokenledger_auth'] LOOP
    IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = r) THEN
      EXECUTE format('CREATE ROLE %I LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS NOINHERIT', r);
    END IF;
  END LOOP;
END $$;

REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO tokenledger_app, tokenledger_ingest, tokenledger_jobs, tokenledger_auth;

-- Helpers for migrations and for create_month; no runtime role may enter this schema.
CREATE SCHEMA internal;

-- Row-level security for a tenant's table: enabled, forced, and open to the named roles for the current tenant alone.
-- The setting is read in a sub-select so that the planner evaluates it once; unset or empty means no rows.
CREATE PROCEDURE internal.protect(rel regclass, VARIADIC roles text[]) LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', rel);
  EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', rel);
  EXECUTE format(
    'CREATE POLICY tenant_only ON %s TO %s
       USING      (tenant_id = (SELECT nullif(current_setting(''app.tenant_id'', true), '''')::uuid))
       WITH CHECK (tenant_id = (SELECT nullif(current_setting(''app.tenant_id'', true), '''')::uuid))',
    rel, (SELECT string_agg(quote_ident('tokenledger_' || r), ', ') FROM unnest(roles) AS r));
END $$;
