import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { fileURLToPath } from "node:url";
import type { Client } from "pg";
import type { Ctx } from "@/server/context";
import { withClient } from "@/server/launch/provision";
import type { Installation } from "@/tests/installation/install";
import { installDuckDb } from "./duckdb/install";
import { drawProgress } from "./progress";
import { askedOf, type Line, measure } from "./report-measure";
import { asParquet, fill, openPlace, rollUpAll } from "./report-place";
import { boundedTable, shortfall, speedTable } from "./report-tables";

/**
 * `npm run bench:reports`: every reporting question over a ledger of ten million calls, beside the same question asked of
 * the raw table and of DuckDB over the same rows as Parquet, in one run. All three must answer the same. `BENCH_KEEP=folder`
 * keeps the database for the next run, `BENCH_ONLY=words` asks only questions with these words, `BENCH_JSON=file` has
 * the measurements written to a file. Last comes the cohort screen over a million people; `BENCH_ONLY=retention` asks that alone.
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
const only = process.env.BENCH_ONLY?.toLowerCase() ?? "";
/** A ledger of its own, of a million people (retention.ts), in a process of its own. */
const retentionPart = fileURLToPath(new URL("retention.ts", import.meta.url));

const begun = performance.now();
const seconds = () => `${((performance.now() - begun) / 1000).toFixed(0)} s`;
const draw = drawProgress(begun);
const faults: string[] = [];

async function askEverything(place: Installation, admin: Client, ctx: Ctx): Promise<Line[]> {
  // UTC, as the tenant's days are; and a plan without workers, as of a server with others to serve.
  await admin.query("SET timezone = 'UTC'");
  await admin.query("SET max_parallel_workers_per_gather = 0");
  const { duck, bytes } = await asParquet(place, admin);
  console.info(`${seconds()}: as Parquet ${(bytes / 1e6).toFixed(0)} MB`);
  // They bring the product along, which reads its environment as it is imported.
  const { rolledQuestions } = await import("./report-questions");
  const { callQuestions, pickSamples } = await import("./questions/calls");
  const questions = [...rolledQuestions, ...callQuestions(await pickSamples(admin, to))];
  const wanted = questions
    .filter(({ name }) => name.toLowerCase().includes(only))
    .flatMap((question) => {
      const { ownRange, mostDays } = question;
      const own = ownRange === undefined ? ranges : [{ name: ownRange, days: 7 }];
      return own.filter(({ days }) => days <= (mostDays ?? days)).map((range) => ({ question, ...range }));
    });
  const lines: Line[] = [];
  for (const { question, name, days } of wanted) {
    const range = { name, asked: askedOf(to, days) };
    const found = await measure(question, range, { ctx, admin, duck }, repeats);
    lines.push(found.line);
    faults.push(...found.faults);
    note(lines);
    draw("asking", lines.length, wanted.length);
  }
  duck.close();
  return lines;
}

function tell(lines: readonly Line[]): void {
  const [rolled, bounded] = [lines.filter(({ isBounded }) => !isBounded), lines.filter(({ isBounded }) => isBounded)]; // prettier-ignore
  console.info(
    `\n${speedTable(rolled)}\n\nOf bounded parts of the ledger itself:\n\n${boundedTable(bounded)}`,
  );
  console.info(`\n${shortfall(lines)}`);
}

/** After each question, so that a run that is broken off is not lost. */
function note(lines: readonly Line[]): void {
  if (process.env.BENCH_JSON === undefined) return;
  const told = {
    at: new Date(),
    calls,
    cores: cpus().length,
    processor: cpus()[0]?.model,
    repeats,
    faults,
    lines,
  };
  writeFileSync(process.env.BENCH_JSON, JSON.stringify(told, null, 1));
}

async function reportOverCalls(): Promise<void> {
  await installDuckDb();
  const place = await openPlace(process.env.BENCH_KEEP);
  try {
    // Read once, when something of the product is first imported.
    Object.assign(process.env, place.environment);
    const { disconnect } = await import("@/server/db");
    const { createContext } = await import("@/server/context");
    const { systemContext } = await import("@/server/system-context");
    const { tenantId } = place;
    await fill(place, { calls, from, to }, draw);
    const rolled = await rollUpAll(tenantId, now, 365 * 24, draw);
    const { tenant } = await systemContext(tenantId, "bench");
    const person = { kind: "person", personId: tenantId, email: "bench@example.com", role: "owner" } as const;
    const ctx = createContext({ tenant, actor: person, now });
    await withClient(place.adminUrl, async (admin) => {
      const { loadReportPrices } = await import("./report-prices");
      await loadReportPrices(admin, ctx);
      await admin.query("VACUUM ANALYZE");
      console.info(`${seconds()}: ${String(calls)} calls stored, ${String(rolled.hours)} hours rolled up in ${rolled.seconds.toFixed(0)} s`); // prettier-ignore
      tell(await askEverything(place, admin, ctx));
    });
    await disconnect();
  } finally {
    await place.remove();
  }
}

if (only !== "retention") await reportOverCalls();
for (const fault of faults) console.error(`wrong: ${fault}`);
if (faults.length > 0) process.exitCode = 1;
if (only === "" || only === "retention") {
  const { status } = spawnSync(process.execPath, ["--import", "tsx", retentionPart], { stdio: "inherit" });
  if (status !== 0) process.exitCode = 1;
}
