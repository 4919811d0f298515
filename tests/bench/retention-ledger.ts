import type { Client } from "pg";

/** People of a year, who come, stay for a while and leave: made inside the database. */
export interface PeopleLedger {
  tenantId: string;
  users: number;
  calls: number;
  events: number;
  /** The first day, and the one after the last. */
  from: string;
  to: string;
}

const batch = 200_000;
const features = 12;

/** A number from 0 to below 1 that `salt` and a number decide. */
const random = (salt: number, of: string) =>
  `((hashint8extended(${of}, ${String(salt)}) & 4294967295)::float8 / 4294967296)`;

/**
 * When the n-th call or event of all happens, and whose it is. Users come evenly over the year; most stay for days, some for
 * the rest of it, and call the more often the newer they are.
 */
const deeds = (salt: number) => `
  numbered AS (SELECT n, n % $2::bigint AS user_no FROM generate_series($5::bigint, least($5::bigint + ${String(batch)}, $6::bigint) - 1) AS n),
  lived AS (
    SELECT n, user_no, $3::timestamptz + ${random(1, "user_no")} * ($4::timestamptz - $3::timestamptz) AS came,
      power(${random(2, "user_no")}, 3) AS staying, power(${random(salt, "n")}, 1.5) AS part
    FROM numbered
  ),
  done AS (SELECT n, user_no, came + staying * part * ($4::timestamptz - came) AS at FROM lived)`;

/** Fills the ledger and what was used; the first of a user's calls are as old as the user. */
export async function fillPeopleLedger(
  admin: Client,
  { tenantId, users, calls, events, from, to }: PeopleLedger,
  onProgress: (done: number) => void = () => undefined,
): Promise<void> {
  await admin.query(
    `SELECT create_month(month::date) FROM generate_series(date_trunc('month', $1::date), $2::date, interval '1 month') AS month`,
    [from, to],
  );
  await admin.query("SET synchronous_commit = off");
  for (let first = 0; first < calls; first += batch) {
    await admin.query(
      `WITH ${deeds(3)}
       INSERT INTO call (tenant_id, call_id, occurred_at, received_at, source, kind, provider, model, user_id, account_id, feature,
         attempt, fresh_input_tokens, visible_output_tokens, latency_ms, cost_usd, price_status)
       SELECT $1, 'call-' || n, at, at + interval '3 seconds', 'bench', 'llm', 'openai', 'gpt-4o', 'user_' || user_no,
         'account_' || user_no % 5000, 'feature-' || (${random(4, "n")} * ${String(features)})::int, 1, 900, 150, 1200,
         round((0.0005 + 0.02 * power(${random(5, "n")}, 4))::numeric, 18), 'priced'
       FROM done ORDER BY at`,
      [tenantId, users, from, to, first, calls],
    );
    onProgress(Math.min(first + batch, calls));
  }
  for (let first = 0; first < events; first += batch) {
    await admin.query(
      `WITH ${deeds(6)}
       INSERT INTO usage_event (tenant_id, message_id, occurred_at, received_at, user_id, feature, event, source)
       SELECT $1, 'event-' || n, at, at, 'user_' || user_no, 'feature-' || (${random(7, "n")} * ${String(features)})::int, 'used', 'api'
       FROM done ORDER BY at`,
      [tenantId, users, from, to, first, events],
    );
    onProgress(calls + Math.min(first + batch, events));
  }
  await admin.query(
    `INSERT INTO rollup_dirty (tenant_id, hour)
     SELECT $1, hour FROM generate_series($2::timestamptz, $3::timestamptz - interval '1 hour', interval '1 hour') AS hour`,
    [tenantId, from, to],
  );
  await admin.query("ANALYZE call");
  await admin.query("ANALYZE usage_event");
}
