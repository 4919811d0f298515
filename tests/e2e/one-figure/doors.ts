import { createReadStream } from "node:fs";
import type { Locator, Page } from "@playwright/test";
import { parse } from "csv-parse";
import { Decimal } from "decimal.js";
import { demoFacts } from "@/tests/setup/demo";
import { withClient } from "@/server/launch/provision";
import { parseExposition, type ParsedFamily } from "@/tests/metrics/parse-exposition";
import { expect } from "../fixtures";
import { ledger, only } from "../ledger";
import { card, exactUsd, visit } from "../screen";
import type { Company } from "./company";

const Exact = Decimal.clone({ precision: 60 });
export const exact = (value: string | number) => new Exact(value).toFixed();
export const sumOf = (values: readonly (string | number)[]) =>
  values.reduce<Decimal>((sum, value) => sum.plus(value), new Exact(0)).toFixed();

const countIn = (text: string | undefined) => (text ?? "").replaceAll(",", "");

/** What stands in a cell, to the last digit: of an amount or a count its tooltip, else the text itself. */
export async function exactIn(cell: Locator, part?: "in" | "out"): Promise<string> {
  await expect(cell).toBeVisible();
  const amounts = cell.locator("data");
  if ((await amounts.count()) > 0) return exactUsd(amounts.first());
  const titles = await cell.evaluate((one) =>
    [one, ...one.querySelectorAll("[title]")].map((titled) => titled.getAttribute("title") ?? ""),
  );
  const title = titles.find((text) => /^[\d,]+( in,|$)/.test(text));
  if (part !== undefined) return exact(countIn(new RegExp(`([\\d,]+) ${part}`).exec(title ?? "")?.[1]));
  return exact(countIn(title ?? (await cell.textContent()) ?? ""));
}

/** The row of that name in a card's table; null: its total. */
export function rowIn(page: Page, title: string, name: string | null): Locator {
  const table = card(page, title).getByRole("table");
  if (name === null) return table.locator("tfoot tr");
  return table.locator("tbody tr").filter({ has: page.getByTitle(name, { exact: true }) });
}

/** What a table shows in a row under a heading. */
export async function inTable(
  page: Page,
  { title, row, column, part }: { title: string; row: string | null; column: string; part?: "in" | "out" },
): Promise<string> {
  const heads = card(page, title).getByRole("table").locator("thead tr").last().locator("th");
  await expect(heads.filter({ hasText: column }).first()).toBeVisible();
  const names = (await heads.allTextContents()).map((text) => text.trim());
  const at = names.indexOf(column);
  if (at < 1) throw new Error(`${title} has no column ${column}: ${names.join(", ")}`);
  return exactIn(
    rowIn(page, title, row)
      .locator("td")
      .nth(at - 1),
    part,
  );
}

export type CsvRow = Record<string, string>;

async function rowsOf(text: NodeJS.ReadableStream): Promise<CsvRow[]> {
  const rows: CsvRow[] = [];
  for await (const row of text.pipe(parse({ bom: true, columns: true }))) rows.push(row as CsvRow);
  return rows;
}

/** Presses the button of a card (null: of the screen) and reads the file, as whoever opens it does. */
export async function downloaded(
  page: Page,
  title: string | null,
  button: string | RegExp = / as CSV$/,
): Promise<CsvRow[]> {
  const place = title === null ? page.getByRole("main") : card(page, title);
  const waiting = page.waitForEvent("download");
  await place.getByRole("link", { name: button }).click();
  return rowsOf(createReadStream(await (await waiting).path()));
}

export async function scraped({ readKey }: Company): Promise<ParsedFamily[]> {
  const answer = await fetch(`${demoFacts().url}/metrics`, {
    headers: { Authorization: `Bearer ${readKey}`, Accept: "application/openmetrics-text; version=1.0.0" },
  });
  expect(answer.status).toBe(200);
  return parseExposition(await answer.text(), "openMetrics");
}

/** Counter and correction together, over all series that bear these labels. */
export function metric(families: readonly ParsedFamily[], name: string, labels: CsvRow): string {
  const samples = families.filter((family) => family.name.replace("_correction", "") === name).flatMap((family) => family.samples); // prettier-ignore
  expect(samples.filter((sample) => sample.labels.model === "other")).toEqual([]);
  const named = Object.entries(labels);
  const found = samples.filter((sample) => named.every(([label, value]) => sample.labels[label] === value));
  if (found.length === 0) throw new Error(`/metrics has no ${name} of ${JSON.stringify(labels)}`);
  return sumOf(found.map(({ value }) => value));
}

/** Makes a login of the database on the screen where people make it. */
export async function makeReader(page: Page, { slug }: Company): Promise<string> {
  await visit(page, `/${slug}/settings/bi`);
  await page.getByRole("button", { name: "Create a reader" }).first().click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill("Metabase");
  await dialog.getByRole("button", { name: "Create", exact: true }).click();
  const url = await dialog.locator("div").filter({ has: page.getByText("All in one") }).last().locator("code").textContent(); // prettier-ignore
  await dialog.getByRole("button", { name: "I have copied it" }).click();
  return url ?? "";
}

/** One figure of the views, as a BI tool reads it. */
export async function fromView(reader: string, sql: string, values: readonly string[]): Promise<string> {
  const { rows } = await withClient(reader, (client) =>
    client.query<{ value: string }>(`SELECT (${sql})::text AS value`, [...values]),
  );
  return exact(only(rows).value);
}

/** The same of the calls themselves: a sum, the columns that it is grouped by, and which group is asked for. */
export async function fromCalls(
  { id }: Company,
  { sum, by, key }: { sum: string; by: readonly string[]; key: readonly (string | null)[] },
): Promise<string> {
  const groups = ["tenant_id", ...by].join(", ");
  const having = by.map((column, at) => `${column} IS NOT DISTINCT FROM $${String(at + 2)}`);
  const { value } = only(
    await ledger<{ value: string }>(
      `SELECT (${sum})::text AS value FROM call WHERE tenant_id = $1 GROUP BY ${groups} HAVING ${["true", ...having].join(" AND ")}`,
      [id, ...key],
    ),
  );
  return exact(value);
}

/** One figure of an answer of the read API. */
export async function fromApi(figure: Promise<string | number | undefined>): Promise<string> {
  const value = await figure;
  if (value === undefined) throw new Error("The answer does not tell it.");
  return exact(value);
}
