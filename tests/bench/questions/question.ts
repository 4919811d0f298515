import type { Ctx } from "@/server/context";

/** A range that is asked about, and the one before it of equal length. Days of UTC; `to` is exclusive. */
export interface Asked {
  from: string;
  to: string;
  compare: { from: string; to: string };
}

/** What both sides must agree on: a figure's name → its value in full. */
export type Agreed = Record<string, string | number>;

export interface ReportQuestion {
  name: string;
  /** Days that it is asked about at most. */
  mostDays?: number;
  /** It has a range of its own, whatever is asked: what that is called. */
  ownRange?: string;
  /** The same over raw calls reads a bounded part of them, too: it is no measure of the roll-ups. */
  isBounded?: boolean;
  ask(ctx: Ctx, asked: Asked): Promise<Agreed>;
  /** The same asked of raw calls in one statement (PostgreSQL and DuckDB); `agreed` reads what it must agree on. */
  plain(asked: Asked): string;
  agreed(rows: Record<string, unknown>[]): Agreed;
}

export const inRange = ({ from, to }: { from: string; to: string }) =>
  `occurred_at >= TIMESTAMP '${from} 00:00:00' AND occurred_at < TIMESTAMP '${to} 00:00:00'`;
const input =
  "fresh_input_tokens + cache_read_tokens + cache_write_5m_tokens + cache_write_1h_tokens + audio_input_tokens";
const output = "visible_output_tokens + reasoning_tokens + audio_output_tokens";
export const counted = (condition: string) => `sum(CASE WHEN ${condition} THEN 1 ELSE 0 END)`;

/** Figures as raw calls tell them. */
const figures = {
  calls: "count(*)",
  cost: "coalesce(sum(cost_usd), 0)",
  input_tokens: `sum(${input})`,
  output_tokens: `sum(${output})`,
  cache_read_tokens: "sum(cache_read_tokens)",
  unpriced: counted("cost_usd IS NULL"),
  unpriced_tokens: `sum(CASE WHEN cost_usd IS NULL THEN ${input} + ${output} ELSE 0 END)`,
  partial: counted("price_status = 'partial'"),
  estimated: counted("price_status = 'estimated'"),
  reported: counted("price_status = 'reported'"),
  errors: counted("error_class IS NOT NULL"),
  retries: counted("attempt > 1"),
  retry_cost: "coalesce(sum(CASE WHEN attempt > 1 THEN cost_usd END), 0)",
  reasoning_tokens: "sum(reasoning_tokens)",
  cache_write_tokens: "sum(cache_write_5m_tokens + cache_write_1h_tokens)",
  latency: "sum(latency_ms)",
  latency_calls: "count(latency_ms)",
} as const;

/**
 * A select list. Raw calls are asked for every figure that the product's answer has, and for no other: with fewer it would be
 * another question, whose speed says nothing of this one's.
 */
export const sumsOf = (...names: (keyof typeof figures)[]) =>
  names.map((name) => `${figures[name]} AS ${name}`).join(", ");

/** SpendFigures: all of them. */
export const sums = sumsOf(...(Object.keys(figures) as (keyof typeof figures)[]));
/** Those of a suggested value and of an hour of the week. */
export const fewSums = sumsOf("calls", "cost", "unpriced");
/** Tokens of each bucket. */
export const bucketSums = `${input} + ${output}`
  .split(" + ")
  .map((name) => `sum(${name}) AS ${name}`)
  .join(", ");

/** Rows of both stretches, `is_current` or of the one compared with. */
export const picked = (asked: Asked, where = "true") => `(
    SELECT true AS is_current, * FROM call WHERE ${inRange(asked)} AND ${where}
    UNION ALL SELECT false AS is_current, * FROM call WHERE ${inRange(asked.compare)} AND ${where}
  ) AS picked`;
export const isCurrent = (row: Record<string, unknown>) => row.is_current === true;

const amountText = (value: unknown) => (typeof value === "string" ? value : "0");
/** Amounts as both engines and the product write them. */
export const amount = (value: unknown) => {
  const text = amountText(value);
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
};
export const number = (value: unknown) => Number(value ?? 0);

/** Total of groups that came back one by one, in units of 10⁻¹⁸ USD. */
export function addUp(rows: Record<string, unknown>[], name: string): string {
  const units = rows.reduce((sum, row) => {
    const [whole = "0", part = ""] = amountText(row[name]).split(".");
    return sum + BigInt(whole + part.padEnd(18, "0"));
  }, 0n);
  const text = units.toString().padStart(19, "0");
  return amount(`${text.slice(0, -18)}.${text.slice(-18)}`);
}
export const addCounts = (rows: Record<string, unknown>[], name: string) =>
  rows.reduce((sum, row) => sum + number(row[name]), 0);

export const totals = (rows: Record<string, unknown>[]) => ({
  calls: addCounts(rows, "calls"),
  costUsd: addUp(rows, "cost"),
});
