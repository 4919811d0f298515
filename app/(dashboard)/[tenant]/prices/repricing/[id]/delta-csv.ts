import type { DeltaRow } from "./delta-table";

const columns = [
  "month",
  "closed",
  "feature",
  "calls",
  "newlyPriced",
  "beforeUsd",
  "afterUsd",
  "deltaUsd",
] as const;

/** RFC 4180; a cell that a spreadsheet would take for a formula begins with an apostrophe (reliability P56). */
function cell(column: (typeof columns)[number], value: string | number | boolean | null): string {
  const text = value === null ? "" : String(value);
  const safe = column === "feature" && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** The table as it is shown, every amount with all its digits. */
export function deltaCsv(rows: readonly DeltaRow[]): string {
  const lines = rows.map((row) => columns.map((column) => cell(column, row[column])).join(","));
  return [columns.join(","), ...lines, ""].join("\r\n");
}
