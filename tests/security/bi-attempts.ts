import { randomBytes, randomUUID } from "node:crypto";
import { Client, DatabaseError } from "pg";
import { scramVerifier } from "@/server/bi/scram";
import { withClient } from "@/server/launch/provision";
import type { Owner } from "../factories/rows";
import type { TestDatabase } from "../setup/database";

/** A reader's own login, as a BI tool has it. */
export interface ReaderLogin {
  id: string;
  role: string;
  url: string;
}

/** Made as the product makes it, in whatever database. */
export async function makeLogin(database: TestDatabase, tenantId: string): Promise<ReaderLogin> {
  const login = { id: randomUUID(), role: `tlr_${randomBytes(10).toString("hex")}` };
  const password = randomBytes(12).toString("hex");
  const outcome = await asTenant(database, tenantId, "SELECT bi_create_reader($1, $2, $3, 'BI', 'test', now()) AS outcome", [
    login.id, login.role, scramVerifier(password, randomBytes(16)),
  ]); // prettier-ignore
  if (outcome[0]?.outcome !== "made") throw new Error(`No reader: ${String(outcome[0]?.outcome)}`);
  const url = new URL(database.adminUrl);
  url.username = login.role;
  url.password = password;
  return { ...login, url: url.toString() };
}

export async function dropLogin(
  database: TestDatabase,
  tenantId: string,
  { id }: ReaderLogin,
): Promise<void> {
  await asTenant(database, tenantId, "SELECT bi_revoke_reader($1)", [id]);
}

function asTenant(database: TestDatabase, tenantId: string, sql: string, values: unknown[]) {
  return withClient(database.adminUrl, async (admin) => {
    await admin.query("SELECT set_config('app.tenant_id', $1, false)", [tenantId]);
    return (await admin.query<Record<string, unknown>>(sql, values)).rows;
  });
}

export async function connect(url: string): Promise<Client> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on("error", () => undefined);
  await client.connect();
  return client;
}

/** The SQLSTATE of the refusal, or null for what went through. */
export async function refusalOf(client: Client, sql: string): Promise<string | null> {
  try {
    await client.query(sql);
    return null;
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error;
    return error.code ?? "";
  }
}

/** What one can say of oneself before asking; statements that are refused change nothing, and that is tried, too. */
export interface Stance {
  name: string;
  says: string[];
  /** What is read then: everything there is, what is ours, or the views. */
  reads: "all" | "own" | "views";
}

export async function stances(admin: Client, victim: Owner, victimRole: string): Promise<Stance[]> {
  const { rows } = await admin.query<{ name: string; type: string; now: string; others: string[] | null }>(
    "SELECT name, vartype AS type, setting AS now, enumvals AS others FROM pg_settings WHERE context = 'user' ORDER BY name",
  );
  const set = (name: string, value: string): Stance => ({
    name: `${name} = ${value}`,
    says: [`SET ${name} = '${value}'`],
    reads: "views",
  });
  const flipped = rows.flatMap(({ name, type, now, others }): Stance[] => {
    // Nothing can be read in these.
    if (name === "transaction_isolation" || name === "client_encoding") return [];
    if (type === "bool") return [set(name, now === "on" ? "off" : "on")];
    return (others ?? []).filter((other) => other !== now).map((other) => set(name, other));
  });
  const own = (name: string, says: string[]): Stance => ({ name, says, reads: "own" });
  const readWrite = "SET default_transaction_read_only = off";
  const other = `SET app.tenant_id = '${victim.tenantId}'`;
  return [
    { name: "as it logs in", says: [], reads: "all" },
    own("naming the other tenant", [other]),
    own("naming it for the role", [readWrite, `ALTER ROLE CURRENT_USER ${other}`, other]),
    own("without row-level security", ["SET row_security = off", other]),
    own("from the tables' schema", ["SET search_path = public, pg_temp, bi", readWrite]),
    own("as its group", ["SET ROLE tokenledger_reader"]),
    own("as the other's reader", [`SET ROLE ${victimRole}`, `SET SESSION AUTHORIZATION ${victimRole}`]),
    own("as the product", ["SET ROLE tokenledger_app", "SET SESSION AUTHORIZATION tokenledger_app", other]),
    own("by role settings", [`SELECT set_config('role', '${victimRole}', false)`, `SELECT set_config('session_authorization', '${victimRole}', false)`]), // prettier-ignore
    own("as a replica", ["SET session_replication_role = replica", "SET is_superuser = on"]),
    ...flipped,
  ];
}

/** Whether or not it may be named; with an expression for a row of it, of the columns that may be read. */
export interface Target {
  name: string;
  schema: string;
  row: string;
}

/** Every relation of every schema, the server's own included. */
export async function allRelations(client: Client): Promise<Target[]> {
  const { rows } = await client.query<Target>(`
    SELECT format('%I.%I', n.nspname, c.relname) AS name, n.nspname AS schema, coalesce(
      (SELECT 'concat_ws(''|'', ' || string_agg(format('target.%I::text', a.attname), ', ' ORDER BY a.attnum) || ')' FROM pg_attribute a
        WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND has_column_privilege(c.oid, a.attnum, 'SELECT')),
      CASE c.relkind WHEN 'S' THEN 'last_value::text' ELSE 'target::text' END) AS row
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S', 't') ORDER BY 1`);
  return rows;
}

export interface Seen {
  relation: string;
  /** Rows that hold a mark, or what went wrong besides a refusal. */
  rows: string[];
}

/** Reads these relations whole, looking for the marks of others. @returns where they were found */
export async function lookFor(
  client: Client,
  relations: readonly Target[],
  marks: readonly string[],
): Promise<Seen[]> {
  const found: Seen[] = [];
  for (const { name, row } of relations) {
    try {
      // The marks are parameters: the server shows everybody the text of their own statement.
      const { rows } = await client.query<{ row: string }>(
        `SELECT row FROM (SELECT ${row} AS row FROM ${name} AS target OFFSET 0) AS read, unnest($1::text[]) AS wanted (part)
         WHERE strpos(row, part) > 0 LIMIT 3`,
        [marks],
      );
      if (rows.length > 0) found.push({ relation: name, rows: rows.map((one) => one.row) });
    } catch (error) {
      if (!(error instanceof DatabaseError)) throw error;
      // Refused; or a view of the server's that only some servers can fill.
      if (!["42501", "0A000", "55000"].includes(error.code ?? ""))
        found.push({ relation: name, rows: [`${error.code ?? ""} ${error.message}`] });
    }
  }
  return found;
}

export const marksOf = ({ tenantId, id, canary }: Owner) => [tenantId, id, canary];
