/**
 * Questions to the database's catalogue, each of which must be answered with no row: a row is a way around the tenant
 * (reliability 2.1). They are asked of whatever is there, so a table, role or function of tomorrow is covered by itself.
 */
export interface Gate {
  name: string;
  /** Selects one text column, a sentence for each fault. */
  sql: string;
}

/** Everybody who may log in, save the bootstrap superuser and the role that owns the schema; and our groups, which may not. */
const runtimeRoles = `SELECT rolname AS role, oid FROM pg_roles
  WHERE (rolcanlogin OR rolname LIKE 'tokenledger\\_%') AND oid <> 10 AND rolname <> 'tokenledger_migrator'`;
/** The group of BI access and the logins in it. */
const isReader = (name: string) => `(${name} = 'tokenledger_reader' OR ${name} ~ '^tlr_[0-9a-f]{20}$')`;
const ownSchemas = `n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg\\_%'`;
const hasTenant = (relation: string) =>
  `EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = ${relation} AND a.attname = 'tenant_id' AND NOT a.attisdropped)`;

/** What a function with its owner's rights may be, and why it must be one. */
export const namedDefiners = {
  "create_month(date)": "ingest and jobs own no table, and history of any age needs its month",
  "bi_create_reader(uuid,text,text,text,text,timestamp with time zone)": "app may make no role but a reader",
  "bi_rotate_reader(uuid,text,timestamp with time zone)":
    "app may give no role a password but a reader of its tenant",
  "bi_revoke_reader(uuid)": "app may drop no role but a reader of its tenant",
};
/** What else belongs to the role that may create roles; nobody but that role may call these. */
const keepersOwn = ["bi_tenant()", "bi_make_role(text,text)", "bi_end_sessions(text)"];
/** Unique keys that do not start with the tenant, and why they may. */
export const namedGlobalKeys = {
  tenant_slug_key: "a slug names one tenant in the address bar; it is no secret",
  bi_login_role_name_key: "a role's name is one of the whole server's; it is random",
};
const quoted = (names: string[]) => names.map((name) => `'${name}'`).join(", ");

const canonical = "(tenant_id = ( SELECT (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid AS \"nullif\"))"; // prettier-ignore

/** A reader's tenant follows from who it is, and from no setting. */
const ofReader =
  "(tenant_id = ( SELECT l.tenant_id\n   FROM bi_login l\n  WHERE (l.role_name = CURRENT_USER)))";

/** Policies besides `tenant_only`: table, name, command, roles. Their reasons stand in cross-tenant-exceptions.ts. */
const namedPolicies = `VALUES
  ('tenant', 'auth_reads', 'r', 'tokenledger_auth'), ('member', 'auth_reads', 'r', 'tokenledger_auth'),
  ('invitation', 'auth_reads', 'r', 'tokenledger_auth'), ('api_key', 'auth_reads', 'r', 'tokenledger_auth'),
  ('api_key', 'auth_touches', 'w', 'tokenledger_auth'), ('tenant', 'jobs_read', 'r', 'tokenledger_jobs'),
  ('inbox', 'jobs_read', 'r', 'tokenledger_jobs'),
  ('attribution_run', 'jobs_read', 'r', 'tokenledger_jobs'), ('erasure', 'jobs_read', 'r', 'tokenledger_jobs'),
  ('rollup_dirty', 'jobs_read', 'r', 'tokenledger_jobs'), ('rollup_state', 'jobs_read', 'r', 'tokenledger_jobs'),
  ('activity_dirty', 'jobs_read', 'r', 'tokenledger_jobs'), ('activity_pending', 'jobs_read', 'r', 'tokenledger_jobs'),
  ('activity_state', 'jobs_read', 'r', 'tokenledger_jobs'),
  ('person', 'auth_owns', '*', 'tokenledger_auth'), ('person', 'fellow_members', 'r', 'tokenledger_app'),
  ('oauth_account', 'auth_owns', '*', 'tokenledger_auth'), ('sign_in_token', 'auth_owns', '*', 'tokenledger_auth'),
  ('sign_in_throttle', 'auth_owns', '*', 'tokenledger_auth'),
  ('price_version', 'everyone_reads', 'r', 'tokenledger_app tokenledger_ingest tokenledger_jobs'),
  ('price_rate', 'everyone_reads', 'r', 'tokenledger_app tokenledger_ingest tokenledger_jobs'),
  ('price_version', 'jobs_append', 'a', 'tokenledger_jobs'), ('price_rate', 'jobs_append', 'a', 'tokenledger_jobs'),
  ('settle_mark', 'jobs_read', 'r', 'tokenledger_jobs'), ('source_connection', 'jobs_read', 'r', 'tokenledger_jobs'),
  ('reprice_run', 'jobs_read', 'r', 'tokenledger_jobs'), ('delivery', 'jobs_read', 'r', 'tokenledger_jobs'),
  ('billing_connection', 'jobs_read', 'r', 'tokenledger_jobs'), ('bill_connection', 'jobs_read', 'r', 'tokenledger_jobs'), ('period_closing', 'jobs_read', 'r', 'tokenledger_jobs'),
  ('kill_review', 'jobs_read', 'r', 'tokenledger_jobs'), ('kill_decision', 'jobs_read', 'r', 'tokenledger_jobs'),
  ('incident_told', 'jobs_read', 'r', 'tokenledger_jobs'), ('incident_event', 'jobs_read', 'r', 'tokenledger_jobs'),
  ('price_feed', 'everyone_reads', 'r', 'tokenledger_app tokenledger_jobs'), ('price_feed', 'jobs_own', '*', 'tokenledger_jobs'),
  ('bi_login', 'keeper_counts', 'r', 'tokenledger_keeper'), ('bi_login', 'reader_self', 'r', 'tokenledger_reader'),
  ('call', 'reader_only', 'r', 'tokenledger_reader'), ('call_correction', 'reader_only', 'r', 'tokenledger_reader'),
  ('rollup_day', 'reader_only', 'r', 'tokenledger_reader'), ('rollup_user_day', 'reader_only', 'r', 'tokenledger_reader'),
  ('job_run', 'jobs_own', '*', 'tokenledger_jobs'), ('job_step', 'jobs_own', '*', 'tokenledger_jobs')`;

const policies = `SELECT c.relname, p.polname, p.polcmd, p.polroles, pg_get_expr(p.polqual, p.polrelid) AS using_expr,
    pg_get_expr(p.polwithcheck, p.polrelid) AS check_expr,
    (SELECT string_agg(r.rolname, ' ' ORDER BY r.rolname) FROM pg_roles r WHERE r.oid = ANY (p.polroles)) AS roles
  FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid`;

export const gates: Gate[] = [
  {
    name: "relations",
    sql: `SELECT format('%s reaches %s, which %s', r.role, c.oid::regclass, CASE
        WHEN c.relkind IN ('m', 'f') THEN 'cannot have row-level security'
        WHEN c.relkind = 'v' THEN 'shows what its owner sees' ELSE 'is not under forced row-level security' END) AS fault
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace, (${runtimeRoles}) AS r
      WHERE ${ownSchemas} AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
        AND (has_table_privilege(r.oid, c.oid, 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE')
          OR has_any_column_privilege(r.oid, c.oid, 'SELECT, INSERT, UPDATE'))
        AND (c.relkind IN ('m', 'f') OR (c.relkind IN ('r', 'p') AND NOT (c.relrowsecurity AND c.relforcerowsecurity))
          OR (c.relkind = 'v' AND NOT coalesce(c.reloptions && ARRAY['security_invoker=true', 'security_invoker=on'], false)))`,
  },
  {
    name: "tenant tables",
    sql: `SELECT format('%s holds tenants'' rows without forced row-level security', c.oid::regclass) AS fault
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE ${ownSchemas} AND c.relkind IN ('r', 'p') AND ${hasTenant("c.oid")} AND NOT (c.relrowsecurity AND c.relforcerowsecurity)`,
  },
  {
    name: "functions",
    sql: `SELECT format('%s may execute %s with its owner''s rights', r.role, p.oid::regprocedure) AS fault
      FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace, (${runtimeRoles}) AS r
      WHERE ${ownSchemas} AND p.prosecdef AND has_function_privilege(r.oid, p.oid, 'EXECUTE')
        AND (p.oid::regprocedure::text NOT IN (${quoted(Object.keys(namedDefiners))})
          OR NOT coalesce(p.proconfig && ARRAY['search_path=""'], false))
      UNION ALL SELECT format('%s has the rights of the keeper', p.oid::regprocedure) FROM pg_proc p
      WHERE p.proowner = 'tokenledger_keeper'::regrole AND (NOT coalesce(p.proconfig && ARRAY['search_path=""'], false)
        OR p.oid::regprocedure::text NOT IN (${quoted([...Object.keys(namedDefiners).filter((name) => name.startsWith("bi_")), ...keepersOwn])}))
      UNION ALL SELECT format('%s may execute %s, which is the keeper''s own', r.role, p.oid::regprocedure)
      FROM pg_proc p, (${runtimeRoles}) AS r WHERE p.oid::regprocedure::text IN (${quoted(keepersOwn)})
        AND r.role <> 'tokenledger_keeper' AND has_function_privilege(r.oid, p.oid, 'EXECUTE')`,
  },
  {
    name: "keys",
    sql: `SELECT format('unique key %s does not start with tenant_id', i.indexrelid::regclass) AS fault
      FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE ${ownSchemas} AND i.indisunique AND NOT c.relispartition AND ${hasTenant("c.oid")}
        AND i.indexrelid::regclass::text NOT IN (${quoted(Object.keys(namedGlobalKeys))})
        AND i.indkey[0] <> (SELECT attnum FROM pg_attribute WHERE attrelid = c.oid AND attname = 'tenant_id')
      UNION ALL SELECT format('foreign key %s can point into another tenant', k.conname)
      FROM pg_constraint k WHERE k.contype = 'f' AND ${hasTenant("k.confrelid")} AND NOT (${hasTenant("k.conrelid")}
        AND k.conkey[1] = (SELECT attnum FROM pg_attribute WHERE attrelid = k.conrelid AND attname = 'tenant_id')
        AND k.confkey[1] = (SELECT attnum FROM pg_attribute WHERE attrelid = k.confrelid AND attname = 'tenant_id'))`,
  },
  {
    name: "partitions",
    sql: `SELECT format('partition %s %s', c.oid::regclass, CASE WHEN NOT (c.relrowsecurity AND c.relforcerowsecurity)
        THEN 'is not under forced row-level security' WHEN EXISTS (SELECT FROM pg_policy WHERE polrelid = c.oid)
        THEN 'has a policy of its own' ELSE 'has grants of its own' END) AS fault
      FROM pg_class c WHERE c.relispartition AND c.relkind IN ('r', 'p') AND (NOT (c.relrowsecurity AND c.relforcerowsecurity)
        OR EXISTS (SELECT FROM pg_policy WHERE polrelid = c.oid)
        OR EXISTS (SELECT FROM aclexplode(c.relacl) AS g WHERE g.grantee <> c.relowner)
        OR EXISTS (SELECT FROM pg_attribute WHERE attrelid = c.oid AND attacl IS NOT NULL))`,
  },
  {
    name: "roles",
    sql: `SELECT format('%s is too powerful', rolname) AS fault FROM pg_roles
      WHERE (rolcanlogin OR rolname LIKE 'tokenledger\\_%') AND oid <> 10 AND (rolsuper OR rolbypassrls OR rolcreatedb OR rolreplication
        OR (rolcreaterole AND rolname <> 'tokenledger_keeper'))
      UNION ALL SELECT format('%s may log in', rolname) FROM pg_roles
      WHERE rolname IN ('tokenledger_keeper', 'tokenledger_reader') AND rolcanlogin
      UNION ALL SELECT format('%s is a member of %s', m.member::regrole, m.roleid::regrole)
      FROM pg_auth_members m JOIN pg_roles who ON who.oid = m.member JOIN pg_roles one ON one.oid = m.roleid
      WHERE (who.rolcanlogin OR who.rolname LIKE 'tokenledger\\_%') AND who.oid <> 10 AND NOT (
        (who.rolname = 'tokenledger_migrator' AND one.rolname = 'tokenledger_keeper' AND NOT m.inherit_option AND NOT m.admin_option)
        OR (who.rolname = 'tokenledger_keeper' AND ${isReader("one.rolname")} AND NOT m.inherit_option AND NOT m.set_option)
        OR (who.rolname ~ '^tlr_' AND ${isReader("who.rolname")} AND one.rolname = 'tokenledger_reader' AND NOT m.set_option AND NOT m.admin_option))
      UNION ALL SELECT format('%s owns %s', r.role, d.objid) FROM (${runtimeRoles}) AS r JOIN pg_shdepend d
        ON d.refclassid = 'pg_authid'::regclass AND d.refobjid = r.oid AND d.deptype = 'o'
        AND NOT (r.role = 'tokenledger_keeper' AND d.classid = 'pg_proc'::regclass)
        AND d.classid <> 'pg_default_acl'::regclass -- Of what it might make one day, if it could make anything.
      UNION ALL SELECT format('%s may enter or build in the schema %s', r.role, n.nspname)
      FROM pg_namespace n, (${runtimeRoles}) AS r WHERE ${ownSchemas} AND (has_schema_privilege(r.oid, n.oid, 'CREATE')
        OR (n.nspname <> CASE WHEN ${isReader("r.role")} THEN 'bi' ELSE 'public' END AND has_schema_privilege(r.oid, n.oid, 'USAGE')))`,
  },
  {
    name: "readers",
    sql: `WITH shown (rel, attnum) AS (
        SELECT d.refobjid, d.refobjsubid::int FROM pg_depend d
        JOIN pg_rewrite w ON d.classid = 'pg_rewrite'::regclass AND d.objid = w.oid
        JOIN pg_class v ON v.oid = w.ev_class AND v.relnamespace = 'bi'::regnamespace
        WHERE d.refclassid = 'pg_class'::regclass AND d.refobjid <> v.oid
        UNION SELECT attrelid, attnum::int FROM pg_attribute
        WHERE attname = 'tenant_id' OR (attrelid = 'bi_login'::regclass AND attname = 'role_name')
      ), readers AS (SELECT rolname AS role, oid, rolconnlimit FROM pg_roles WHERE ${isReader("rolname")})
      SELECT format('%s may read %s.%s, which no view shows', r.role, c.oid::regclass, a.attname) AS fault
      FROM readers r, pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid
      WHERE ${ownSchemas} AND c.relkind IN ('r', 'p', 'm', 'f') AND a.attnum > 0 AND NOT a.attisdropped
        AND has_column_privilege(r.oid, c.oid, a.attnum, 'SELECT') AND (c.oid, a.attnum::int) NOT IN (SELECT rel, attnum FROM shown)
      UNION ALL SELECT format('%s may %s %s', r.role, what, c.oid::regclass)
      FROM readers r, pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace,
        unnest(ARRAY['INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']) AS what
      WHERE ${ownSchemas} AND c.relkind IN ('r', 'p', 'v', 'm', 'f') AND (has_table_privilege(r.oid, c.oid, what)
        OR (what IN ('INSERT', 'UPDATE', 'REFERENCES') AND has_any_column_privilege(r.oid, c.oid, what)))
      UNION ALL SELECT format('%s may use the sequence %s', r.role, c.oid::regclass)
      FROM readers r, pg_class c WHERE c.relkind = 'S' AND has_sequence_privilege(r.oid, c.oid, 'USAGE, SELECT, UPDATE')
      UNION ALL SELECT format('the view %s is not under its reader''s own rights', c.oid::regclass) FROM pg_class c
      WHERE c.relnamespace = 'bi'::regnamespace AND NOT (c.relkind = 'v'
        AND c.reloptions @> ARRAY['security_invoker=true', 'security_barrier=true'])
      UNION ALL SELECT format('%s may execute %s', r.role, p.oid::regprocedure)
      FROM readers r, pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE has_function_privilege(r.oid, p.oid, 'EXECUTE')
        AND (${ownSchemas} OR p.proname ~ '^(lo_|lowrite|loread)|advisory|^pg_notify|emit_message|^dblink|^pg_(read|ls|write)_')
      UNION ALL SELECT format('%s may open any number of connections', role) FROM readers WHERE role ~ '^tlr_' AND rolconnlimit NOT BETWEEN 0 AND 5`,
  },
  {
    name: "policies",
    sql: `WITH found AS (${policies}), named (relname, polname, polcmd, roles) AS (${namedPolicies})
      SELECT format('%s on %s is not the canonical tenant policy', polname, relname) AS fault FROM found
      WHERE polname = 'tenant_only' AND (polcmd <> '*' OR using_expr IS DISTINCT FROM $$${canonical}$$
        OR check_expr IS DISTINCT FROM $$${canonical}$$ OR 0 = ANY (polroles))
      UNION ALL SELECT format('%s on %s does not rest on who reads', polname, relname) FROM found
      WHERE (polname = 'reader_only' AND using_expr IS DISTINCT FROM $$${ofReader}$$)
        OR (polname = 'reader_self' AND using_expr IS DISTINCT FROM '(role_name = CURRENT_USER)')
        OR (polname NOT IN ('reader_only', 'reader_self') AND 'tokenledger_reader' = ANY (string_to_array(roles, ' ')))
      UNION ALL SELECT format('policy %s on %s (%s, %s) is not in the list', polname, relname, polcmd, roles) FROM found
      WHERE polname <> 'tenant_only' AND (relname::text, polname::text, polcmd::text, roles) NOT IN (TABLE named)
      UNION ALL SELECT format('policy %s on %s is listed and is not there', polname, relname) FROM named
      WHERE (relname, polname) NOT IN (SELECT relname, polname FROM found)
      UNION ALL SELECT format('%s has no policy tenant_only', c.oid::regclass)
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE ${ownSchemas} AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND ${hasTenant("c.oid")}
        AND NOT EXISTS (SELECT FROM pg_policy WHERE polrelid = c.oid AND polname = 'tenant_only')`,
  },
  {
    name: "grants",
    sql: `SELECT format('%s may %s %s', g.grantee::regrole, g.privilege_type, c.oid::regclass) AS fault
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace, aclexplode(c.relacl) AS g
      WHERE ${ownSchemas} AND g.grantee <> c.relowner AND (g.grantee = 0 OR g.is_grantable
        OR g.privilege_type NOT IN ('SELECT', 'INSERT', 'UPDATE', 'DELETE'))
      UNION ALL SELECT format('%s may %s the audit log', r.role, what) FROM (${runtimeRoles}) AS r,
        unnest(ARRAY['UPDATE', 'DELETE', 'TRUNCATE']) AS what WHERE has_table_privilege(r.oid, 'audit_event', what)`,
  },
  {
    name: "months",
    sql: `SELECT format('the month %s has no partition', to_char(month, 'YYYY-MM')) AS fault
      FROM generate_series(date_trunc('month', now(), 'UTC') AT TIME ZONE 'UTC' - interval '2 months',
        date_trunc('month', now(), 'UTC') AT TIME ZONE 'UTC' + interval '3 months', interval '1 month') AS month
      WHERE NOT EXISTS (SELECT FROM pg_class c JOIN pg_inherits i ON i.inhrelid = c.oid WHERE i.inhparent = 'call'::regclass
        AND pg_get_expr(c.relpartbound, c.oid) = format('FOR VALUES FROM (%L) TO (%L)',
          to_char(month, 'YYYY-MM-DD') || ' 00:00:00+00', to_char(month + interval '1 month', 'YYYY-MM-DD') || ' 00:00:00+00'))
      UNION ALL SELECT format('%s is a default partition', c.oid::regclass) FROM pg_class c
      WHERE c.relispartition AND pg_get_expr(c.relpartbound, c.oid) = 'DEFAULT'`,
  },
];
