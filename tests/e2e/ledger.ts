import { Decimal } from "decimal.js";
import type { QueryResultRow } from "pg";
import { acme } from "@/prisma/seed/acme";
import { environmentBeside } from "@/server/imports/installation";
import { withClient } from "@/server/launch/provision";
import { readSecrets } from "@/server/launch/secrets";

/** The data folder of the product under test. */
export function dataFolder(): string {
  const folder = process.env.E2E_DATA_DIR;
  if (folder === undefined) throw new Error("E2E_DATA_DIR is set by tests/setup/product.ts.");
  return folder;
}

/** As superuser, past row-level security and all of the product's code: what really is there. */
export async function ledger<Row extends QueryResultRow>(
  sql: string,
  values: unknown[] = [],
): Promise<Row[]> {
  const folder = dataFolder();
  const { DATABASE_URL } = await environmentBeside({ NODE_ENV: "production", DATA_DIR: folder });
  const url = new URL(DATABASE_URL ?? "");
  url.username = "postgres";
  url.password = readSecrets(folder).superuserPassword;
  return withClient(url.toString(), async (client) => (await client.query<Row>(sql, values)).rows);
}

export interface Sums {
  calls: number;
  unpricedCalls: number;
  inputTokens: number;
  outputTokens: number;
  /** Plain decimal in USD, without zeros at its end. */
  costUsd: string;
  /** The same in dollars and cents, as people write it. */
  shown: string;
}

const sums = `count(*)::int AS "calls", count(*) FILTER (WHERE cost_usd IS NULL)::int AS "unpricedCalls",
  coalesce(sum(fresh_input_tokens + cache_read_tokens + cache_write_5m_tokens + cache_write_1h_tokens + audio_input_tokens), 0)::float8 AS "inputTokens",
  coalesce(sum(visible_output_tokens + reasoning_tokens + audio_output_tokens), 0)::float8 AS "outputTokens",
  trim_scale(coalesce(sum(cost_usd), 0))::text AS "costUsd", to_char(coalesce(sum(cost_usd), 0), 'FM$999,999,990.00') AS "shown"`;
/**
 * The local day on which the demo tenant was made, which its stories are so many days before or after. A suite that runs over
 * midnight ends on the next one.
 */
export const demoDay = `((created_at + interval '${String(acme.days)} days') AT TIME ZONE time_zone)::date`;

/** Calls of the tenant's last days, today included: $1 is its slug, $2 how many days. */
export const lastDays = `FROM call JOIN tenant USING (tenant_id) WHERE slug = $1
  AND (occurred_at AT TIME ZONE time_zone)::date > (now() AT TIME ZONE time_zone)::date - $2::int
  AND (occurred_at AT TIME ZONE time_zone)::date <= (now() AT TIME ZONE time_zone)::date`;

/** A plain sum over the ledger. */
export async function sumOfLastDays(slug: string, days: number): Promise<Sums> {
  return only(await ledger<Sums & QueryResultRow>(`SELECT ${sums} ${lastDays}`, [slug, days]));
}

export async function sumOfFeature(slug: string, feature: string): Promise<Sums> {
  const from = "FROM call JOIN tenant USING (tenant_id) WHERE slug = $1 AND feature = $2";
  return only(await ledger<Sums & QueryResultRow>(`SELECT ${sums} ${from}`, [slug, feature]));
}

export function only<T>(rows: readonly T[]): T {
  const [row] = rows;
  if (row === undefined) throw new Error("The query gave no row.");
  return row;
}

const Exact = Decimal.clone({ precision: 60 });

/** As plain as the ledger's own text: 12.50 and $12.5 are one amount. */
export function plainUsd(amount: string): string {
  return new Exact(amount.replace(/[$,]|USD/g, "").trim()).toFixed();
}

export function addUsd(amounts: readonly string[]): string {
  return amounts.reduce((sum, amount) => sum.plus(plainUsd(amount)), new Exact(0)).toFixed();
}

/** units × USD ÷ per */
export function costOf(units: number, usd: string, per: number): string {
  return new Exact(usd).times(units).div(per).toFixed();
}
