import type { ImportMapping } from "@/server/imports/schemas";

/** Gives a column its field, or none. A field has one column: it leaves the one that it had. */
export function assign(mapping: ImportMapping, column: string, field: string | null): ImportMapping {
  const kept = Object.entries(mapping.columns).filter(([name, at]) => at !== column && name !== field);
  return { ...mapping, columns: Object.fromEntries(field === null ? kept : [...kept, [field, column]]) };
}

/** The value of rows that have none of their own; blank takes it back. */
export function setForAll(mapping: ImportMapping, field: string, value: string): ImportMapping {
  const kept = Object.entries(mapping.set).filter(([name]) => name !== field);
  return {
    ...mapping,
    set: Object.fromEntries(value.trim() === "" ? kept : [...kept, [field, value.trim()]]),
  };
}

/** A free tag named after the column, in the letters that tag names may have. */
export function tagFieldOf(column: string): string | null {
  const name = column
    .trim()
    .replaceAll(/[^A-Za-z0-9_.:/-]+/g, "_")
    .replace(/^[^A-Za-z0-9]+/, "")
    .slice(0, 64);
  return name === "" ? null : `tags.${name}`;
}
