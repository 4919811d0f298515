import { randomUUID } from "node:crypto";
import type { Client } from "pg";

/** USD per million input and output tokens: what was listed when the calls came, and what the list says since. Null: nothing. */
const models = [
  { model: "bench-large", before: ["2.5", "10"], since: ["2", "8"] },
  { model: "bench-small", before: ["0.15", "0.6"], since: ["0.175", "0.7000001"] },
  { model: "bench-same", before: ["3", "15"], since: null },
  { model: "bench-late", before: null, since: ["1.1", "4.4"] },
] as const;

/** Calls from September, which is closed, to November of a year; at a million, five seconds apart. */
const first = "2026-09-16T00:00:00Z";
const days = 60;
export const scope = { from: "2026-09-01", to: "2026-12-01" };
export const closedMonth = "2026-09";
export const receivedAt = new Date("2026-11-18T00:00:00Z");
/** When the list changed, and after that the repricing was asked for. */
const listedAgain = "2026-11-19T00:00:00Z";

const perMillion = ([input, output]: readonly [string, string]) =>
  `round((${input}::numeric * fresh_input_tokens + ${output}::numeric * visible_output_tokens) / 1000000, 18)`;
/** What a call costs, told by SQL of its own. */
const costBy = (which: (one: (typeof models)[number]) => readonly [string, string] | null) =>
  `CASE model ${models
    .map((one) => {
      const rates = which(one);
      return rates ? `WHEN '${one.model}' THEN ${perMillion(rates)}` : "";
    })
    .join(" ")} END`;
const costBefore = costBy(({ before }) => before);
const costSince = costBy(({ before, since }) => since ?? before);

/** The price lists, and so many calls at the prices of then. */
export async function fillLedger(
  admin: Client,
  tenantId: string,
  calls: number,
  onProgress: (done: number) => void = () => undefined,
): Promise<void> {
  for (const { model, before, since } of models) {
    for (const [rates, knownFrom] of [
      [before, "2026-08-01T00:00:00Z"],
      [since, listedAgain],
    ] as const) {
      if (!rates) continue;
      const id = randomUUID();
      await admin.query(
        "INSERT INTO price_version (id, provider, model, known_from, source, source_version) VALUES ($1, 'openai', $2, $3, 'platform', 'bench')",
        [id, model, knownFrom],
      );
      await admin.query(
        "INSERT INTO price_rate (version_id, unit, usd, per) VALUES ($1, 'fresh_input', $2, 1000000), ($1, 'visible_output', $3, 1000000)",
        [id, ...rates],
      );
    }
  }
  for (const month of ["2026-09-01", "2026-10-01", "2026-11-01"])
    await admin.query("SELECT create_month($1::date)", [month]);
  await admin.query("SET synchronous_commit = off");
  const batch = 100_000;
  for (let from = 0; from < calls; from += batch) {
    await admin.query(
      `WITH made AS (
         SELECT n, TIMESTAMPTZ '${first}' + n * (interval '${String(days)} days' / $2::int) AS occurred_at,
           (ARRAY['${models.map(({ model }) => model).join("','")}'])[1 + n % 4] AS model,
           100 + (n::bigint * 7919) % 4000 AS fresh_input_tokens, 10 + (n::bigint * 104729) % 900 AS visible_output_tokens
         FROM generate_series($3::int, least($3::int + ${String(batch)}, $2::int) - 1) AS n
       )
       INSERT INTO call (tenant_id, call_id, occurred_at, received_at, source, kind, provider, model, user_id, feature,
         fresh_input_tokens, visible_output_tokens, cost_usd, price_status)
       SELECT $1, 'call-' || n, occurred_at, $4, 'bench', 'llm', 'openai', model, 'user_' || n % 400, 'feature-' || n % 12,
         fresh_input_tokens, visible_output_tokens, ${costBefore}, CASE WHEN ${costBefore} IS NULL THEN 'unpriced' ELSE 'priced' END
       FROM made`,
      [tenantId, calls, from, receivedAt],
    );
    onProgress(Math.min(from + batch, calls));
  }
  await admin.query(
    "INSERT INTO rollup_dirty (tenant_id, hour) SELECT DISTINCT tenant_id, date_trunc('hour', occurred_at, 'UTC') FROM call WHERE tenant_id = $1",
    [tenantId],
  );
  await admin.query("ANALYZE call");
}

export interface Verdict {
  /** What is wrong, each a sentence; empty when all is right. */
  faults: string[];
  totalUsd: string;
  changed: number;
  corrected: number;
}

/** Whether every call ended at its price, once, and the sums with them: by SQL that knows nothing of how it was done. */
export async function judge(admin: Client, tenantId: string, runId: string, calls: number): Promise<Verdict> {
  const one = async <T extends Record<string, unknown>>(sql: string, values: unknown[] = [tenantId]) => {
    const { rows } = await admin.query<T>(sql, values);
    if (!rows[0]) throw new Error("A sum answered no row");
    return rows[0];
  };
  const isClosed = "occurred_at < TIMESTAMPTZ '2026-10-01T00:00:00Z'";
  const { expected, to_change, to_correct } = await one<{
    expected: string;
    to_change: number;
    to_correct: number;
  }>(
    `SELECT trim_scale(sum(${costSince}))::text AS expected,
       (count(*) FILTER (WHERE model <> 'bench-same' AND NOT ${isClosed}))::int AS to_change,
       (count(*) FILTER (WHERE model <> 'bench-same' AND ${isClosed}))::int AS to_correct
     FROM call WHERE tenant_id = $1`,
  );
  const { actual, untouched, unpriced } = await one<{ actual: string; untouched: number; unpriced: number }>(
    `SELECT trim_scale(sum(coalesce(cost_usd, 0)) + (SELECT sum(delta_usd) FROM call_correction WHERE tenant_id = $1))::text AS actual,
       (count(*) FILTER (WHERE ${isClosed} AND cost_usd IS DISTINCT FROM ${costBefore}))::int AS untouched,
       (count(*) FILTER (WHERE NOT ${isClosed} AND cost_usd IS NULL))::int AS unpriced
     FROM call WHERE tenant_id = $1`,
  );
  const { kept, kept_calls } = await one<{ kept: number; kept_calls: number }>(
    "SELECT count(*)::int AS kept, count(DISTINCT call_id)::int AS kept_calls FROM call_history WHERE tenant_id = $1",
  );
  const { booked } = await one<{ booked: number }>(
    "SELECT count(*)::int AS booked FROM call_correction WHERE tenant_id = $1",
  );
  const { wrong } = await one<{ wrong: number }>(
    `SELECT count(*)::int AS wrong FROM call LEFT JOIN call_correction k USING (tenant_id, occurred_at, call_id)
     WHERE call.tenant_id = $1 AND coalesce(k.cost_usd, call.cost_usd) IS DISTINCT FROM
       (${costSince.replaceAll("model", "call.model")})`,
  );
  const run = await one<{ state: string; seen: number; changed: number; agrees: boolean }>(
    `SELECT state, calls_seen::int AS seen, calls_changed::int AS changed, delta_usd = (
       SELECT sum(after_usd - before_usd) FROM reprice_delta WHERE run_id = $2 AND phase = 'applied') AS agrees
     FROM reprice_run WHERE tenant_id = $1 AND id = $2`,
    [tenantId, runId],
  );
  const { drifted } = await one<{ drifted: number }>(
    `SELECT count(*)::int AS drifted FROM (SELECT month, closed, feature, model FROM reprice_delta WHERE tenant_id = $1 AND run_id = $2
       GROUP BY month, closed, feature, model
       HAVING sum((after_usd - before_usd) * CASE phase WHEN 'preview' THEN 1 ELSE -1 END) <> 0 OR count(*) <> 2) AS differing`,
    [tenantId, runId],
  );
  const checks: [string, unknown, unknown][] = [
    ["the total of all calls and corrections", actual, expected],
    ["calls at another price than listed", wrong, 0],
    ["calls of the closed month that changed", untouched, 0],
    ["calls of open months without a price", unpriced, 0],
    ["histories kept", kept, to_change],
    ["calls with a history", kept_calls, to_change],
    ["corrections booked", booked, to_correct],
    ["the run's state", run.state, "done"],
    ["calls that the run has seen", run.seen, calls],
    ["calls that the run says it changed", run.changed, to_change + to_correct],
    ["the run's delta is the sum of its deltas", run.agrees, true],
    ["groups whose preview was another", drifted, 0],
  ];
  const faults = checks.flatMap(([what, is, should]) =>
    is === should ? [] : [`${what}: ${String(is)} instead of ${String(should)}`],
  );
  return { faults, totalUsd: actual, changed: to_change, corrected: to_correct };
}
