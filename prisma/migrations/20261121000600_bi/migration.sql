-- BI access: each tenant's login roles read its rows through the views of the schema bi, and nothing else. What such a
-- role sees rests on who it is (current_user), never on a setting, for a SQL user can SET any of those.
--   tokenledger_reader  the group whose policies and grants every reader has; nobody logs in as it
--   tokenledger_keeper  owns the functions that make and end readers; alone may create roles, and nobody logs in as it
-- Provisioning makes both (server/launch/provision-readers.ts): the migrator may not create roles.
DO $$
BEGIN
  IF (SELECT count(*) FROM pg_roles WHERE rolname IN ('tokenledger_reader', 'tokenledger_keeper')) < 2
    OR NOT pg_has_role(current_user, 'tokenledger_keeper', 'MEMBER') THEN
    RAISE EXCEPTION 'the roles of BI access are missing: run "npm run db:provision -- ADMIN_URL" again, or make them as server/bi/README.md says';
  END IF;
END $$;

-- Which tenant a login role reads. No mapping, no rows.
CREATE TABLE bi_login (
  tenant_id  uuid NOT NULL REFERENCES tenant (tenant_id) ON DELETE CASCADE,
  id         uuid NOT NULL,
  -- On the server; random, because every role of a server sees the names of all.
  role_name  text NOT NULL,
  -- What people call it.
  name       text NOT NULL,
  created_by text NOT NULL,
  created_at timestamptz NOT NULL,
  -- When its password was last replaced.
  rotated_at timestamptz,
  PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX bi_login_role_name_key ON bi_login (role_name);

CALL internal.protect('bi_login', 'app', 'keeper');
-- Readers share the server's connections, so it counts them all before it makes another.
CREATE POLICY keeper_counts ON bi_login FOR SELECT TO tokenledger_keeper USING (true);
CREATE POLICY reader_self ON bi_login FOR SELECT TO tokenledger_reader USING (role_name = current_user);
GRANT USAGE ON SCHEMA public TO tokenledger_keeper;
GRANT SELECT ON bi_login TO tokenledger_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON bi_login TO tokenledger_keeper;
GRANT SELECT (tenant_id, role_name) ON bi_login TO tokenledger_reader;

-- The mapping is read in a sub-select so that the planner evaluates it once, and still finds the tenant's rows by index.
DO $$
DECLARE rel text;
BEGIN
  FOREACH rel IN ARRAY ARRAY['call', 'call_correction', 'rollup_day', 'rollup_user_day'] LOOP
    EXECUTE format(
      'CREATE POLICY reader_only ON %I FOR SELECT TO tokenledger_reader
         USING (tenant_id = (SELECT l.tenant_id FROM bi_login l WHERE l.role_name = current_user))', rel);
  END LOOP;
END $$;

-- Readers get no USAGE on public: its tables and partitions can be read through these views alone. Every text is an
-- expression here and no bare column, for of a column the planner keeps samples of all tenants' values, which EXPLAIN's
-- estimates would tell; of an expression it knows nothing.
CREATE SCHEMA bi;

-- A row for each call; one that served several has a row for each of them, whose tokens and cost add up to the whole, and
-- is counted in the first (`calls` is 1 there and 0 in the others).
CREATE VIEW bi.calls WITH (security_invoker = true, security_barrier = true) AS
SELECT
  occurred_at AS "timestamp",
  nullif(call_id, '') AS id,
  nullif(user_id, '') AS user_id,
  nullif(account_id, '') AS account_id,
  nullif(feature, '') AS feature,
  nullif(team, '') AS team,
  nullif(environment, '') AS environment,
  nullif(prompt_id, '') AS prompt_id,
  nullif(prompt_version, '') AS prompt_version,
  nullif(provider, '') AS provider,
  nullif(model, '') AS model,
  nullif(kind, '') AS kind,
  CASE WHEN share_no > 1 THEN 0 ELSE 1 END AS calls,
  fresh_input_tokens::bigint + cache_read_tokens + cache_write_5m_tokens + cache_write_1h_tokens + audio_input_tokens
    AS input_tokens,
  visible_output_tokens::bigint + reasoning_tokens + audio_output_tokens AS output_tokens,
  cache_read_tokens,
  cost_usd,
  nullif(price_status, '') AS price_status,
  nullif(error_class, '') AS error_class,
  attempt,
  latency_ms,
  nullif(run_id, '') AS run_id,
  nullif(share_of, '') AS share_of
FROM public.call;

-- What closed months should have cost besides, in the month in which it was booked: in no cost of the other views.
CREATE VIEW bi.corrections WITH (security_invoker = true, security_barrier = true) AS
SELECT
  booked_at,
  month,
  occurred_at AS "timestamp",
  nullif(call_id, '') AS id,
  nullif(user_id, '') AS user_id,
  nullif(feature, '') AS feature,
  nullif(team, '') AS team,
  nullif(environment, '') AS environment,
  nullif(prompt_id, '') AS prompt_id,
  nullif(prompt_version, '') AS prompt_version,
  nullif(provider, '') AS provider,
  nullif(model, '') AS model,
  delta_usd
FROM public.call_correction;

-- Sums by day of the tenant's zone. Unpriced calls are in no cost and are counted beside it; where nothing has a price
-- the cost is null, not 0.
DO $$
DECLARE
  sums CONSTANT text := $sql$
    sum(calls)::bigint AS calls,
    sum(fresh_input_tokens + cache_read_tokens + cache_write_5m_tokens + cache_write_1h_tokens + audio_input_tokens)::bigint
      AS input_tokens,
    sum(visible_output_tokens + reasoning_tokens + audio_output_tokens)::bigint AS output_tokens,
    sum(cache_read_tokens)::bigint AS cache_read_tokens,
    CASE WHEN sum(cost_usd) = 0 AND sum(calls) = sum(unpriced_calls) AND sum(unpriced_calls + unpriced_tokens) > 0
      THEN NULL ELSE sum(cost_usd) END AS cost_usd,
    sum(unpriced_calls)::bigint AS unpriced_calls,
    sum(error_calls)::bigint AS error_calls,
    sum(retry_calls)::bigint AS retry_calls,
    sum(retry_cost_usd) AS retry_cost_usd $sql$;
  view record;
BEGIN
  FOR view IN
    SELECT * FROM (VALUES
      ('daily_cost', 'rollup_day', ARRAY['provider', 'model', 'feature', 'team', 'environment']),
      ('features', 'rollup_day', ARRAY['feature']),
      ('prompts', 'rollup_day', ARRAY['prompt_id', 'prompt_version']),
      ('users', 'rollup_user_day', ARRAY['user_id', 'account_id'])
    ) AS v (name, source, tags)
  LOOP
    EXECUTE format(
      'CREATE VIEW bi.%I WITH (security_invoker = true, security_barrier = true) AS
         SELECT day, %s, %s FROM public.%I GROUP BY day, %s',
      view.name,
      (SELECT string_agg(format('nullif(%I, '''') AS %I', tag, tag), ', ') FROM unnest(view.tags) AS tag),
      sums,
      view.source,
      (SELECT string_agg(format('nullif(%I, '''')', tag), ', ') FROM unnest(view.tags) AS tag));
  END LOOP;
END $$;

GRANT USAGE ON SCHEMA bi TO tokenledger_reader;
GRANT SELECT ON bi.calls, bi.corrections, bi.daily_cost, bi.features, bi.prompts, bi.users TO tokenledger_reader;
-- Of the tables, the columns that the views show and the policies ask for, and no other. (Nor can a reader take away with
-- DROP OWNED what its group was granted: PostgreSQL refuses that of tables of which one holds columns alone.)
DO $$
DECLARE base record;
BEGIN
  FOR base IN
    SELECT d.refobjid::regclass AS rel, string_agg(DISTINCT quote_ident(a.attname), ', ') AS columns
    FROM pg_depend d
    JOIN pg_rewrite r ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid
    JOIN pg_class v ON v.oid = r.ev_class AND v.relnamespace = 'bi'::regnamespace
    JOIN pg_attribute a ON d.refclassid = 'pg_class'::regclass AND a.attrelid = d.refobjid
      AND (a.attnum = d.refobjsubid OR a.attname = 'tenant_id')
    WHERE d.refobjid <> v.oid
    GROUP BY d.refobjid
  LOOP
    EXECUTE format('GRANT SELECT (%s) ON %s TO tokenledger_reader', base.columns, base.rel);
  END LOOP;
END $$;

-- The keeper's functions. All take the tenant from the transaction, as policies do.

CREATE FUNCTION bi_tenant() RETURNS uuid LANGUAGE plpgsql STABLE SET search_path = '' AS $$
DECLARE tenant uuid := nullif(pg_catalog.current_setting('app.tenant_id', true), '')::uuid;
BEGIN
  IF tenant IS NULL THEN RAISE EXCEPTION 'no tenant is set' USING ERRCODE = '22023'; END IF;
  RETURN tenant;
END $$;

-- Makes the role, or puts it back as it was made: its owner may change its settings and its password.
CREATE FUNCTION bi_make_role(login text, verifier text) RETURNS void LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
  -- Only ever a reader, and only a verifier: a plain password must not reach the server's log.
  IF (login ~ '^tlr_[0-9a-f]{20}$'
    AND verifier ~ '^SCRAM-SHA-256\$[0-9]+:[A-Za-z0-9+/]+=*\$[A-Za-z0-9+/]+=*:[A-Za-z0-9+/]+=*$') IS NOT TRUE THEN
    RAISE EXCEPTION 'not a reader and its verifier' USING ERRCODE = '22023';
  END IF;
  IF pg_catalog.to_regrole(login) IS NULL THEN
    EXECUTE pg_catalog.format('CREATE ROLE %I LOGIN INHERIT CONNECTION LIMIT 5', login);
    EXECUTE pg_catalog.format('GRANT tokenledger_reader TO %I WITH INHERIT TRUE, SET FALSE', login);
  END IF;
  EXECUTE pg_catalog.format('ALTER ROLE %I PASSWORD %L', login, verifier);
  -- Defaults for well-meaning tools; whoever logs in may set them otherwise. What holds is what is not granted.
  EXECUTE pg_catalog.format('ALTER ROLE %I RESET ALL', login);
  EXECUTE pg_catalog.format('ALTER ROLE %I SET default_transaction_read_only = on', login);
  EXECUTE pg_catalog.format('ALTER ROLE %I SET statement_timeout = %L', login, '60s');
  EXECUTE pg_catalog.format('ALTER ROLE %I SET idle_in_transaction_session_timeout = %L', login, '60s');
  EXECUTE pg_catalog.format('ALTER ROLE %I SET search_path = bi', login);
  EXECUTE pg_catalog.format('ALTER ROLE %I SET timezone = %L', login, 'UTC');
  -- This one no user can raise. A managed server may not let us set it.
  IF pg_catalog.has_parameter_privilege('temp_file_limit', 'SET') THEN
    EXECUTE pg_catalog.format('ALTER ROLE %I SET temp_file_limit = %L', login, '2GB');
  END IF;
END $$;

-- Only who inherits from a role may end its sessions.
CREATE FUNCTION bi_end_sessions(login text) RETURNS void LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
  EXECUTE pg_catalog.format('GRANT %I TO CURRENT_USER WITH INHERIT TRUE, SET FALSE', login);
  PERFORM pg_catalog.pg_terminate_backend(pid) FROM pg_catalog.pg_stat_activity WHERE usename = login;
  EXECUTE pg_catalog.format('GRANT %I TO CURRENT_USER WITH INHERIT FALSE', login);
END $$;

/*
 * A new reader of the transaction's tenant. Answers 'made', or what there is no room for: 'tenant full', 'server full',
 * 'server too old' (before PostgreSQL 16 a role that may create roles may change every other).
 */
CREATE FUNCTION bi_create_reader(reader uuid, login text, verifier text, label text, maker text, made_at timestamptz)
RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
  tenant uuid := public.bi_tenant();
  of_tenant bigint;
  of_server bigint;
BEGIN
  IF pg_catalog.current_setting('server_version_num')::integer < 160000 THEN RETURN 'server too old'; END IF;
  -- Two at once would count the same room.
  LOCK TABLE public.bi_login IN SHARE ROW EXCLUSIVE MODE;
  SELECT count(*) FILTER (WHERE tenant_id = tenant), count(*) INTO of_tenant, of_server FROM public.bi_login;
  IF of_tenant >= 5 THEN RETURN 'tenant full'; END IF;
  -- At most half of the connections are for readers: the others are what the product itself lives on.
  IF (of_server + 1) * 5 > pg_catalog.current_setting('max_connections')::integer / 2 THEN RETURN 'server full'; END IF;
  IF pg_catalog.to_regrole(login) IS NOT NULL THEN
    RAISE EXCEPTION 'there is such a role' USING ERRCODE = '42710';
  END IF;
  PERFORM public.bi_make_role(login, verifier);
  INSERT INTO public.bi_login (tenant_id, id, role_name, name, created_by, created_at)
  VALUES (tenant, reader, login, label, maker, made_at);
  RETURN 'made';
END $$;

-- Another password, and the end of every session of the last one. Makes the role anew where the server has lost it (a
-- dump holds no roles). Answers the role's name; null if the tenant has no such reader.
CREATE FUNCTION bi_rotate_reader(reader uuid, verifier text, rotated timestamptz)
RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
  tenant uuid := public.bi_tenant();
  login text;
BEGIN
  UPDATE public.bi_login SET rotated_at = rotated WHERE tenant_id = tenant AND id = reader RETURNING role_name INTO login;
  IF login IS NULL THEN RETURN NULL; END IF;
  PERFORM public.bi_make_role(login, verifier);
  PERFORM public.bi_end_sessions(login);
  RETURN login;
END $$;

-- The end of a reader: its mapping, its sessions, its role. Answers the role's name; null if the tenant has no such reader.
CREATE FUNCTION bi_revoke_reader(reader uuid)
RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
  tenant uuid := public.bi_tenant();
  login text;
BEGIN
  DELETE FROM public.bi_login WHERE tenant_id = tenant AND id = reader RETURNING role_name INTO login;
  IF login IS NULL OR login !~ '^tlr_[0-9a-f]{20}$' OR pg_catalog.to_regrole(login) IS NULL THEN RETURN login; END IF;
  EXECUTE pg_catalog.format('ALTER ROLE %I NOLOGIN PASSWORD NULL', login);
  PERFORM public.bi_end_sessions(login);
  -- Default privileges are the one thing that anybody can own; they would keep the role alive.
  EXECUTE pg_catalog.format('GRANT %I TO CURRENT_USER WITH INHERIT TRUE', login);
  EXECUTE pg_catalog.format('DROP OWNED BY %I', login);
  EXECUTE pg_catalog.format('REVOKE tokenledger_reader FROM %I', login);
  BEGIN
    EXECUTE pg_catalog.format('DROP ROLE %I', login);
  EXCEPTION WHEN dependent_objects_still_exist THEN
    -- It owns something in another database of this server. It stays, and can neither log in nor read.
    EXECUTE pg_catalog.format('GRANT %I TO CURRENT_USER WITH INHERIT FALSE', login);
  END;
  RETURN login;
END $$;

REVOKE ALL ON FUNCTION bi_tenant(), bi_make_role(text, text), bi_end_sessions(text),
  bi_create_reader(uuid, text, text, text, text, timestamptz), bi_rotate_reader(uuid, text, timestamptz),
  bi_revoke_reader(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION bi_create_reader(uuid, text, text, text, text, timestamptz),
  bi_rotate_reader(uuid, text, timestamptz), bi_revoke_reader(uuid) TO tokenledger_app;
REVOKE ALL ON PROCEDURE internal.protect(regclass, text[]) FROM PUBLIC;

GRANT CREATE ON SCHEMA public TO tokenledger_keeper;
ALTER FUNCTION bi_tenant() OWNER TO tokenledger_keeper;
ALTER FUNCTION bi_make_role(text, text) OWNER TO tokenledger_keeper;
ALTER FUNCTION bi_end_sessions(text) OWNER TO tokenledger_keeper;
ALTER FUNCTION bi_create_reader(uuid, text, text, text, text, timestamptz) OWNER TO tokenledger_keeper;
ALTER FUNCTION bi_rotate_reader(uuid, text, timestamptz) OWNER TO tokenledger_keeper;
ALTER FUNCTION bi_revoke_reader(uuid) OWNER TO tokenledger_keeper;
REVOKE CREATE ON SCHEMA public FROM tokenledger_keeper;
