import { cellText } from "@/server/analytics/tables/cell";
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

const texts: ReadonlySet<string> = new Set(["month", "closed", "feature"]);

/** RFC 4180. */
function cell(column: (typeof columns)[number], value: string | number | boolean | null): string {
  const safe = cellText(texts.has(column) ? "text" : "number", value);
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** The table as it is shown, every amount with all its digits. */
export function deltaCsv(rows: readonly DeltaRow[]): string {
  const lines = rows.map((row) => columns.map((column) => cell(column, row[column])).join(","));
  return [columns.join(","), ...lines, ""].join("\r\n");
}
