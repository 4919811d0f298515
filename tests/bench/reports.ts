import { statSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Client } from "pg";
import type { Ctx } from "@/server/context";
import { addDays } from "@/server/calendar/local-day";
import { freePort } from "@/server/launch/ports";
import { withClient } from "@/server/launch/provision";
import { install } from "@/tests/installation/install";
import { type DuckDb, openDuckDb } from "./duckdb/engine";
import { installDuckDb } from "./duckdb/install";
import { drawProgress } from "./progress";
import { fillReportLedger } from "./report-ledger";
import { type Asked, basicQuestions, type ReportQuestion } from "./report-questions";
import { asTable, percentile, timed } from "./statistics";

/**
 * `npm run bench:reports`: every reporting question over a ledger of ten million calls, beside the same question asked of
 * the raw table and of DuckDB over the same rows as Parquet, in one run. All three must answer the same.
 */
const isSmall = process.env.BENCH_SIZE === "small";
const calls = Number(process.env.BENCH_CALLS ?? (isSmall ? 300_000 : 10_000_000));
const [from, to] = ["2025-11-21", "2026-11-21"];
const now = new Date(`${to}T00:00:00Z`);
const repeats = isSmall ? 5 : 15;
const ranges = [
  { name: "7 days", days: 7 },
  { name: "30 days", days: 30 },
  { name: "90 days", days: 90 },
  { name: "12 months", days: 365 },
];
/** What design.md wants to be reached. */
const reach = { p95Ms: 150, timesFaster: 50 };

const columns = {
  occurred_at: "TIMESTAMP",
  kind: "VARCHAR",
  provider: "VARCHAR",
  model: "VARCHAR",
  user_id: "VARCHAR",
  account_id: "VARCHAR",
  feature: "VARCHAR",
  team: "VARCHAR",
  environment: "VARCHAR",
  prompt_id: "VARCHAR",
  prompt_version: "VARCHAR",
  run_id: "VARCHAR",
  attempt: "INTEGER",
  error_class: "VARCHAR",
  fresh_input_tokens: "INTEGER",
  cache_read_tokens: "INTEGER",
  visible_output_tokens: "INTEGER",
  latency_ms: "INTEGER",
  cost_usd: "DECIMAL(38, 18)",
};

interface Line {
  question: string;
  range: string;
  p50: number;
  p95: number;
  rawMs: number;
  duckMs: number;
}

const begun = performance.now();
const seconds = () => `${((performance.now() - begun) / 1000).toFixed(0)} s`;
const faults: string[] = [];

function askedOf(days: number): Asked {
  const start = addDays(to, -days);
  return { from: start, to, compare: { from: addDays(start, -days), to: start } };
}

async function measure(
  question: ReportQuestion,
  range: (typeof ranges)[number],
  ctx: Ctx,
  admin: Client,
  duck: DuckDb,
): Promise<Line> {
  const asked = askedOf(range.days);
  // Once unmeasured: a screen that is opened reads roll-ups that the last one has read.
  const ours = await question.ask(ctx, asked);
  const measured: number[] = [];
  for (let i = 0; i < repeats; i += 1) measured.push((await timed(() => question.ask(ctx, asked))).ms);
  const sql = question.plain(asked);
  const raw = await timed(() => admin.query<Record<string, unknown>>(sql));
  await duck.query(sql);
  const parquet = await timed(() => duck.query(sql));
  for (const [engine, rows] of [
    ["the raw calls", raw.answer.rows],
    ["DuckDB", parquet.answer],
  ] as const) {
    const theirs = question.agreed(rows);
    for (const [name, value] of Object.entries(theirs)) {
      if (ours[name] !== value) {
        faults.push(
          `${question.name}, ${range.name}: ${name} is ${String(ours[name])}, but ${String(value)} by ${engine}`,
        );
      }
    }
  }
  return {
    question: question.name,
    range: range.name,
    p50: percentile(measured, 0.5),
    p95: percentile(measured, 0.95),
    rawMs: raw.ms,
    duckMs: parquet.ms,
  };
}

const ms = (value: number) => `${value < 10 ? value.toFixed(1) : value.toFixed(0)} ms`;
const times = (value: number) => `${value < 10 ? value.toFixed(1) : value.toFixed(0)} ×`;

await installDuckDb();
const place = await install(await freePort());
try {
  // Read once, when something of the product is first imported.
  Object.assign(process.env, place.environment);
  const { disconnect } = await import("@/server/db");
  const { createContext } = await import("@/server/context");
  const { systemContext } = await import("@/server/system-context");
  const { rollUp } = await import("@/server/rollups/roll-up");
  const { tenantId } = place;
  await withClient(place.adminUrl, async (admin) => {
    const draw = drawProgress(begun);
    await fillReportLedger(admin, { tenantId, calls, from, to }, (done) => draw("storing", done, calls));
    const hours = 365 * 24;
    const rolling = performance.now();
    for (let rolled = 0, more = true; more;) {
      const result = await rollUp({ ...(await systemContext(tenantId, "bench")), now });
      ({ more } = result);
      rolled += result.hours;
      draw("rolling up", rolled, hours);
    }
    const rollSeconds = (performance.now() - rolling) / 1000;
    await admin.query("VACUUM ANALYZE");
    // UTC, as the tenant's days are; and a plan without workers, like that of the product's own statements.
    await admin.query("SET timezone = 'UTC'");
    // Beside the cluster, where the server may write, whoever runs it.
    const { rows: settings } = await admin.query<{ folder: string }>(
      "SELECT current_setting('data_directory') AS folder",
    );
    const csv = join(dirname(settings[0]?.folder ?? place.folder), "call.csv");
    await admin.query(
      `COPY (SELECT ${Object.keys(columns).join(", ")} FROM call ORDER BY occurred_at) TO '${csv}' (FORMAT csv, HEADER)`,
    );
    const parquet = join(place.folder, "call.parquet");
    const duck = await openDuckDb(csv, parquet, columns);
    console.info(
      `${seconds()}: ${String(calls)} calls stored, rolled up in ${rollSeconds.toFixed(0)} s, as Parquet ${(statSync(parquet).size / 1e6).toFixed(0)} MB`,
    );

    const { tenant } = await systemContext(tenantId, "bench");
    const person = { kind: "person", personId: tenantId, email: "bench@example.com", role: "owner" } as const;
    const ctx = createContext({ tenant, actor: person, now });
    const lines: Line[] = [];
    const wanted = basicQuestions.flatMap((question) =>
      ranges.filter(({ days }) => days <= (question.mostDays ?? days)).map((range) => ({ question, range })),
    );
    for (const { question, range } of wanted) {
      lines.push(await measure(question, range, ctx, admin, duck));
      draw("asking", lines.length, wanted.length);
    }
    duck.close();
    console.info(
      `\n${asTable([
        ["question", "range", "p50", "p95", "raw calls", "× faster", "DuckDB", "× faster"],
        ...lines.map(({ question, range, p50, p95, rawMs, duckMs }) => [
          question,
          range,
          ms(p50),
          ms(p95),
          ms(rawMs),
          times(rawMs / p50),
          ms(duckMs),
          times(duckMs / p50),
        ]),
      ])}`,
    );
    const slow = lines.filter(({ p95 }) => p95 >= reach.p95Ms);
    const close = lines.filter(({ rawMs, p50 }) => rawMs / p50 < reach.timesFaster);
    console.info(
      `\np95 of ${String(reach.p95Ms)} ms or more: ${String(slow.length)} of ${String(lines.length)}; less than ${String(reach.timesFaster)} × faster than raw: ${String(close.length)}`,
    );
  });
  await disconnect();
} finally {
  await place.remove();
}
for (const fault of faults) console.error(`wrong: ${fault}`);
if (faults.length > 0) process.exitCode = 1;
