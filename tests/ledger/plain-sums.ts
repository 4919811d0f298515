/**
 * Roll-ups against the ledger by a plain GROUP BY, written apart from the product's own SQL so that one slip cannot
 * hide in both. Each question selects the groups that differ, whatever way.
 */
const measures = `count(*), sum(fresh_input_tokens::numeric), sum(cache_read_tokens::numeric), sum(cache_write_5m_tokens::numeric),
  sum(cache_write_1h_tokens::numeric), sum(audio_input_tokens::numeric), sum(visible_output_tokens::numeric),
  sum(reasoning_tokens::numeric), sum(audio_output_tokens::numeric), sum(tool_units::numeric),
  sum(CASE WHEN cost_usd IS NULL THEN 0 ELSE cost_usd END),
  sum(CASE WHEN cost_usd IS NULL THEN 1 ELSE 0 END),
  sum(CASE WHEN cost_usd IS NULL THEN (fresh_input_tokens + cache_read_tokens + cache_write_5m_tokens + cache_write_1h_tokens
    + audio_input_tokens + visible_output_tokens + reasoning_tokens + audio_output_tokens)::numeric ELSE 0 END),
  sum((price_status = 'partial')::int), sum((price_status = 'estimated')::int), sum((price_status = 'reported')::int),
  sum((error_class IS NOT NULL)::int), sum((attempt > 1)::int), sum(CASE WHEN attempt > 1 AND cost_usd IS NOT NULL THEN cost_usd ELSE 0 END),
  sum(CASE WHEN latency_ms IS NULL THEN 0 ELSE latency_ms::numeric END), sum((latency_ms IS NOT NULL)::int)`;
const rolled = `calls, fresh_input_tokens, cache_read_tokens, cache_write_5m_tokens, cache_write_1h_tokens, audio_input_tokens,
  visible_output_tokens, reasoning_tokens, audio_output_tokens, tool_units, cost_usd, unpriced_calls, unpriced_tokens,
  partial_calls, estimated_calls, reported_calls, error_calls, retry_calls, retry_cost_usd, latency_ms, latency_calls`;

const workTags = [
  "kind",
  "provider",
  "model",
  "feature",
  "team",
  "environment",
  "prompt_id",
  "prompt_version",
  "error_class",
];
const userTags = ["user_id", "account_id", "provider", "model", "feature", "team", "environment"];

/** Of a table, or of a part of one. */
const nameOf = (rollup: string) => /rollup_\w+/.exec(rollup)?.[0] ?? rollup;

function difference(rollup: string, at: string, instant: string, tags: string[], where = "true"): string {
  const plain = `SELECT c.tenant_id, ${instant}, ${tags.map((tag) => `CASE WHEN ${tag} IS NULL THEN '' ELSE ${tag} END`).join(", ")}, ${measures}
    FROM call c JOIN tenant t ON t.tenant_id = c.tenant_id WHERE ${where} GROUP BY ${tags.map((_, n) => n + 3).join(", ")}, 1, 2`;
  const summed = `SELECT tenant_id, ${at}, ${tags.join(", ")}, ${rolled} FROM ${rollup}`;
  return `SELECT '${nameOf(rollup)} of ' || tenant_id || ' at ' || ${at} AS fault FROM (
    (${plain} EXCEPT ALL ${summed}) UNION ALL (${summed} EXCEPT ALL ${plain})) AS d (tenant_id, ${at})`;
}

/** Quarter hours are told by their minute, days by the calendar of the tenant's zone. */
const quarter =
  "date_trunc('hour', occurred_at, 'UTC') + floor(extract(minute FROM occurred_at) / 15) * interval '15 minutes'";
const localDate = "(occurred_at AT TIME ZONE t.time_zone)::date";

/** The roll-ups of one tag at a time against the ledger. */
function differenceByTag(
  rollup: string,
  at: string,
  instant: string,
  tags: string[],
  where = "true",
): string {
  const values = [
    "('all', '')",
    ...tags.map((tag) => `('${tag}', CASE WHEN ${tag} IS NULL THEN '' ELSE ${tag} END)`),
  ];
  const plain = `SELECT c.tenant_id, ${instant}, dimension, value, ${measures} FROM call c JOIN tenant t ON t.tenant_id = c.tenant_id,
    LATERAL (VALUES ${values.join(", ")}) AS v (dimension, value) WHERE ${where} GROUP BY 1, 2, 3, 4`;
  const summed = `SELECT tenant_id, ${at}, dimension, value, ${rolled} FROM ${rollup}`;
  return `SELECT '${nameOf(rollup)} of ' || tenant_id || ' at ' || ${at} || ' by ' || dimension AS fault FROM (
    (${plain} EXCEPT ALL ${summed}) UNION ALL (${summed} EXCEPT ALL ${plain})) AS d (tenant_id, ${at}, dimension)`;
}

/** Months that are said to be summed, against the sum of their days. */
function differenceOfMonths(rollup: string, days: string, tags: string[]): string {
  const sums = rolled
    .split(",")
    .map((name) => `sum(${name.trim()})`)
    .join(", ");
  const plain = `SELECT tenant_id, date_trunc('month', day)::date, ${tags.join(", ")}, ${sums} FROM ${days} JOIN rollup_state s USING (tenant_id)
    WHERE day < s.months_to GROUP BY ${[1, 2, ...tags.map((_, n) => n + 3)].join(", ")}`;
  const summed = `SELECT tenant_id, month, ${tags.join(", ")}, ${rolled} FROM ${rollup}`;
  return `SELECT '${rollup} of ' || tenant_id || ' at ' || month AS fault FROM (
    (${plain} EXCEPT ALL ${summed}) UNION ALL (${summed} EXCEPT ALL ${plain})) AS d (tenant_id, month)`;
}

/** Blocks of so many days, told by division, against the ledger: the narrowest at all times, wide ones once they are over. */
const differencesOfBlocks = [4, 8, 16, 32, 64].flatMap((size) => {
  const block = `(DATE '2000-01-01' + ${String(size)} * floor((${localDate} - DATE '2000-01-01') / ${String(size)}.0)::int)`;
  const isOver = `${block} + ${String(size)} <= (SELECT blocks_to FROM rollup_state r WHERE r.tenant_id = t.tenant_id)`;
  const over = size === 4 ? "true" : isOver;
  const ofSize = (rollup: string) => `(SELECT * FROM ${rollup} WHERE days = ${String(size)}) AS blocks`;
  return [
    difference(ofSize("rollup_block"), "block", block, workTags, over),
    differenceByTag(ofSize("rollup_block_by"), "block", block, ["user_id", "account_id"], over).replace(
      "('all', ''), ",
      "",
    ),
    difference(ofSize("rollup_user_block"), "block", block, ["feature", "user_id", "account_id"], over),
  ];
});

/** Recent days of people, where they are said to be summed: of the last 30 and 90 days and of those before, by the calendar. */
const differencesOfRecentDays = [
  [29, 29],
  [29, 59],
  [89, 89],
  [89, 179],
].flatMap(([days, back]) => {
  const first = `((SELECT recent_to FROM rollup_state r WHERE r.tenant_id = t.tenant_id) - ${String(back)})`;
  const within = `${localDate} >= ${first} AND ${localDate} < ${first} + ${String(days)}`;
  const summed = (
    rollup: string,
  ) => `(SELECT b.* FROM ${rollup} b JOIN rollup_state r ON r.tenant_id = b.tenant_id
    AND b.block = r.recent_to - ${String(back)} WHERE days = ${String(days)}) AS recent`;
  return [
    differenceByTag(summed("rollup_block_by"), "block", first, ["user_id", "account_id"], within).replace(
      "('all', ''), ",
      "",
    ),
    difference(summed("rollup_user_block"), "block", first, ["feature", "user_id", "account_id"], within),
  ];
});

const filled = (tag: string) => `CASE WHEN ${tag} IS NULL THEN '' ELSE ${tag} END`;
const inputs =
  "sum(fresh_input_tokens::numeric + cache_read_tokens + cache_write_5m_tokens + cache_write_1h_tokens + audio_input_tokens)";
const outputs = "sum(visible_output_tokens::numeric + reasoning_tokens + audio_output_tokens)";
const cost = "sum(CASE WHEN cost_usd IS NULL THEN 0 ELSE cost_usd END)";
const unpriced = "sum((cost_usd IS NULL)::int)";

const runTags = ["run_id", "feature", "team", "user_id", "account_id", "environment"];
const runsPlain = `SELECT c.tenant_id, ${localDate}, ${runTags.map(filled).join(", ")}, count(*), sum((kind = 'tool')::int), ${inputs}, ${outputs},
    ${cost}, ${unpriced}, sum((attempt > 1)::int), sum((error_class IS NOT NULL)::int), min(occurred_at),
    max(occurred_at + make_interval(secs => (CASE WHEN latency_ms IS NULL THEN 0 ELSE latency_ms END) / 1000.0))
  FROM call c JOIN tenant t ON t.tenant_id = c.tenant_id WHERE run_id IS NOT NULL GROUP BY 1, 2, 3, 4, 5, 6, 7, 8`;
const runsRolled = `SELECT tenant_id, day, ${runTags.join(", ")}, calls, tool_calls, input_tokens, output_tokens,
    cost_usd, unpriced_calls, retry_calls, error_calls, first_at, last_at FROM rollup_run_day`;
const promptsPlain = `SELECT c.tenant_id, ${localDate}, prompt_id, ${filled("prompt_version")}, count(*), ${inputs}, ${outputs},
    ${cost}, ${unpriced}, sum((error_class IS NOT NULL)::int)
  FROM call c JOIN tenant t ON t.tenant_id = c.tenant_id WHERE prompt_id IS NOT NULL GROUP BY 1, 2, 3, 4`;
const promptsRolled = `SELECT tenant_id, day, prompt_id, prompt_version, calls, input_tokens, output_tokens, cost_usd, unpriced_calls, error_calls
  FROM rollup_prompt_day`;
const attemptsPlain = (
  detail: string,
  where: string,
) => `SELECT c.tenant_id, ${localDate}, ${workTags.map((tag) => filled(`c.${tag}`)).join(", ")},
    ${detail}, count(*), sum(CASE WHEN c.cost_usd IS NULL THEN 0 ELSE c.cost_usd END), sum((c.cost_usd IS NULL)::int)
  FROM call c JOIN tenant t ON t.tenant_id = c.tenant_id WHERE ${where} GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12`;
/** What made a retry necessary, looked up one by one. */
const cause = filled(`(SELECT f.error_class FROM call f
  WHERE f.tenant_id = c.tenant_id AND f.root_request_id = c.root_request_id AND f.error_class IS NOT NULL AND f.attempt < c.attempt
    AND f.occurred_at > c.occurred_at - interval '24 hours' AND f.occurred_at <= c.occurred_at + interval '60 minutes'
  ORDER BY f.attempt DESC, f.occurred_at DESC, f.error_class LIMIT 1)`);
const attemptsRolled = (rollup: string, detail: string) =>
  `SELECT tenant_id, day, ${workTags.join(", ")}, ${detail}, calls, cost_usd, unpriced_calls FROM ${rollup}`;
const differenceOfRows = (rollup: string, plain: string, summed: string) =>
  `SELECT '${rollup} of ' || tenant_id || ' at ' || day AS fault FROM (
    (${plain} EXCEPT ALL ${summed}) UNION ALL (${summed} EXCEPT ALL ${plain})) AS d (tenant_id, day)`;

/** Runs that are said to have one row, and what was counted of them beforehand. */
const notAlone = `SELECT 'rollup_run_day of ' || tenant_id || ' has parts of ' || run_id AS fault
  FROM rollup_run_day GROUP BY tenant_id, run_id HAVING count(*) > 1 AND sum(alone::int) > 0`;
const countedRuns = `(SELECT *, 'all' AS dimension, '' AS value FROM rollup_run_day ${[
  "feature",
  "team",
  "environment",
]
  .map((tag) => `UNION ALL SELECT *, '${tag}', ${tag} FROM rollup_run_day`)
  .join(" ")}) AS counted`;
const totalsPlain = `SELECT tenant_id, day, dimension, value, count(*), sum((calls > 0)::int * calls), sum(cost_usd), sum((error_calls > 0)::int) FROM ${countedRuns}
  WHERE alone GROUP BY 1, 2, 3, 4`;
const totalsRolled =
  "SELECT tenant_id, day, dimension, value, runs, calls, cost_usd, error_runs FROM rollup_run_total";
const sizesPlain = `SELECT * FROM (
  SELECT tenant_id, day, dimension, value, 'steps', calls, count(*) FROM ${countedRuns} WHERE alone GROUP BY 1, 2, 3, 4, 6
  UNION ALL SELECT tenant_id, day, dimension, value, 'cost', 0, sum((cost_usd > 0 OR calls > unpriced_calls)::int) FROM ${countedRuns} WHERE alone GROUP BY 1, 2, 3, 4
  HAVING sum((cost_usd > 0 OR calls > unpriced_calls)::int) > 0) AS sizes`;
const sizesRolled = `SELECT tenant_id, day, dimension, value, measure, CASE measure WHEN 'cost' THEN 0 ELSE bucket END, sum(runs) FROM rollup_run_size GROUP BY 1, 2, 3, 4, 5, 6`;

export const differencesSql = [
  difference("rollup_slot", "slot", quarter, workTags),
  difference("rollup_day", "day", localDate, workTags),
  difference("rollup_user_day", "day", localDate, userTags),
  differenceByTag("rollup_slot_by", "slot", quarter, workTags),
  differenceByTag("rollup_day_by", "day", localDate, [...workTags, "user_id", "account_id"]),
  ...differencesOfBlocks,
  ...differencesOfRecentDays,
  differenceOfMonths("rollup_month", "rollup_day", workTags),
  differenceOfMonths("rollup_user_month", "rollup_user_day", ["feature", "user_id", "account_id"]),
  differenceOfMonths("rollup_month_by", "rollup_day_by", ["dimension", "value"]),
  differenceOfRows("rollup_run_day", runsPlain, runsRolled),
  notAlone,
  differenceOfRows("rollup_run_total", totalsPlain, totalsRolled),
  differenceOfRows("rollup_run_size", sizesPlain, sizesRolled),
  differenceOfRows("rollup_prompt_day", promptsPlain, promptsRolled),
  differenceOfRows(
    "rollup_retry_day",
    attemptsPlain(cause, "c.attempt > 1"),
    attemptsRolled("rollup_retry_day", "cause"),
  ),
  differenceOfRows(
    "rollup_failure_day",
    attemptsPlain("c.billed", "c.error_class IS NOT NULL"),
    attemptsRolled("rollup_failure_day", "billed"),
  ),
].join(" UNION ALL ");

/** Everything that was rolled up, as one hash: a job that changes nothing leaves it alone. */
export const rollupHashSql = `SELECT md5(string_agg(line, E'\\n' ORDER BY line)) AS hash FROM (
  SELECT 'slot ' || s::text AS line FROM rollup_slot s UNION ALL SELECT 'day ' || d::text FROM rollup_day d
  UNION ALL SELECT 'user ' || u::text FROM rollup_user_day u
  UNION ALL SELECT 'month ' || m::text FROM rollup_month m
  UNION ALL SELECT 'slot by ' || b::text FROM rollup_slot_by b UNION ALL SELECT 'day by ' || b::text FROM rollup_day_by b
  UNION ALL SELECT 'block ' || b::text FROM rollup_block b UNION ALL SELECT 'block by ' || b::text FROM rollup_block_by b
  UNION ALL SELECT 'month by ' || b::text FROM rollup_month_by b
  UNION ALL SELECT 'user block ' || b::text FROM rollup_user_block b UNION ALL SELECT 'user month ' || m::text FROM rollup_user_month m
  UNION ALL SELECT 'run ' || r::text FROM rollup_run_day r
  UNION ALL SELECT 'runs ' || t::text FROM rollup_run_total t UNION ALL SELECT 'sizes ' || s::text FROM rollup_run_size s UNION ALL SELECT 'prompt ' || p::text FROM rollup_prompt_day p
  UNION ALL SELECT 'retry ' || r::text FROM rollup_retry_day r UNION ALL SELECT 'failure ' || f::text FROM rollup_failure_day f) AS lines`;
