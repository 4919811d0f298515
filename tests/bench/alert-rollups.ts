import type { Client } from "pg";
import { measureNames, rollUpShape } from "@/server/rollups/shape";

export const features = 15;
const users = 40;
/** Hours of a day with calls, in UTC. */
const [firstHour, hoursADay] = [7, 12];

const measured: Partial<Record<(typeof measureNames)[number], string>> = {
  calls: "20",
  fresh_input_tokens: "20000",
  cache_read_tokens: "9000",
  visible_output_tokens: "4000",
  cost_usd: "usd",
  latency_ms: "24000",
  latency_calls: "20",
};
const columns = measureNames.join(", ");
const values = measureNames.map((name) => measured[name] ?? "0").join(", ");
/** About a dollar, a little different each time. */
const usd = "(0.9 + 0.2 * abs(sin(extract(epoch FROM at) / 977 + f)))::numeric(38, 18)";

/** Tenants of UTC with so many days of roll-ups up to an instant; the ledger holds the last two days. One in five has a spike. */
export async function fillAlertTenants(
  admin: Client,
  { ids, days, to }: { ids: readonly string[]; days: number; to: Date },
): Promise<void> {
  await admin.query("SET synchronous_commit = off");
  await admin.query("SET timezone = 'UTC'");
  const given = [[...ids], to.toISOString(), days];
  await admin.query("INSERT INTO tenant (tenant_id, slug, name) SELECT id, id, id FROM unnest($1::uuid[]) AS id", [given[0]]); // prettier-ignore
  await admin.query(
    `INSERT INTO rollup_state (tenant_id, time_zone, rolled_at, shape) SELECT id, 'UTC', $2::timestamptz, ${String(rollUpShape)} FROM unnest($1::uuid[]) AS id`,
    given.slice(0, 2),
  );
  const hours = `unnest($1::uuid[]) WITH ORDINALITY AS t(id, nth), generate_series(0, $3::int - 1) AS d,
    generate_series(${String(firstHour)}, ${String(firstHour + hoursADay - 1)}) AS h,
    LATERAL (SELECT date_trunc('day', $2::timestamptz) - d * interval '1 day' + h * interval '1 hour' AS at) AS times`;
  await admin.query(
    `INSERT INTO rollup_slot_by (tenant_id, dimension, slot, value, ${columns})
     SELECT id, 'feature', at, 'feature-' || f, ${values} FROM (
       SELECT id, at, f, CASE WHEN nth % 5 = 0 AND f = 0 AND at = date_trunc('hour', $2::timestamptz) - interval '1 hour' THEN 40 ELSE ${usd} END AS usd
       FROM ${hours}, generate_series(0, ${String(features - 1)}) AS f WHERE at < $2::timestamptz) AS made`,
    given,
  );
  await admin.query(
    `INSERT INTO rollup_slot_by (tenant_id, dimension, slot, value, ${columns})
     SELECT tenant_id, 'environment', slot, 'production', ${measureNames.map((name) => `sum(${name})`).join(", ")}
     FROM rollup_slot_by WHERE tenant_id = ANY ($1::uuid[]) GROUP BY tenant_id, slot`,
    [given[0]],
  );
  await admin.query(
    `INSERT INTO rollup_day_by (tenant_id, dimension, day, value, ${columns})
     SELECT tenant_id, dimension, slot::date, value, ${measureNames.map((name) => `sum(${name})`).join(", ")}
     FROM rollup_slot_by WHERE tenant_id = ANY ($1::uuid[]) GROUP BY tenant_id, dimension, slot::date, value`,
    [given[0]],
  );
  await admin.query(
    `INSERT INTO rollup_day_by (tenant_id, dimension, day, value, ${columns})
     SELECT id, 'user_id', ($2::timestamptz - d * interval '1 day')::date, 'user-' || f, ${values}
     FROM unnest($1::uuid[]) AS id, generate_series(0, $3::int - 1) AS d, generate_series(1, ${String(users)}) AS f,
       LATERAL (SELECT 4.0 AS usd) AS cost`,
    given,
  );
  await admin.query(
    `INSERT INTO rollup_slot (tenant_id, slot, n, kind, provider, model, feature, team, environment, prompt_id, prompt_version, error_class, ${columns})
     SELECT tenant_id, slot, row_number() OVER (PARTITION BY tenant_id, slot), 'llm', 'openai', 'gpt-4o', value, '', 'production', '', '', '', ${columns}
     FROM rollup_slot_by WHERE tenant_id = ANY ($1::uuid[]) AND dimension = 'feature' AND slot >= $2::timestamptz - interval '2 days'`,
    given.slice(0, 2),
  );
  await admin.query(
    `INSERT INTO call (tenant_id, call_id, occurred_at, received_at, source, kind, provider, model, feature, environment, cost_usd, price_status)
     SELECT id, 'call-' || d || '-' || h || '-' || f, at + f * interval '1 minute', at, 'bench', 'llm', 'openai', 'gpt-4o', 'feature-' || f, 'production', 0.05, 'priced'
     FROM ${hours}, generate_series(0, ${String(features - 1)}) AS f WHERE d < 2 AND at < $2::timestamptz`,
    given,
  );
}
