import { readFileSync } from "node:fs";
import { ledger } from "./ledger";

/** For each text the tables that hold it anywhere in a row, as text or as the bytes of it. */
export async function tablesWith<Text extends string>(...texts: Text[]): Promise<Record<Text, string[]>> {
  // A partitioned table itself holds nothing; its partitions are listed too.
  const tables = await ledger<{ name: string }>(
    `SELECT format('%I.%I', nspname, relname) AS name FROM pg_class JOIN pg_namespace ns ON ns.oid = relnamespace
     WHERE relkind = 'r' AND nspname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1`,
  );
  const found = Object.fromEntries(texts.map((text) => [text, [] as string[]])) as Record<Text, string[]>;
  for (const { name } of tables) {
    const held = await ledger<{ text: Text }>(
      `SELECT text FROM unnest($1::text[]) AS text WHERE EXISTS (
         SELECT FROM ${name} AS t WHERE strpos(t::text, text) > 0 OR strpos(t::text, encode(convert_to(text, 'UTF8'), 'hex')) > 0)`,
      [texts],
    );
    for (const { text } of held) found[text].push(name);
  }
  return found;
}

/** All that the product under test has printed so far, its log included. */
export function productOutput(): string {
  const file = process.env.E2E_OUTPUT_FILE;
  if (file === undefined) throw new Error("E2E_OUTPUT_FILE is set by tests/setup/product.ts.");
  return readFileSync(file, "utf8");
}
