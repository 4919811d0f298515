import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Client } from "pg";
import { freePort } from "@/server/launch/ports";
import { withClient } from "@/server/launch/provision";
import { install, type Installation } from "@/tests/installation/install";
import { type DuckDb, openDuckDb } from "./duckdb/engine";
import { fillReportLedger, type ReportLedger } from "./report-ledger";

type Draw = (what: string, done: number, total: number) => void;

const columns = {
  occurred_at: "TIMESTAMP",
  call_id: "VARCHAR",
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
  root_request_id: "VARCHAR",
  attempt: "INTEGER",
  error_class: "VARCHAR",
  billed: "VARCHAR",
  fresh_input_tokens: "INTEGER",
  cache_read_tokens: "INTEGER",
  cache_write_5m_tokens: "INTEGER",
  cache_write_1h_tokens: "INTEGER",
  audio_input_tokens: "INTEGER",
  visible_output_tokens: "INTEGER",
  reasoning_tokens: "INTEGER",
  audio_output_tokens: "INTEGER",
  latency_ms: "INTEGER",
  cost_usd: "DECIMAL(38, 18)",
  price_status: "VARCHAR",
};

/** A database of its own; kept in `folder`, if there is one, for the next time. */
export async function openPlace(folder: string | undefined): Promise<Installation> {
  if (folder !== undefined) mkdirSync(folder, { recursive: true, mode: 0o755 });
  return install(await freePort(), folder);
}

type Filled = Omit<ReportLedger, "tenantId">;
const hashOf = (content: string) => createHash("sha256").update(content).digest("hex");
const recipe = () =>
  hashOf(readFileSync(fileURLToPath(new URL("report-ledger.ts", import.meta.url)), "utf8"));

/** Stores the calls, unless a kept folder has these very ones. */
export async function fill(place: Installation, ledger: Filled, draw: Draw): Promise<void> {
  const note = join(place.folder, "filled.json");
  const wanted = JSON.stringify({ ...ledger, recipe: recipe() });
  if (existsSync(note)) {
    if (readFileSync(note, "utf8") === wanted) return;
    throw new Error(`${place.folder} holds other calls: remove it, or keep in another folder.`);
  }
  await withClient(place.adminUrl, (admin) =>
    fillReportLedger(admin, { ...ledger, tenantId: place.tenantId }, (done) =>
      draw("storing", done, ledger.calls),
    ),
  );
  writeFileSync(note, wanted);
}

/** Rolls up whatever waits. @returns hours rolled up, and seconds that it took */
export async function rollUpAll(
  tenantId: string,
  now: Date,
  hours: number,
  draw: Draw,
): Promise<{ hours: number; seconds: number }> {
  const { systemContext } = await import("@/server/system-context");
  const { rollUp } = await import("@/server/rollups/roll-up");
  const { sumRecentDays } = await import("@/server/rollups/sum-recent-days");
  const begun = performance.now();
  let rolled = 0;
  for (let more = true; more;) {
    const result = await rollUp({ ...(await systemContext(tenantId, "bench")), now });
    ({ more } = result);
    rolled += result.hours;
    if (rolled > 0) draw("rolling up", rolled, hours);
  }
  await sumRecentDays({ ...(await systemContext(tenantId, "bench")), now });
  return { hours: rolled, seconds: (performance.now() - begun) / 1000 };
}

/** DuckDB over the same calls as Parquet. */
export async function asParquet(
  place: Installation,
  admin: Client,
): Promise<{ duck: DuckDb; bytes: number }> {
  const parquet = join(place.folder, `call-${hashOf(JSON.stringify(columns)).slice(0, 8)}.parquet`);
  if (!existsSync(parquet)) {
    // Beside the cluster, where the server may write, whoever runs it.
    const { rows } = await admin.query<{ folder: string }>(
      "SELECT current_setting('data_directory') AS folder",
    );
    const csv = join(dirname(rows[0]?.folder ?? place.folder), "call.csv");
    await admin.query(
      `COPY (SELECT ${Object.keys(columns).join(", ")} FROM call ORDER BY occurred_at) TO '${csv}' (FORMAT csv, HEADER)`,
    );
    await (await openDuckDb()).writeParquet(csv, parquet, columns);
    rmSync(csv);
  }
  const duck = await openDuckDb(parquet);
  return { duck, bytes: statSync(parquet).size };
}
