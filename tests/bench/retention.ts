import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import type { Client } from "pg";
import { grains } from "@/server/activity/schemas";
import type { Ctx } from "@/server/context";
import { withClient } from "@/server/launch/provision";
import { drawProgress } from "./progress";
import { openPlace, rollUpAll } from "./report-place";
import { fillPeopleLedger } from "./retention-ledger";
import { askRaw, disagreements } from "./retention-raw";
import { asTable, percentile, timed } from "./statistics";

/**
 * The retention part of `npm run bench:reports` (`BENCH_ONLY=retention` runs it alone): a million users of a year, rolled up
 * and told by the product's own jobs, then the cohort screen's question beside the same one asked of raw calls and events in
 * the same run. Both must answer the same. `BENCH_USERS`, `BENCH_SIZE=small`, `BENCH_KEEP` and `BENCH_JSON` as for reports.
 */
const isSmall = process.env.BENCH_SIZE === "small";
const users = Number(process.env.BENCH_USERS ?? (isSmall ? 50_000 : 1_000_000));
const [from, to] = ["2025-11-21", "2026-11-21"];
const now = new Date(`${to}T00:00:00Z`);
const repeats = isSmall ? 10 : 30;
const goalMs = 300;
const sizes = { users, calls: Math.round(users * 3.5), events: users, from, to };

const draw = drawProgress(performance.now());
const keep = process.env.BENCH_KEEP === undefined ? undefined : join(process.env.BENCH_KEEP, "retention");
const place = await openPlace(keep);
const faults: string[] = [];

async function fill(admin: Client): Promise<void> {
  const note = join(place.folder, "filled.json");
  const wanted = JSON.stringify(sizes);
  if (existsSync(note)) {
    if (readFileSync(note, "utf8") === wanted) return;
    throw new Error(`${place.folder} holds other people: remove it, or keep in another folder.`);
  }
  await fillPeopleLedger(admin, { tenantId: place.tenantId, ...sizes }, (done) =>
    draw("storing", done, sizes.calls + sizes.events),
  );
  await admin.query("INSERT INTO activity_dirty (tenant_id, day) SELECT DISTINCT tenant_id, occurred_at::date FROM usage_event");
  writeFileSync(note, wanted);
} // prettier-ignore

/** @returns seconds for everything, and for a refresh as there is one every ten minutes: of one day */
async function tell(admin: Client, ctx: Ctx): Promise<{ all: number; day: number; periods: number }> {
  const { refreshActivity, refreshAll } = await import("@/server/activity/refresh");
  const begun = performance.now();
  let periods = 0;
  for (let more = true; more;) {
    const result = await refreshActivity(ctx);
    ({ more } = result);
    periods += result.periods;
    draw("telling weeks and months", Math.min(periods, 66), 66);
  }
  const all = (performance.now() - begun) / 1000;
  await admin.query("VACUUM ANALYZE");
  await admin.query("INSERT INTO activity_dirty (tenant_id, day) VALUES ($1, $2::date - 1)", [place.tenantId, to]); // prettier-ignore
  const day = await timed(() => refreshAll(ctx));
  return { all, day: day.ms / 1000, periods };
}

async function ask(admin: Client, ctx: Ctx) {
  const { retention } = await import("@/server/analytics/retention/retention");
  // UTC, as the tenant's days are; and a plan without workers, as of a server with others to serve.
  await admin.query("SET timezone = 'UTC'");
  await admin.query("SET max_parallel_workers_per_gather = 0");
  const lines = [];
  for (const grain of grains) {
    const question = () => retention(ctx, { grain, from, to });
    const answer = await question();
    const measured: number[] = [];
    for (let at = 0; at < repeats; at += 1) measured.push((await timed(question)).ms);
    const raw = await timed(() => askRaw(admin, place.tenantId, grain));
    faults.push(...disagreements(answer, raw.answer));
    const cells = answer.cohorts.reduce((sum, cohort) => sum + cohort.cells.length, 0);
    const [p50, p95] = [percentile(measured, 0.5), percentile(measured, 0.95)];
    if (p95 >= goalMs) faults.push(`cohorts by ${grain}: p95 is ${p95.toFixed(0)} ms, not below ${String(goalMs)}`);
    lines.push({ question: `cohorts by ${grain}`, range: "12 months", cells, p50, p95, rawMs: raw.ms });
  }
  return lines;
} // prettier-ignore

try {
  // Read once, when something of the product is first imported.
  Object.assign(process.env, place.environment);
  const { disconnect } = await import("@/server/db");
  const { createContext } = await import("@/server/context");
  const { systemContext } = await import("@/server/system-context");
  await withClient(place.adminUrl, async (admin) => {
    await fill(admin);
    const rolled = await rollUpAll(place.tenantId, now, 365 * 24, draw);
    const system = { ...(await systemContext(place.tenantId, "bench")), now };
    const told = await tell(admin, system);
    console.info(`${String(users)} users, ${String(sizes.calls)} calls, ${String(sizes.events)} events: rolled up in ${rolled.seconds.toFixed(0)} s, ${String(told.periods)} weeks and months told in ${told.all.toFixed(0)} s, one day told anew in ${told.day.toFixed(1)} s`); // prettier-ignore
    const person = { kind: "person", personId: place.tenantId, email: "bench@example.com", role: "owner" } as const; // prettier-ignore
    const lines = await ask(admin, createContext({ tenant: system.tenant, actor: person, now }));
    const ms = (value: number) => `${value < 10 ? value.toFixed(1) : value.toFixed(0)} ms`;
    console.info(`\n${asTable([["question", "range", "cells", "p50", "p95", "raw rows", "× faster"], ...lines.map(({ question, range, cells, p50, p95, rawMs }) => [question, range, String(cells), ms(p50), ms(p95), ms(rawMs), `${(rawMs / p50).toFixed(0)} ×`])])}`); // prettier-ignore
    if (process.env.BENCH_JSON !== undefined)
      writeFileSync(`${process.env.BENCH_JSON.replace(/\.json$/, "")}-retention.json`, JSON.stringify({ at: new Date(), ...sizes, cores: cpus().length, repeats, told, faults, lines }, null, 1)); // prettier-ignore
  });
  await disconnect();
} finally {
  await place.remove();
}
for (const fault of faults) console.error(`wrong: ${fault}`);
if (faults.length > 0) process.exitCode = 1;
