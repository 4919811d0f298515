import { randomUUID } from "node:crypto";
import type { Client } from "pg";
import { DatabaseError } from "pg";
import { insertSql, makeRow, type Owner, type Table } from "../factories/rows";
import type { Operation } from "./cross-tenant-exceptions";

export interface Relation {
  name: string;
  /** The table whose rows it holds: itself, or the parent of a partition. */
  table: Table | null;
  anyColumn: string;
  selectable: string;
  updatable: string;
  granted: Operation[];
}

/** Every relation of every schema of ours, as this role may use it. */
export async function relationsFor(client: Client, tables: readonly Table[]): Promise<Relation[]> {
  const can = (what: string) => `coalesce((SELECT string_agg(quote_ident(a.attname), ', ') FROM pg_attribute a
    WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND has_column_privilege(c.oid, a.attnum, '${what}')), '')`;
  const { rows } = await client.query<
    Omit<Relation, "table" | "granted"> & {
      root: string;
      writes: string;
      insertable: boolean;
      deletable: boolean;
    }
  >(`
    SELECT c.oid::regclass::text AS name, coalesce(pg_partition_root(c.oid), c.oid)::regclass::text AS root,
      (SELECT quote_ident(a.attname) FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum = 1) AS "anyColumn",
      ${can("SELECT")} AS selectable, ${can("UPDATE")} AS updatable,
      has_table_privilege(c.oid, 'INSERT') AS insertable, has_table_privilege(c.oid, 'DELETE') AS deletable
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg\\_%' AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
    ORDER BY 1`);
  return rows.map(({ root, insertable, deletable, ...relation }) => {
    const granted: Operation[] = [];
    if (relation.selectable !== "") granted.push("SELECT");
    if (insertable) granted.push("INSERT");
    if (relation.updatable !== "") granted.push("UPDATE");
    if (deletable) granted.push("DELETE");
    return { ...relation, granted, table: tables.find(({ name }) => name === root) ?? null };
  });
}

export const contexts = ["other tenant", "none", "garbage", "unknown tenant"] as const;
export type Context = (typeof contexts)[number] | "own tenant";
export const operations: Operation[] = ["SELECT", "INSERT", "UPDATE", "MOVE", "DELETE"];

/** Two owners: the one whose context is set, and the one whose rows are wanted. */
export interface Parties {
  self: Owner;
  victim: Owner;
}

function settingOf(context: Context, { self, victim }: Parties): string | null {
  if (context === "none") return null;
  if (context === "garbage") return "not-a-uuid' OR true --";
  if (context === "unknown tenant") return randomUUID();
  return context === "own tenant" ? victim.tenantId : self.tenantId;
}

function statementOf(
  operation: Operation,
  relation: Relation,
  { self, victim }: Parties,
): { text: string; values?: unknown[] } {
  const ofTenants = relation.table?.ofTenants ?? false;
  const where = ofTenants ? `WHERE tenant_id = '${victim.tenantId}'` : "";
  const column = relation.updatable.split(", ")[0] || relation.anyColumn;
  switch (operation) {
    case "SELECT":
      return { text: `SELECT ${relation.selectable || "*"} FROM ${relation.name}` };
    case "INSERT": {
      if (!relation.table) return { text: `INSERT INTO ${relation.name} DEFAULT VALUES` };
      const fresh = randomUUID();
      return insertSql(relation.name, makeRow(relation.table, { ...victim, id: fresh, canary: fresh }));
    }
    case "UPDATE":
      return { text: `UPDATE ${relation.name} SET ${column} = ${column} ${where}` };
    case "MOVE":
      return {
        text: `UPDATE ${relation.name} SET tenant_id = '${victim.tenantId}' WHERE tenant_id = '${self.tenantId}'`,
      };
    case "DELETE":
      return { text: `DELETE FROM ${relation.name} ${where}` };
  }
}

/** Refused by grants or policies; any other error means that the row was reached, if only to collide with it. */
const refusals = new Set(["42501"]);

export interface Outcome {
  operation: Operation;
  relation: string;
  context: Context;
  /** Rows seen or changed that are not the caller's; an error other than a refusal counts as one. */
  effect: number;
  note: string;
}

/** Tries one thing in a transaction of its own, which is committed unless told otherwise: an effect shall show. */
export async function attempt(
  client: Client,
  relation: Relation,
  operation: Operation,
  context: Context,
  parties: Parties,
  end: "COMMIT" | "ROLLBACK",
): Promise<Outcome> {
  const base = { operation, relation: relation.name, context };
  const setting = settingOf(context, parties);
  await client.query("BEGIN");
  try {
    if (setting !== null) await client.query("SELECT set_config('app.tenant_id', $1, true)", [setting]);
    const { rows, rowCount } = await client.query<Record<string, unknown>>(
      statementOf(operation, relation, parties),
    );
    await client.query(end);
    if (operation !== "SELECT") return { ...base, effect: rowCount ?? 0, note: "" };
    const { victim } = parties;
    const marks = [victim.tenantId, victim.id, victim.canary];
    const foreign =
      context !== "other tenant"
        ? rows
        : rows.filter((row) => marks.some((mark) => JSON.stringify(row).includes(mark)));
    return { ...base, effect: foreign.length, note: "" };
  } catch (error) {
    await client.query("ROLLBACK");
    if (!(error instanceof DatabaseError)) throw error;
    const code = error.code ?? "";
    const isRefusal = refusals.has(code) || (context === "garbage" && code === "22P02");
    return { ...base, effect: isRefusal ? 0 : 1, note: `${code} ${error.message}` };
  }
}

/** Functions and procedures of ours, called with nulls: whoever may not call them is told so. */
export async function callEach(
  client: Client,
  context: Context,
  parties: Parties,
): Promise<{ signature: string; refused: boolean }[]> {
  const { rows } = await client.query<{ signature: string; call: string }>(`
    SELECT p.oid::regprocedure::text AS signature, format('%s %I.%I(%s)', CASE p.prokind WHEN 'p' THEN 'CALL' ELSE 'SELECT' END,
      n.nspname, p.proname, (SELECT string_agg(CASE WHEN p.provariadic <> 0 AND a.at = p.pronargs THEN 'VARIADIC ' ELSE '' END
        || 'NULL::' || format_type(a.type, NULL), ', ' ORDER BY a.at) FROM unnest(p.proargtypes::oid[]) WITH ORDINALITY AS a (type, at))) AS call
    FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
    WHERE n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg\\_%'`);
  const results: { signature: string; refused: boolean }[] = [];
  const setting = settingOf(context, parties);
  for (const { signature, call } of rows) {
    await client.query("BEGIN");
    if (setting !== null) await client.query("SELECT set_config('app.tenant_id', $1, true)", [setting]);
    const code = await client.query(call).then(() => null, (error: unknown) => (error instanceof DatabaseError ? (error.code ?? "") : "")); // prettier-ignore
    await client.query("ROLLBACK");
    results.push({ signature, refused: code === "42501" });
  }
  return results;
}
