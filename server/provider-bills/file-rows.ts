import { Usd, usdText } from "@/server/prices/decimal";
import type { BillLine } from "./schemas";

/** A cell by the lower-cased name of its column, trimmed; '' where there is none. */
export type Cells = (column: string) => string;

export type RowAnswer =
  | {
      kind: "lines";
      provider: string;
      day: string;
      /** None on a day of which the file says that nothing was charged. */
      lines: BillLine[];
      /** Whose bill it is, where the file says. */
      organization: string;
      invoiceNo: string;
    }
  /** Not of models, or of another provider: counted and told, never summed. */
  | { kind: "left-out"; day: string; why: string; usd: string };

/** A row that cannot be read. One is enough to refuse the file: a bill in part is another bill. */
export class RowFault extends Error {
  constructor(
    readonly column: string,
    message: string,
  ) {
    super(message);
  }
}

const decimal = /^[+-]?(\d{1,20}(\.\d*)?|\.\d+)(e[+-]?\d{1,2})?$/i;

/** @throws RowFault unless it is a plain decimal of at most 20 digits before the point */
export function amountOf(cell: Cells, column: string): string {
  const text = cell(column);
  if (!decimal.test(text) || new Usd(text).abs().gte("1e18"))
    throw new RowFault(column, `must be an amount, but is "${text.slice(0, 40)}"`);
  return usdText(new Usd(text));
}

/** As {@link amountOf}; null where the cell is empty. */
export function optionalAmount(cell: Cells, column: string): string | null {
  return cell(column) === "" ? null : amountOf(cell, column);
}

/** Whole tokens. @throws RowFault */
export function countOf(cell: Cells, column: string): number {
  const text = cell(column);
  if (text === "") return 0;
  const count = Number(text);
  if (!/^\d{1,15}(\.0*)?$/.test(text))
    throw new RowFault(column, `must be a whole number, but is "${text.slice(0, 40)}"`);
  return count;
}

/** @throws RowFault for any other: at whose rate it would be USD, nobody says */
export function requireUsd(cell: Cells, column: string): void {
  const text = cell(column).toUpperCase();
  if (text !== "USD")
    throw new RowFault(
      column,
      text === ""
        ? "names no currency"
        : `is ${text.slice(0, 10)}: the ledger can be held against bills in USD alone`,
    );
}

const written = /^(20\d{2}-\d{2}-\d{2})([T ]([\d:.]+)?\s*(Z|UTC|[+-]\d{2}:?\d{2})?)?$/;

/** The day of UTC that a date, or a time with or without a zone (then UTC), is on. @throws RowFault */
export function utcDay(cell: Cells, column: string): string {
  const text = cell(column);
  const [, day = "", , time = "00:00:00", zone = "Z"] = written.exec(text) ?? [];
  const at = Date.parse(`${day}T${time}${zone === "UTC" ? "Z" : zone}`);
  if (day === "" || Number.isNaN(at) || Number.isNaN(Date.parse(`${day}T00:00:00Z`)))
    throw new RowFault(column, `must be a day, as 2026-11-20, but is "${text.slice(0, 40)}"`);
  return new Date(at).toISOString().slice(0, 10);
}

const tokenUnit = /^(\d+|\d*\s*[km]|\d*\s*(thousand|million))?\s*tokens?$/i;

/** Tokens from a quantity and its unit ("Tokens", "1K tokens", "1000000 Tokens"); null for units of anything else. */
export function tokensOf(quantity: string, unit: string): string | null {
  const found = tokenUnit.exec(unit.trim());
  if (!found || !decimal.test(quantity)) return null;
  const [, prefix = ""] = found;
  const digits = /\d+/.exec(prefix)?.[0] ?? "1";
  const scale = /k|thousand/i.test(prefix) ? 1_000 : /m/i.test(prefix) ? 1_000_000 : 1;
  return new Usd(quantity).times(digits).times(scale).toDecimalPlaces(6).toFixed();
}
