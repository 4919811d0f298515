import type { Client } from "pg";

/** Calls of a year, made inside the database: what the reports are measured over. */
export interface ReportLedger {
  tenantId: string;
  calls: number;
  /** The first local day, and the one after the last. */
  from: string;
  to: string;
}

const features = 24;
const users = 5_000;
const accounts = 200;
const batch = 250_000;

/** A number from 0 to below 1 that `salt` and a number (the call's own) decide. */
const random = (salt: number, of = "n") =>
  `((hashint8extended(${of}, ${String(salt)}) & 4294967295)::float8 / 4294967296)`;
/** Of `count` things the first is by far the most frequent, as usage goes. */
const skewed = (count: number, salt: number, power = 2, of = "n") =>
  `floor(power(${random(salt, of)}, ${String(power)}) * ${String(count)})::int`;
/** Every fifth feature is an agent: of 64 calls in a row its own are one run, which belongs to one user. */
const runNo = "(n / 64 * 8 + feature_no / 5)";
const pick = (values: readonly string[], index: string) => `(ARRAY['${values.join("','")}'])[1 + ${index}]`;

const models = [
  ["openai", "gpt-4o", "2.5", "1.25", "10"],
  ["openai", "gpt-4o-mini", "0.15", "0.075", "0.6"],
  ["anthropic", "claude-sonnet-4-5", "3", "0.3", "15"],
  ["anthropic", "claude-haiku-4-5", "1", "0.1", "5"],
  ["google", "gemini-2.5-pro", "1.25", "0.31", "10"],
  ["google", "gemini-2.5-flash", "0.3", "0.075", "2.5"],
  ["openai", "o4-mini", "1.1", "0.275", "4.4"],
  ["in-house", "acme-7b", null, null, null],
] as const;
const modelColumn = (column: 0 | 1) =>
  pick(
    models.map((one) => one[column]),
    "model_no",
  );
const rate = (column: 2 | 3 | 4) =>
  `(ARRAY[${models.map((one) => one[column] ?? "NULL").join(",")}]::numeric[])[1 + model_no]`;
const cost = `round((${rate(2)} * (input_tokens - cached_tokens) + ${rate(3)} * cached_tokens + ${rate(4)} * output_tokens) / 1000000, 18)`;

/**
 * Fills the ledger with `calls` calls spread evenly over the year before `to`: 24 features of six teams, eight models,
 * 48 prompts whose version changes each quarter, 5,000 users, runs of one to a dozen calls, and failures, each of which
 * the next call tries again.
 */
export async function fillReportLedger(
  admin: Client,
  { tenantId, calls, from, to }: ReportLedger,
  onProgress: (done: number) => void = () => undefined,
): Promise<void> {
  await admin.query(
    `SELECT create_month(month::date) FROM generate_series(date_trunc('month', $1::date), $2::date, interval '1 month') AS month`,
    [from, to],
  );
  await admin.query("SET synchronous_commit = off");
  for (let first = 0; first < calls; first += batch) {
    await admin.query(
      `WITH numbered AS (
         SELECT n, ${skewed(features, 1)} AS feature_no, $2::timestamptz + n * (($3::timestamptz - $2::timestamptz) / $4::int) AS occurred_at
         FROM generate_series($5::bigint, least($5::bigint + ${String(batch)}, $4::bigint) - 1) AS n
       ), owned AS (
         SELECT *, CASE WHEN feature_no % 5 = 0 THEN -${runNo} - 1 ELSE n END AS owner FROM numbered
       ), drawn AS (
         SELECT n, feature_no, occurred_at, ${skewed(users, 2, 5, "owner")} AS user_no, ${random(3)} AS model_share,
           ${random(4, "owner")} AS environment_share, ${random(5)} AS error_share, ${random(5, "n - 1")} AS failed_share,
           (200 + 4000 * power(${random(7)}, 3))::int AS input_tokens, (20 + 900 * power(${random(8)}, 3))::int AS output_tokens,
           ${random(9)} AS cache_share, (300 + 6000 * power(${random(10)}, 3))::int AS latency_ms, ${random(11)} AS prompt_share,
           ${random(12, "owner")} AS untagged_share
         FROM owned
       ), made AS (
         SELECT *, (feature_no + CASE WHEN model_share < 0.7 THEN 0 WHEN model_share < 0.9 THEN 1 ELSE 3 END) % ${String(models.length)} AS model_no,
           CASE WHEN feature_no % 3 = 0 THEN (input_tokens * cache_share * 0.8)::int ELSE 0 END AS cached_tokens,
           error_share < 0.02 AS fails, failed_share < 0.02 AS is_retry
         FROM drawn
       )
       INSERT INTO call (tenant_id, call_id, occurred_at, received_at, source, kind, provider, model, user_id, account_id, feature, team,
         environment, prompt_id, prompt_version, run_id, root_request_id, attempt, error_class, fresh_input_tokens, cache_read_tokens,
         visible_output_tokens, latency_ms, cost_usd, price_status)
       SELECT $1, 'call-' || n, occurred_at, occurred_at + interval '3 seconds', 'bench', 'llm', ${modelColumn(0)}, ${modelColumn(1)},
         'user_' || user_no, 'account_' || user_no % ${String(accounts)},
         CASE WHEN untagged_share >= 0.02 THEN 'feature-' || feature_no END, 'team-' || feature_no % 6,
         CASE WHEN environment_share < 0.9 THEN 'production' WHEN environment_share < 0.97 THEN 'staging' ELSE 'development' END,
         'prompt-' || feature_no * 2 + CASE WHEN prompt_share < 0.8 THEN 0 ELSE 1 END,
         'v' || 1 + extract(quarter FROM occurred_at)::int,
         CASE WHEN feature_no % 5 = 0 THEN 'run-' || ${runNo} END,
         CASE WHEN is_retry THEN 'root-' || n - 1 WHEN fails THEN 'root-' || n END, CASE WHEN is_retry THEN 2 ELSE 1 END,
         CASE WHEN fails THEN ${pick(["rate_limited", "timeout", "server_error", "overloaded"], "floor(error_share * 200)::int")} END,
         input_tokens - cached_tokens, cached_tokens, output_tokens, latency_ms, ${cost},
         CASE WHEN ${cost} IS NULL THEN 'unpriced' ELSE 'priced' END
       FROM made`,
      [tenantId, from, to, calls, first],
    );
    onProgress(Math.min(first + batch, calls));
  }
  await admin.query(
    `INSERT INTO rollup_dirty (tenant_id, hour)
     SELECT $1, hour FROM generate_series($2::timestamptz, $3::timestamptz - interval '1 hour', interval '1 hour') AS hour`,
    [tenantId, from, to],
  );
  await admin.query("ANALYZE call");
}
