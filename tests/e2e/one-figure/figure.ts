import type { Page } from "@playwright/test";
import type { ParsedFamily } from "@/tests/metrics/parse-exposition";
import { only } from "../ledger";
import { query } from "../own-tenant";
import type { Company } from "./company";
import {
  type CsvRow,
  downloaded,
  exact,
  fromApi,
  fromCalls,
  fromView,
  inTable,
  metric,
  sumOf,
} from "./doors";
import type { Readings } from "./readings";

/** One figure, and where each door tells it. */
export interface Figure {
  name: string;
  /** Its screen below the tenant. */
  path: string;
  screen: (page: Page) => Promise<string>;
  csv: (page: Page) => Promise<string>;
  api: () => Promise<string>;
  third: { door: "metrics" | "bi"; read: () => Promise<string> };
  /** A sum over the calls, grouped by these columns; of the group with these values. */
  ledger: { sum: string; by: readonly string[]; key: readonly (string | null)[] };
}

export interface Doors {
  company: Company;
  /** Where a BI tool logs in. */
  reader: string;
  scrape: () => Promise<ParsedFamily[]>;
}

/** What is added up over the calls. */
export const sums = {
  cost: "sum(cost_usd)",
  // A call that served several has a row for each and is one call all the same.
  calls: "count(*) FILTER (WHERE share_no IS NULL OR share_no = 1)",
  input:
    "sum(fresh_input_tokens::bigint + cache_read_tokens + cache_write_5m_tokens + cache_write_1h_tokens + audio_input_tokens)",
  output: "sum(visible_output_tokens::bigint + reasoning_tokens + audio_output_tokens)",
} as const;

export const rangeOf = ({ from, to }: Company) => ({ from, to });
export const scopeOf = ({ from, to }: Company) => `from=${from}&to=${to}`;

export function rowOf(rows: readonly CsvRow[], column: string, key: string): (name: string) => string {
  const row = only(rows.filter((one) => one[column] === key));
  return (name) => exact(row[name] ?? "");
}
export const columnSum = (rows: readonly CsvRow[], name: string) => sumOf(rows.map((row) => row[name] ?? ""));

type Labelled = [name: string, labels: CsvRow];

/** A sum of what /metrics says under these labels. */
export const inMetrics = ({ scrape }: Doors, ...parts: Labelled[]): Figure["third"] => ({
  door: "metrics",
  read: async () => {
    const families = await scrape();
    return sumOf(parts.map(([name, labels]) => metric(families, name, labels)));
  },
});

/** All input tokens, which /metrics tells in three. */
export const tokensIn = (doors: Doors, labels: CsvRow): Figure["third"] =>
  inMetrics(
    doors,
    ...["input", "cache_read", "cache_write"].map((type): Labelled => ["llm_tokens", { ...labels, type }]),
  );

export const inView = ({ reader }: Doors, sql: string, ...values: string[]): Figure["third"] => ({
  door: "bi",
  read: () => fromView(reader, sql, values),
});

/** Groups as reports answer them. */
export interface Groups {
  rows: { key: string | null; current: Record<string, string | number> }[];
  total: { current: Record<string, string | number> };
}

interface Grouped extends Pick<Figure, "name" | "path" | "third" | "ledger"> {
  title: string;
  by: string;
  /** Null: calls without the tag; undefined: the total of all. */
  key: string | null | undefined;
  /** Of the row of calls without the tag. */
  without?: string;
  column: string;
  part?: "in" | "out";
  field: string;
}

/** A cell of reports.breakdown, the table of most screens. */
export function grouped({ company }: Doors, one: Grouped): Figure {
  const { name, third, ledger, key, field } = one;
  return {
    name,
    third,
    ledger,
    path: `${one.path}${one.path.includes("?") ? "&" : "?"}${scopeOf(company)}`,
    screen: (page) => {
      const row = key === undefined ? null : (key ?? one.without ?? "");
      return inTable(page, { title: one.title, row, column: one.column, part: one.part });
    },
    csv: async (page) => {
      const rows = await downloaded(page, one.title);
      return key === undefined ? columnSum(rows, field) : rowOf(rows, one.by, key ?? "")(field);
    },
    api: () => {
      const question = { ...rangeOf(company), groupBy: one.by, limit: 1_000 };
      const answer = query<Groups>(company, "reports.breakdown", question);
      return fromApi(
        answer.then(({ rows, total }) =>
          key === undefined ? total.current[field] : rows.find((row) => row.key === key)?.current[field],
        ),
      );
    },
  };
}

type Billed = "billed" | "unknown" | "notBilled";
/** Classes as reports.errors answers them. */
export interface Classes {
  classes: { errorClass: string | null; current: Record<Billed, { calls: number; costUsd: string }> }[];
}

export function failed(
  { classes }: Classes,
  name: string,
  figure: "calls" | "costUsd",
  of: readonly Billed[],
): string {
  const found = only(classes.filter(({ errorClass }) => errorClass === name));
  return sumOf(of.map((billed) => found.current[billed][figure]));
}

export async function readingsOf({ company }: Doors, figure: Figure, page: Page): Promise<Readings> {
  const { screen, csv, api, third } = figure;
  return {
    screen: await screen(page),
    csv: await csv(page),
    api: await api(),
    [third.door]: await third.read(),
    ledger: await fromCalls(company, figure.ledger),
  };
}
