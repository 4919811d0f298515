import { Usd } from "@/server/prices/decimal";
import { type Parsed, parseInstant } from "./instant";
import { type FieldKind, importFields, type ImportMapping } from "./schemas";

/** A row as a call's fields, and what it is told from other rows by. */
export interface MappedRow {
  /** As a sender would send it, but for the id. */
  call: Record<string, unknown>;
  id: string | null;
  /** The mapped content in one spelling: the same for the same row of whatever file. */
  content: string;
}

export interface RowFault {
  code: string;
  field: string | null;
  message: string;
}

type Value = string | number | boolean;
interface Read {
  value: Value;
  exact: string;
}

const kindOf = (field: string): FieldKind =>
  Object.hasOwn(importFields, field) ? importFields[field as keyof typeof importFields] : "text";
const booleans: Record<string, boolean> = {
  true: true,
  t: true,
  yes: true,
  y: true,
  "1": true,
  false: false,
  f: false,
  no: false,
  n: false,
  "0": false,
};
const refuse = (message: string): { ok: false; message: string } => ({ ok: false, message });
const read = (value: Value, exact = String(value)): Parsed<Read> => ({ ok: true, value: { value, exact } });

const readers: Record<FieldKind, (text: string, zone: string) => Parsed<Read>> = {
  text: (text) => read(text),
  // Data frames write whole numbers as 374.0.
  integer: (text) =>
    /^\d{1,15}(\.0+)?$/.test(text) ? read(Number(text)) : refuse("must be a whole number, not negative"),
  boolean: (text) => {
    const value = booleans[text.toLowerCase()];
    return value === undefined ? refuse("must be true or false") : read(value);
  },
  instant: (text, zone) => {
    const parsed = parseInstant(text, zone);
    return parsed.ok ? read(parsed.value.iso, parsed.value.exact) : parsed;
  },
  usd: (text) => {
    if (!/^\d{1,12}(\.\d+)?([eE][+-]?\d{1,2})?$/.test(text))
      return refuse("must be an amount in USD, such as 0.0042");
    const amount = new Usd(text);
    return amount.decimalPlaces() > 18 ? refuse("has more than 18 decimals") : read(amount.toFixed());
  },
};

/** Puts a value at "usage.inputTokens" or "tags.plan". */
function place(call: Record<string, unknown>, field: string, value: Value): void {
  const dot = field.indexOf(".");
  if (dot < 0) {
    call[field] = value;
    return;
  }
  const group = field.slice(0, dot);
  const inner = (call[group] ??= {}) as Record<string, unknown>;
  inner[field.slice(dot + 1)] = value;
}

/** What a row of the file says, by the mapping. Empty cells are absent fields. */
export function mapRow(
  row: ReadonlyMap<string, string>,
  mapping: ImportMapping,
): { ok: true; row: MappedRow } | { ok: false; fault: RowFault } {
  const fields = [...new Set([...Object.keys(mapping.columns), ...Object.keys(mapping.set)])].sort();
  const call: Record<string, unknown> = {};
  const content: [string, string][] = [];
  let id: string | null = null;
  for (const field of fields) {
    const column = mapping.columns[field];
    const cell = column === undefined ? "" : (row.get(column) ?? "").trim();
    const text = cell === "" ? (mapping.set[field] ?? "") : cell;
    if (text === "") continue;
    const parsed = readers[kindOf(field)](text, mapping.zone);
    if (!parsed.ok)
      return {
        ok: false,
        fault: { code: "INVALID", field, message: `${parsed.message} (“${text.slice(0, 60)}”)` },
      };
    if (field === "id") {
      id = text;
      continue;
    }
    place(call, field, parsed.value.value);
    content.push([field, parsed.value.exact]);
  }
  if (!("occurredAt" in call))
    return { ok: false, fault: { code: "INVALID", field: "occurredAt", message: "is empty" } };
  return { ok: true, row: { call, id, content: JSON.stringify(content) } };
}
