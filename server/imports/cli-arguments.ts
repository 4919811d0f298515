import { parseArgs } from "node:util";
import { ImportMapping } from "./schemas";

export interface CliArguments {
  file: string;
  tenant: string;
  /** Null: guess it from the columns' names. */
  columns: Record<string, string> | null;
  set: Record<string, string>;
  zone: string;
  dryRun: boolean;
}

export const usage = `npm run import -- FILE.csv --tenant SLUG [options]

  --map FIELD=COLUMN   where a call's field stands, e.g. --map occurredAt=TIMESTAMP; guessed by name when none is given
  --set FIELD=VALUE    for rows that have no such value, e.g. --set model=gpt-4o
  --zone ZONE          of times without an offset; UTC unless given
  --dry-run            show what would be stored, and store nothing

FILE is CSV with a header, or JSON lines (.jsonl).`;

/** Something that the person at the command line wrote wrong. */
export class UsageError extends Error {}

function pairs(option: string, given: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    given.map((text) => {
      const at = text.indexOf("=");
      if (at < 1 || at === text.length - 1)
        throw new UsageError(
          `--${option} ${text}: write it as FIELD=${option === "map" ? "COLUMN" : "VALUE"}.`,
        );
      return [text.slice(0, at), text.slice(at + 1)];
    }),
  );
}

/** @throws UsageError in one sentence */
export function parseArguments(args: string[]): CliArguments {
  const text = { type: "string" } as const;
  const many = { type: "string", multiple: true, default: [] as string[] } as const;
  let parsed;
  try {
    const options = {
      tenant: text,
      map: many,
      set: many,
      zone: text,
      "dry-run": { type: "boolean", default: false },
    } as const;
    parsed = parseArgs({ args, allowPositionals: true, options });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : "These options are not known.");
  }
  const { values, positionals } = parsed;
  const [file, ...others] = positionals;
  if (file === undefined || others.length > 0) throw new UsageError("Name one file to import.");
  if (values.tenant === undefined) throw new UsageError("Name the tenant: --tenant SLUG.");
  const columns = values.map.length > 0 ? pairs("map", values.map) : null;
  return {
    file,
    tenant: values.tenant,
    columns,
    set: pairs("set", values.set),
    zone: values.zone ?? "UTC",
    dryRun: values["dry-run"],
  };
}

/** @throws UsageError naming the field, or the column that the file lacks */
export function checkMapping(mapping: unknown, fileColumns: readonly string[]): ImportMapping {
  const parsed = ImportMapping.safeParse(mapping);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const field = issue?.path.slice(1).map(String).join(".") ?? "";
    const message = issue?.code === "invalid_key" ? issue.issues[0]?.message : issue?.message;
    throw new UsageError(`${field === "" ? "The mapping" : field}: ${message ?? "is not usable"}.`);
  }
  const missing = Object.values(parsed.data.columns).find((column) => !fileColumns.includes(column));
  if (missing !== undefined)
    throw new UsageError(`The file has no column ${missing}; it has ${fileColumns.join(", ")}.`);
  return parsed.data;
}
