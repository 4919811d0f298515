import type { Client } from "pg";
import { expect, it } from "vitest";
import { withClient } from "@/server/launch/provision";
import { testDatabase } from "../setup/database";
import { gates } from "./catalogue-gates";

async function faultsOf(client: Client, name?: string): Promise<string[]> {
  const asked = gates.filter((gate) => name === undefined || gate.name === name);
  const found: string[] = [];
  // Partition bounds are printed in the session's zone.
  await client.query("SET timezone = 'UTC'");
  for (const gate of asked) {
    const { rows } = await client.query<{ fault: string }>(gate.sql);
    found.push(...rows.map(({ fault }) => `${gate.name}: ${fault}`));
  }
  return found;
}

it.each(gates.map(({ name }) => name))("the catalogue has no fault: %s", async (name) => {
  expect(await withClient(testDatabase().adminUrl, (client) => faultsOf(client, name))).toEqual([]);
});

const aReader = "tlr_00000000000000000000";
/** Each breaks one guard; the gate of that name must say so. Roles belong to all databases, hence the rollback. */
const sabotage: [gate: string, sql: string][] = [
  ["relations", "ALTER TABLE call NO FORCE ROW LEVEL SECURITY"],
  ["relations", "ALTER TABLE price_version DISABLE ROW LEVEL SECURITY"],
  [
    "relations",
    "CREATE VIEW every_call AS SELECT * FROM call; GRANT SELECT ON every_call TO tokenledger_app",
  ],
  [
    "relations",
    "CREATE MATERIALIZED VIEW sums AS SELECT count(*) FROM call; GRANT SELECT ON sums TO tokenledger_app",
  ],
  ["relations", "CREATE TABLE fresh (a int, b int); GRANT SELECT (a) ON fresh TO tokenledger_auth"],
  ["tenant tables", "CREATE TABLE fresh (tenant_id uuid PRIMARY KEY)"],
  ["functions", "CREATE FUNCTION peek() RETURNS bigint LANGUAGE sql SECURITY DEFINER SET search_path = '' AS 'SELECT 1::bigint'"], // prettier-ignore
  ["functions", "ALTER FUNCTION create_month(date) RESET search_path"],
  ["functions", "GRANT EXECUTE ON FUNCTION bi_make_role(text, text) TO tokenledger_app"],
  ["functions", "ALTER FUNCTION create_month(date) OWNER TO tokenledger_keeper"],
  ["functions", "ALTER FUNCTION bi_end_sessions(text) RESET search_path"],
  ["keys", "CREATE UNIQUE INDEX ON api_key (public_id)"],
  [
    "keys",
    "ALTER TABLE tenant DROP CONSTRAINT tenant_pkey CASCADE; ALTER TABLE tenant ADD PRIMARY KEY (slug, tenant_id)",
  ],
  ["keys", "CREATE UNIQUE INDEX run_alone ON import_run (id); ALTER TABLE import_rejection ADD CONSTRAINT loose FOREIGN KEY (import_id) REFERENCES import_run (id)"], // prettier-ignore
  ["partitions", "ALTER TABLE call_seen_3 NO FORCE ROW LEVEL SECURITY"],
  ["partitions", "GRANT SELECT ON call_seen_3 TO tokenledger_app"],
  ["partitions", "CREATE POLICY all_rows ON call_seen_3 USING (true)"],
  ["partitions", "CREATE TABLE call_2031_01 PARTITION OF call FOR VALUES FROM ('2031-01-01 00:00:00+00') TO ('2031-02-01 00:00:00+00')"], // prettier-ignore
  ["roles", "ALTER ROLE tokenledger_app BYPASSRLS"],
  ["roles", "ALTER ROLE tokenledger_jobs SUPERUSER"],
  ["roles", "GRANT tokenledger_jobs TO tokenledger_app"],
  ["roles", "ALTER TABLE call OWNER TO tokenledger_app"],
  ["roles", "GRANT USAGE ON SCHEMA internal TO tokenledger_app"],
  ["roles", "ALTER ROLE tokenledger_keeper LOGIN"],
  ["roles", "ALTER ROLE tokenledger_reader CREATEROLE"],
  ["roles", "GRANT tokenledger_keeper TO tokenledger_migrator WITH INHERIT TRUE"],
  ["roles", "GRANT tokenledger_keeper TO tokenledger_app WITH INHERIT FALSE"],
  ["roles", "GRANT tokenledger_reader TO tokenledger_app"],
  ["roles", `CREATE ROLE ${aReader} LOGIN; GRANT tokenledger_reader TO ${aReader}`],
  [
    "roles",
    `CREATE ROLE ${aReader} LOGIN; GRANT tokenledger_reader TO ${aReader} WITH SET FALSE, ADMIN TRUE`,
  ],
  ["roles", "GRANT USAGE ON SCHEMA public TO tokenledger_reader"],
  ["roles", "GRANT USAGE ON SCHEMA bi TO tokenledger_app"],
  ["readers", "GRANT SELECT (tags) ON call TO tokenledger_reader"],
  ["readers", "GRANT SELECT ON tenant TO tokenledger_reader"],
  ["readers", "GRANT SELECT (created_by) ON bi_login TO tokenledger_reader"],
  ["readers", "GRANT UPDATE (feature) ON call TO tokenledger_reader"],
  ["readers", "GRANT INSERT ON bi_login TO PUBLIC"],
  ["readers", "CREATE SEQUENCE numbers; GRANT USAGE ON SEQUENCE numbers TO tokenledger_reader"],
  ["readers", "ALTER VIEW bi.calls RESET (security_invoker)"],
  ["readers", "ALTER VIEW bi.users SET (security_barrier = false)"],
  ["readers", "CREATE TABLE bi.notes (note text)"],
  ["readers", "GRANT EXECUTE ON FUNCTION create_month(date) TO tokenledger_reader"],
  ["readers", "GRANT EXECUTE ON FUNCTION lo_create(oid) TO PUBLIC"],
  ["readers", "GRANT EXECUTE ON FUNCTION pg_advisory_lock(bigint) TO PUBLIC"],
  ["readers", `CREATE ROLE ${aReader} LOGIN; GRANT tokenledger_reader TO ${aReader} WITH SET FALSE`],
  ["policies", "ALTER POLICY reader_only ON call USING (tenant_id = (SELECT nullif(current_setting('app.tenant_id', true), '')::uuid))"], // prettier-ignore
  ["policies", "ALTER POLICY reader_self ON bi_login USING (true)"],
  ["policies", "CREATE POLICY reader_only ON price_rule FOR SELECT TO tokenledger_reader USING (true)"],
  ["policies", "ALTER POLICY tenant_only ON call TO tokenledger_app, tokenledger_reader"],
  ["policies", "DROP POLICY tenant_only ON member"],
  ["policies", "ALTER POLICY tenant_only ON member WITH CHECK (true)"],
  ["policies", "ALTER POLICY tenant_only ON member USING (tenant_id IS NOT NULL)"],
  ["policies", "CREATE POLICY support ON call FOR SELECT TO tokenledger_app USING (true)"],
  ["policies", "ALTER POLICY jobs_read ON tenant TO tokenledger_jobs, tokenledger_app"],
  ["policies", "DROP POLICY auth_touches ON api_key"],
  ["grants", "GRANT SELECT ON member TO PUBLIC"],
  ["grants", "GRANT TRUNCATE ON call TO tokenledger_jobs"],
  ["grants", "GRANT UPDATE ON audit_event TO tokenledger_app"],
  ["months", "DO $$ BEGIN EXECUTE 'DROP TABLE call_' || to_char(now() AT TIME ZONE 'UTC' + interval '2 months', 'YYYY_MM'); END $$"], // prettier-ignore
  ["months", "CREATE TABLE call_rest PARTITION OF call DEFAULT"],
];

it("each gate sees its guard broken (mutation control)", async () => {
  await withClient(testDatabase().adminUrl, async (client) => {
    for (const [gate, sql] of sabotage) {
      await client.query("BEGIN");
      await client.query(sql);
      expect(await faultsOf(client, gate), sql).not.toEqual([]);
      await client.query("ROLLBACK");
    }
    expect(await faultsOf(client)).toEqual([]);
  });
  expect(new Set(sabotage.map(([gate]) => gate))).toEqual(new Set(gates.map(({ name }) => name)));
  console.info(`catalogue gates: ${gates.length} gates, ${sabotage.length} sabotages seen`);
});
