import { type Client, DatabaseError, escapeIdentifier } from "pg";
import { refusalOf } from "./bi-attempts";

const writes = (relation: string) => [
  `INSERT INTO ${relation} DEFAULT VALUES`,
  `INSERT INTO ${relation} SELECT * FROM ${relation} LIMIT 1`,
  `DELETE FROM ${relation}`,
  `TRUNCATE ${relation}`,
  `LOCK TABLE ${relation} IN ACCESS EXCLUSIVE MODE`,
  `LOCK TABLE ${relation} IN ROW EXCLUSIVE MODE`,
  `ALTER TABLE ${relation} DISABLE ROW LEVEL SECURITY`,
  `ALTER TABLE ${relation} OWNER TO CURRENT_USER`,
  `CREATE POLICY mine ON ${relation} USING (true)`,
  `CREATE INDEX ON ${relation} ((1))`,
  `COPY ${relation} FROM STDIN`,
];

/** Waved through by PostgreSQL with a warning, and without effect. */
const idle = (relation: string) => [`GRANT SELECT ON ${relation} TO PUBLIC`, `ANALYZE ${relation}`];

/** Tries to change each relation. @returns what was not refused */
export async function tryWrites(client: Client, relations: readonly string[]): Promise<string[]> {
  const through: string[] = [];
  for (const relation of relations) {
    const { rows } = await client.query<{ column: string }>(
      "SELECT quote_ident(attname) AS column FROM pg_attribute WHERE attrelid = (SELECT oid FROM pg_class c WHERE format('%I.%I', c.relnamespace::regnamespace::text, c.relname) = $1) AND attnum > 0 AND NOT attisdropped",
      [relation],
    );
    const updates = rows.map(({ column }) => `UPDATE ${relation} SET ${column} = ${column}`);
    for (const sql of [...updates, ...writes(relation)]) {
      await client.query("BEGIN READ WRITE");
      const refusal = await refusalOf(client, sql);
      await client.query("COMMIT");
      if (refusal === null) through.push(sql);
    }
    for (const sql of idle(relation)) await refusalOf(client, sql);
  }
  return through;
}

/** Every function of the server's own that takes plain values, called with a query, a name or an oid that leads to others. */
export async function callBuiltIns(
  client: Client,
  marks: readonly string[],
): Promise<{ calls: number; leaks: string[] }> {
  const { rows } = await client.query<{ call: string; types: string[] }>(`
    SELECT format('pg_catalog.%I', p.proname) AS call, ARRAY(SELECT format_type(t, NULL) FROM unnest(p.proargtypes::oid[]) AS t) AS types
    FROM pg_proc p WHERE p.pronamespace = 'pg_catalog'::regnamespace AND p.prokind = 'f' AND p.pronargs <= 5
      AND p.prorettype NOT IN ('trigger'::regtype, 'event_trigger'::regtype, 'internal'::regtype) AND p.proname !~ '^pg_sleep'
      AND NOT EXISTS (SELECT FROM unnest(p.proargtypes::oid[]) AS t JOIN pg_type y ON y.oid = t WHERE y.typtype = 'p')
    ORDER BY 1`);
  const { rows: tables } = await client.query<{ oid: string }>("SELECT oid FROM pg_class WHERE relname IN ('call', 'tenant', 'rollup_user_day') ORDER BY relname"); // prettier-ignore
  const texts = ["SELECT t::text FROM public.call t", "public.call", "SELECT t::text FROM bi.calls t"];
  const leaks: string[] = [];
  let calls = 0;
  await client.query("SET statement_timeout = '3s'");
  for (const { call, types } of rows) {
    for (const [n, text] of texts.entries()) {
      const oid = tables[n % tables.length]?.oid ?? "0";
      const values: Record<string, string> = {
        text: `'${text}'::text`,
        name: "'call'::name",
        oid: `${oid}::oid`,
        regclass: `${oid}::oid::regclass`,
        boolean: "true",
        integer: "1",
        bigint: "1::bigint",
        smallint: "1::smallint",
      };
      const list = types.map((type) => values[type] ?? `NULL::${type}`);
      calls += 1;
      try {
        const result = await client.query<{ row: string | null }>(
          `SELECT f::text AS row FROM ${call}(${list.join(", ")}) AS f LIMIT 1000`,
        );
        if (result.rows.some(({ row }) => marks.some((mark) => row?.includes(mark)))) leaks.push(call);
      } catch (error) {
        if (!(error instanceof DatabaseError)) throw error;
        if (marks.some((mark) => `${error.message} ${error.detail ?? ""}`.includes(mark))) leaks.push(call);
      }
      if (!types.some((type) => ["text", "oid", "regclass"].includes(type))) break;
    }
  }
  return { calls, leaks };
}

/** Roles are the server's, so they are tried by name, each. @returns what was not refused */
export async function tryRoles(
  client: Client,
  self: string,
): Promise<{ attempts: number; through: string[] }> {
  const { rows } = await client.query<{ role: string }>(
    "SELECT rolname AS role FROM pg_roles WHERE rolname <> $1",
    [self],
  );
  const through: string[] = [];
  let attempts = 0;
  await client.query("SET default_transaction_read_only = off");
  for (const { role } of rows) {
    const name = escapeIdentifier(role);
    for (const sql of [
      `SET ROLE ${name}`,
      `SET SESSION AUTHORIZATION ${name}`,
      `GRANT ${name} TO ${self}`,
      `GRANT ${self} TO ${name}`,
      `ALTER ROLE ${name} PASSWORD 'x'`,
      `ALTER ROLE ${name} SET app.tenant_id = 'x'`,
      `DROP OWNED BY ${name}`,
      `REASSIGN OWNED BY ${self} TO ${name}`,
      `DROP ROLE ${name}`,
    ]) {
      attempts += 1;
      // Nothing of its own goes to the group that it is of.
      const isEmpty = sql.startsWith("REASSIGN") && role === "tokenledger_reader";
      if ((await refusalOf(client, sql)) === null && !isEmpty) through.push(sql);
    }
  }
  return { attempts, through };
}

/** What would leave something behind, reach the machine, or hold up others. */
export const deeds = (self: string, productPid: number) => [
  "CREATE TABLE mine (a int)",
  "CREATE TABLE bi.mine (a int)",
  "CREATE TEMPORARY TABLE mine (a int)",
  "CREATE TABLE pg_temp.mine (a int)",
  "SELECT 1 AS a INTO TEMPORARY mine",
  "CREATE VIEW bi.mine AS SELECT * FROM bi.calls",
  "CREATE MATERIALIZED VIEW bi.mine AS SELECT * FROM bi.calls",
  "CREATE SEQUENCE bi.mine",
  "CREATE SCHEMA mine",
  `CREATE SCHEMA AUTHORIZATION ${self}`,
  "CREATE FUNCTION bi.mine(text) RETURNS boolean COST 0.001 LANGUAGE plpgsql AS $$ BEGIN RAISE NOTICE '%', $1; RETURN true; END $$",
  "CREATE FUNCTION pg_temp.mine(text) RETURNS boolean COST 0.001 LANGUAGE plpgsql AS $$ BEGIN RAISE NOTICE '%', $1; RETURN true; END $$",
  "CREATE OPERATOR bi.=== (FUNCTION = texteq, LEFTARG = text, RIGHTARG = text)",
  "CREATE TYPE bi.mine AS (a int)",
  "CREATE EXTENSION plpgsql_check",
  "CREATE EXTENSION dblink",
  "CREATE EXTENSION file_fdw",
  "CREATE FOREIGN DATA WRAPPER mine",
  "CREATE PUBLICATION mine FOR ALL TABLES",
  "CREATE SUBSCRIPTION mine CONNECTION 'dbname=postgres' PUBLICATION mine",
  "CREATE EVENT TRIGGER mine ON ddl_command_start EXECUTE FUNCTION mine()",
  "CREATE DATABASE mine",
  "CREATE TABLESPACE mine LOCATION '/tmp'",
  "CREATE ROLE mine",
  "CREATE STATISTICS mine ON model, feature FROM public.call",
  "CREATE POLICY mine ON public.call USING (true)",
  "CREATE TRIGGER mine INSTEAD OF INSERT ON bi.calls FOR EACH ROW EXECUTE FUNCTION mine()",
  "CREATE RULE mine AS ON SELECT TO bi.calls DO ALSO NOTHING",
  "ALTER VIEW bi.calls RESET (security_invoker)",
  "ALTER VIEW bi.calls OWNER TO CURRENT_USER",
  "DROP VIEW bi.calls",
  "DROP OWNED BY tokenledger_reader",
  "ALTER SYSTEM SET row_security = off",
  "ALTER DATABASE postgres SET row_security = off",
  "COPY (SELECT 1) TO PROGRAM 'true'",
  "COPY (SELECT 1) TO '/tmp/tokenledger-reader'",
  "COPY bi.calls FROM PROGRAM 'true'",
  "LOAD 'auto_explain'",
  "LOAD '/tmp/mine.so'",
  "CHECKPOINT",
  "REINDEX SCHEMA bi",
  "COMMENT ON VIEW bi.calls IS 'mine'",
  `COMMENT ON ROLE ${self} IS 'mine'`,
  `SECURITY LABEL ON ROLE ${self} IS 'mine'`,
  `ALTER ROLE ${self} VALID UNTIL 'infinity'`,
  `ALTER ROLE ${self} RENAME TO mine`,
  `ALTER ROLE ${self} CONNECTION LIMIT -1`,
  `DROP ROLE ${self}`,
  "SELECT lo_create(0)",
  "SELECT lo_from_bytea(0, 'mine')",
  "SELECT pg_advisory_lock(724001)",
  "SELECT pg_try_advisory_xact_lock(724001)",
  "SELECT pg_notify('mine', 'mine')",
  "SELECT pg_logical_emit_message(false, 'mine', 'mine')",
  "SELECT pg_read_file('postgresql.conf')",
  "SELECT pg_ls_dir('.')",
  "SELECT pg_stat_file('.')",
  "SELECT pg_reload_conf()",
  "SELECT pg_switch_wal()",
  "SELECT pg_stat_reset()",
  "SELECT pg_create_logical_replication_slot('mine', 'pgoutput')",
  `SELECT pg_terminate_backend(${productPid})`,
  `SELECT pg_cancel_backend(${productPid})`,
];
