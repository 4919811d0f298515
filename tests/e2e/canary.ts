import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { dataFolder, ledger } from "./ledger";

/** Tables that hold the text anywhere in a row, as text or as the bytes of it. */
export async function tablesWith(text: string): Promise<string[]> {
  const tables = await ledger<{ name: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
     WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1`,
  );
  const hex = Buffer.from(text).toString("hex");
  const found: string[] = [];
  for (const { name } of tables) {
    const rows = await ledger<{ has: boolean }>(
      `SELECT EXISTS (SELECT FROM ${name} AS t WHERE t::text LIKE '%' || $1 || '%' OR t::text LIKE '%' || $2 || '%') AS has`,
      [text, hex],
    );
    if (rows[0]?.has !== false) found.push(name);
  }
  return found;
}

/** Files of the product's logs that hold the text. */
export function logsWith(text: string): string[] {
  const logs = join(dataFolder(), "logs");
  return readdirSync(logs).filter((name) => readFileSync(join(logs, name), "utf8").includes(text));
}
