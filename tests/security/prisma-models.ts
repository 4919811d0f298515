import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A column as both the Prisma schema and the catalogue can say it. */
export interface Column {
  table: string;
  column: string;
  type: string;
  nullable: boolean;
  /** The database fills it in when it is left out. */
  hasDefault: boolean;
}

const scalars: Record<string, string> = {
  String: "text",
  Int: "integer",
  BigInt: "bigint",
  Boolean: "boolean",
  DateTime: "timestamp(3) without time zone",
  Decimal: "numeric(65,30)",
  Json: "jsonb",
  Bytes: "bytea",
};

function nativeType(attributes: string): string | null {
  const [, name, argument] = /@db\.(\w+)(\([^)]*\))?/.exec(attributes) ?? [];
  switch (name) {
    case undefined:
      return null;
    case "Uuid":
      return "uuid";
    case "SmallInt":
      return "smallint";
    case "Date":
      return "date";
    case "Decimal":
      return `numeric${(argument ?? "").replace(/ /g, "")}`;
    case "Timestamptz":
      return "timestamp with time zone";
    case "VarChar":
      return `character varying${argument ?? ""}`;
    case "Time":
      return "time without time zone";
    default:
      throw new Error(`prisma-models.ts does not know @db.${name}; teach it`);
  }
}

/** Reads the models of prisma/schema: what the generated client believes of the tables. */
export function prismaColumns(folder: string): Column[] {
  const files = readdirSync(folder).filter((name) => name.endsWith(".prisma"));
  const text = files.map((name) => readFileSync(join(folder, name), "utf8")).join("\n");
  const models = [...text.matchAll(/^model (\w+) \{\n([\s\S]*?)^\}/gm)];
  return models.flatMap(([, name = "", body = ""]) => {
    const table = /@@map\("([^"]+)"\)/.exec(body)?.[1] ?? name;
    return [...body.matchAll(/^ {2}(\w+) +(\w+)(\[\])?(\?)? *(.*)$/gm)].flatMap(
      ([, field = "", kind = "", list, optional, attributes = ""]) => {
        const scalar = scalars[kind];
        // A relation is no column.
        if (scalar === undefined) return [];
        const column = /@map\("([^"]+)"\)/.exec(attributes)?.[1] ?? field;
        const type = (nativeType(attributes) ?? scalar) + (list ?? "");
        return [
          {
            table,
            column,
            type,
            nullable: optional !== undefined,
            hasDefault: attributes.includes("@default("),
          },
        ];
      },
    );
  });
}

/** The same facts from the catalogue; precision 6 is how Postgres stores every timestamptz and time. */
export const catalogueColumnsSql = `
  SELECT c.relname AS "table", a.attname AS "column", format_type(a.atttypid, a.atttypmod) AS type,
    NOT a.attnotnull AS nullable, a.atthasdef OR a.attidentity <> '' AS "hasDefault"
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid
  WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND a.attnum > 0 AND NOT a.attisdropped
    AND c.relname <> '_prisma_migrations'`;
