import type { Tenant } from "@/server/context";
import { expose } from "@/server/metrics/exposition";
import { readMetrics } from "@/server/metrics/read";
import { otherName } from "@/server/metrics/shape";
import { asAdmin, contextOf, system } from "../factories/tenant";
import { type ParsedSample, parseExposition } from "./parse-exposition";

/** Decimals as whole numbers of their eighteenth place: sums of them are exact. */
export function units(decimal: string): bigint {
  const [, sign = "", whole = "", part = ""] = /^(-?)(\d+)(?:\.(\d{1,18}))?$/.exec(decimal) ?? [];
  if (whole === "") throw new Error(`No decimal: ${decimal}`);
  return BigInt(`${sign}${whole}${part.padEnd(18, "0")}`);
}

/** Values by the metric and its labels, as JSON. */
export type Figures = Map<string, bigint>;
const add = (figures: Figures, key: string, value: bigint) =>
  figures.set(key, (figures.get(key) ?? 0n) + value);

type Tags = [provider: string, model: string, feature: string, team: string, env: string];
const tagsOf = ({ provider = "", model = "", feature = "", team = "", env = "" }: ParsedSample["labels"]): Tags => [provider, model, feature, team, env]; // prettier-ignore
const others: Tags = [otherName, otherName, otherName, otherName, otherName];

/** What Prometheus reads. */
export interface Scrape {
  counters: Figures;
  /** Counter and correction together. */
  ledger: Figures;
  /** Combinations of tags, as JSON, and error types that have a name of their own. */
  named: Set<string>;
  errors: Set<string>;
}

export async function scrape(tenant: Tenant, now: Date): Promise<Scrape> {
  const families = parseExposition(
    expose(await readMetrics(contextOf(tenant, system, now)), "openMetrics"),
    "openMetrics",
  );
  const found: Scrape = { counters: new Map(), ledger: new Map(), named: new Set(), errors: new Set() };
  for (const { name, type, samples } of families) {
    if (name === "llm_data_freshness_seconds") continue;
    const metric = name.replace("_correction", "");
    for (const { labels, value } of samples) {
      const tags = tagsOf(labels);
      const { type: token = "", error_type: error = "" } = labels;
      const key = JSON.stringify([metric, tags, token, error]);
      if (type === "counter") add(found.counters, key, units(value));
      add(found.ledger, key, units(value));
      found.named.add(JSON.stringify(tags));
      found.errors.add(error);
    }
  }
  found.named.delete(JSON.stringify(others));
  found.errors.delete(otherName);
  return found;
}

/** What each of these figures is by a plain GROUP BY over the ledger and the corrections of closed months. */
export async function plainLedger(
  tenant: Tenant,
  { named, errors }: Pick<Scrape, "named" | "errors">,
): Promise<Figures> {
  const rows = await asAdmin<Record<string, string>>(
    `SELECT provider, model, coalesce(feature, '') AS feature, coalesce(team, '') AS team, coalesce(environment, '') AS env,
       coalesce(error_class, '') AS error, coalesce(sum(cost_usd), 0)::text AS cost,
       (sum(fresh_input_tokens::bigint) + sum(audio_input_tokens::bigint))::text AS input,
       (sum(visible_output_tokens::bigint) + sum(reasoning_tokens::bigint) + sum(audio_output_tokens::bigint))::text AS output,
       sum(cache_read_tokens)::text AS read, (sum(cache_write_5m_tokens::bigint) + sum(cache_write_1h_tokens::bigint))::text AS write,
       count(DISTINCT coalesce(share_of, call_id)) FILTER (WHERE share_no IS NULL OR share_no = 1)::text AS calls,
       count(*) FILTER (WHERE cost_usd IS NULL AND (share_no IS NULL OR share_no = 1))::text AS unpriced
     FROM call WHERE tenant_id = $1 GROUP BY 1, 2, 3, 4, 5, 6`,
    [tenant.id],
  );
  const corrections = await asAdmin<Record<string, string>>(
    `SELECT provider, model, coalesce(feature, '') AS feature, coalesce(team, '') AS team, coalesce(environment, '') AS env,
       sum(delta_usd)::text AS delta FROM call_correction WHERE tenant_id = $1 GROUP BY 1, 2, 3, 4, 5`,
    [tenant.id],
  );
  const figures: Figures = new Map();
  const put = (row: Record<string, string>, metric: string, value = "0", token = "", error = "") => {
    const own = tagsOf(row);
    const tags = named.has(JSON.stringify(own)) ? own : others;
    add(figures, JSON.stringify([metric, tags, token, error]), units(value));
  };
  for (const row of rows) {
    const { error = "" } = row;
    put(row, "llm_cost_usd", row.cost);
    for (const token of ["input", "output"]) put(row, "llm_tokens", row[token], token);
    put(row, "llm_tokens", row.read, "cache_read");
    put(row, "llm_tokens", row.write, "cache_write");
    put(row, "llm_calls", row.calls, "", error === "" || errors.has(error) ? error : otherName);
    put(row, "llm_unpriced_calls", row.unpriced);
  }
  for (const row of corrections) put(row, "llm_cost_usd", row.delta);
  return figures;
}

/** Figures in which the two differ; one that is missing is 0 to the other. */
export function differences(scraped: Figures, plain: Figures): string[] {
  return [...new Set([...scraped.keys(), ...plain.keys()])]
    .filter((key) => (scraped.get(key) ?? 0n) !== (plain.get(key) ?? 0n))
    .map((key) => `${key}: ${String(scraped.get(key))} and not ${String(plain.get(key))}`);
}

/** Counters that fell, or are gone. */
export function falls(before: Figures, after: Figures): string[] {
  return [...before]
    .filter(([key, value]) => (after.get(key) ?? -1n) < value)
    .map(([key, value]) => `${key}: from ${String(value)} to ${String(after.get(key))}`);
}
