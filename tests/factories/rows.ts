import { createHash } from "node:crypto";
import { type Client, DatabaseError } from "pg";
import { addDays } from "@/server/calendar/local-day";

export interface TableColumn {
  name: string;
  type: string;
  nullable: boolean;
}
export interface Table {
  name: string;
  ofTenants: boolean;
  columns: TableColumn[];
  /** First allowed value of each column that a CHECK limits to a list. */
  allowed: Record<string, string>;
}

/** Every table that rows can be put into, from the catalogue: one that is added tomorrow is among them. */
export async function tablesOf(client: Client): Promise<Table[]> {
  const { rows } = await client.query<Omit<Table, "allowed"> & { checks: string[] }>(`
    SELECT c.relname AS name, bool_or(a.attname = 'tenant_id') AS "ofTenants",
      json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, NULL), 'nullable', NOT a.attnotnull) ORDER BY a.attnum)
        FILTER (WHERE a.attidentity = '' AND a.attgenerated = '') AS columns,
      ARRAY(SELECT pg_get_constraintdef(k.oid) FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype = 'c') AS checks
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND a.attnum > 0 AND NOT a.attisdropped
      AND c.relname <> '_prisma_migrations'
    GROUP BY c.oid ORDER BY c.relname`);
  return rows.map(({ checks, ...table }) => ({ ...table, allowed: allowedValues(checks) }));
}

function allowedValues(checks: readonly string[]): Record<string, string> {
  const lists = checks.map((check) => /^CHECK \(\(+(\w+) = ANY \(ARRAY\['([^']*)'::text/.exec(check));
  return Object.fromEntries(
    lists.flatMap((found) =>
      found?.[1] === undefined || found[2] === undefined ? [] : [[found[1], found[2]]],
    ),
  );
}

/** Whose rows are made: every text holds the canary, every uuid is `id`, so that rows of one owner refer to each other. */
export interface Owner {
  tenantId: string;
  id: string;
  canary: string;
}

export type Overrides = Record<string, unknown>;

const monday = (now: Date) => addDays(now.toISOString().slice(0, 10), -((now.getUTCDay() + 6) % 7));

function valueFor(table: Table, { name, type }: TableColumn, owner: Owner): unknown {
  if (name === "tenant_id") return owner.tenantId;
  const text = `${owner.canary}-${table.name}-${name}`.replaceAll("_", "-");
  switch (type) {
    case "uuid":
      return owner.id;
    case "text":
    case "character varying":
      return table.allowed[name] ?? text;
    case "bytea":
      return createHash("sha256").update(text).digest();
    case "jsonb":
      return JSON.stringify({ note: text });
    case "text[]":
      return [];
    case "timestamp with time zone":
      // One type, two needs: a range must not be empty.
      return /_to$|expires|until/.test(name) ? "2027-01-01T00:00:00Z" : new Date().toISOString();
    case "time without time zone":
      return name.endsWith("_to") ? "13:00" : "12:00";
    case "date":
      // The first grain is the week, which begins on a Monday: one that began on a Sunday would hold the next one's first users.
      return name === "period" || name === "cohort"
        ? monday(new Date())
        : new Date().toISOString().slice(0, 10);
    case "smallint[]":
      return [60];
    case "boolean":
      return false;
    case "smallint":
    case "integer":
    case "bigint":
    case "numeric":
      return 60;
    default:
      throw new Error(`rows.ts does not know how to fill ${table.name}.${name} (${type}); teach it`);
  }
}

/** What a CHECK over several columns asks for. */
const sound: Record<string, Overrides> = {
  bill_pull: { removed_at: null, removed_by: null },
  bill_sign_off: { month: "2026-11-01" },
  account_revenue: { source: "stripe" },
  billing_connection: { provider: "stripe", disconnected_at: null },
  billing_export: { window_start: "2026-11-16T10:00:00Z" },
  billing_meter: { starts_at: "2026-11-01T00:00:00Z" },
  budget: { subject_kind: "feature" },
  difference_owner: { month: "2026-10-01", key: "0".repeat(32) },
  feature_setting: { seasonal_months: "{3,4}" },
  invoice: { month: "2026-10-01", statement_revision: 1, net_usd: 60, tax_usd: 60, total_usd: 120 },
  invoice_account: { bill_from: null, bill_through: null },
  period_closing: { month: "2026-10-01" },
  statement: {
    month: "2026-10-01",
    revision: 1,
    cost_usd: 60,
    corrections_usd: 0,
    amount_usd: 60,
    content_hash: "0".repeat(64),
  },
  statement_line: { month: "2026-10-01", revision: 1, kind: "usage" },
  statement_usage: { month: "2026-10-01", revision: 1, kind: "usage", basis: "priced" },
  weekly_review: { week: "2026-11-16" },
  weekly_review_step: { week: "2026-11-16" },
  recommendation: { state: "open" },
  kill_review: { month: "2026-11-01" },
  kill_review_item: { month: "2026-11-01", feature: "judged" },
  kill_decision: { month: "2026-11-01", feature: "judged", version: 1, merge_into: null },
  kill_reminder: { feature: "judged", version: 1 },
};

export function makeRow(table: Table, owner: Owner, overrides: Overrides = {}): Overrides {
  return {
    ...Object.fromEntries(table.columns.map((column) => [column.name, valueFor(table, column, owner)])),
    ...sound[table.name],
    ...overrides,
  };
}

export function insertSql(relation: string, row: Overrides): { text: string; values: unknown[] } {
  const names = Object.keys(row);
  const places = names.map((_, at) => `$${at + 1}`);
  return {
    text: `INSERT INTO ${relation} (${names.join(", ")}) VALUES (${places.join(", ")})`,
    values: Object.values(row),
  };
}

/** A row that a CHECK refuses is tried again with nothing where nothing may stand: a state that ends has an end, and so on. */
async function insertSound(client: Client, table: Table, owner: Owner, overrides?: Overrides): Promise<void> {
  const empty = Object.fromEntries(
    table.columns.filter(({ nullable }) => nullable).map(({ name }) => [name, null]),
  );
  try {
    await client.query(insertSql(table.name, makeRow(table, owner, overrides)));
  } catch (error) {
    if (!(error instanceof DatabaseError) || error.code !== "23514") throw error;
    await client.query(insertSql(table.name, makeRow(table, owner, { ...empty, ...overrides })));
  }
}

/**
 * One row in every table for this owner, in whatever order foreign keys allow.
 * @throws Error naming the tables that no row could be made for
 */
export async function fillTables(
  client: Client,
  owner: Owner,
  overrides: Record<string, Overrides> = {},
): Promise<Table[]> {
  const tables = await tablesOf(client);
  let waiting = tables;
  while (waiting.length > 0) {
    const refused: { table: Table; why: string }[] = [];
    for (const table of waiting) {
      try {
        await insertSound(client, table, owner, overrides[table.name]);
      } catch (error) {
        refused.push({ table, why: String(error) });
      }
    }
    if (refused.length === waiting.length) {
      throw new Error(
        `rows.ts could not fill:\n${refused.map(({ table, why }) => `${table.name}: ${why}`).join("\n")}`,
      );
    }
    waiting = refused.map(({ table }) => table);
  }
  return tables;
}

/** What every table holds, so that "nothing changed" can be said of the whole database. */
export async function fingerprints(
  client: Client,
  tables: readonly Table[],
  tenantId?: string,
): Promise<Record<string, string>> {
  const counted = tables.filter((table) => tenantId === undefined || table.ofTenants);
  const parts = counted.map(({ name }) => {
    const where = tenantId === undefined ? "" : `WHERE t.tenant_id = '${tenantId}'`;
    return `SELECT '${name}' AS name, count(*) || ' rows, ' || md5(coalesce(string_agg(t::text, E'\\n' ORDER BY t::text), '')) AS print FROM ${name} t ${where}`;
  });
  const { rows } = await client.query<{ name: string; print: string }>(parts.join(" UNION ALL "));
  return Object.fromEntries(rows.map(({ name, print }) => [name, print]));
}
