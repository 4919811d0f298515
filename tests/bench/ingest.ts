import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { freePort } from "@/server/launch/ports";
import { withClient } from "@/server/launch/provision";
import { type Installation, install } from "@/tests/installation/install";
import { firstWord, runLoad, start, startDoor } from "./processes";

/** `npm run bench:ingest`: raw COPY, Prisma's createMany under RLS, and our HTTP door, in one run. */
const rows = process.env.BENCH_SIZE === "small" ? 6_000 : 40_000;

interface Line {
  what: string;
  perSecond: number;
  p50Ms: number | null;
  p99Ms: number | null;
}

/** COPY, server side, of rows that our own ingest wrote, into the same indexed and partitioned table. */
async function copyRate(place: Installation): Promise<number> {
  return withClient(place.adminUrl, async (client) => {
    const file = join(place.cluster.place.cluster, "bench.copy");
    const { rows: columns } = await client.query<{ list: string }>(
      "SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) AS list FROM pg_attribute WHERE attrelid = 'call'::regclass AND attnum > 0 AND NOT attisdropped",
    );
    const list = columns[0]?.list ?? "";
    await client.query(`COPY (SELECT ${list} FROM call LIMIT ${String(rows)}) TO '${file}'`);
    const text = readFileSync(file, "utf8");
    const count = text.split("\n").length - 1;
    // Other ids, so that they do not clash with what is there.
    writeFileSync(file, text.replaceAll(/\tload-/g, "\tcopy-"));
    const started = performance.now();
    await client.query(`COPY call (${list}) FROM '${file}'`);
    return count / ((performance.now() - started) / 1000);
  });
}

async function createManyRate(place: Installation): Promise<number> {
  return (await firstWord(
    start("create-many.ts", [place.tenantId, String(Math.round(rows / 8))], place.environment),
  )) as number;
}

function print(lines: readonly Line[], copy: number, createMany: number): void {
  const number = (value: number) => Math.round(value).toLocaleString("en-US").padStart(9);
  const ms = (value: number | null) => (value === null ? "–" : value.toFixed(1)).padStart(8);
  console.info(`\n${"way in".padEnd(44)} calls/s      p50 ms   p99 ms   × COPY   × createMany`);
  for (const line of lines) {
    console.info(
      `${line.what.padEnd(42)}${number(line.perSecond)}   ${ms(line.p50Ms)} ${ms(line.p99Ms)}   ${(line.perSecond / copy).toFixed(2).padStart(6)}   ${(line.perSecond / createMany).toFixed(2).padStart(6)}`,
    );
  }
}

const port = await freePort();
const place = await install(port);
const door = await startDoor(place);
try {
  const lines: Line[] = [];
  const target = { url: `http://127.0.0.1:${String(port)}`, key: place.ingestKey };
  await runLoad({ ...target, clients: 8, batch: 100, calls: Math.min(rows, 10_000), run: "load-warm" });
  for (const [batch, clients, calls] of [
    [1, 16, rows / 4],
    [100, 8, rows * 2],
    [1000, 8, rows * 2],
  ] as const) {
    const result = await runLoad({
      ...target,
      clients,
      batch,
      calls: Math.round(calls),
      run: `load-${String(batch)}`,
    });
    if (result.failed > 0) throw new Error(`${String(result.failed)} calls were not acknowledged`);
    lines.push({
      what: `HTTP ingest, batches of ${String(batch)}, ${String(clients)} clients`,
      perSecond: result.acked / result.seconds,
      p50Ms: result.p50Ms,
      p99Ms: result.p99Ms,
    });
  }
  const copy = await copyRate(place);
  const createMany = await createManyRate(place);
  print(
    [
      { what: "raw COPY (superuser, no RLS, no id ledger)", perSecond: copy, p50Ms: null, p99Ms: null },
      {
        what: "Prisma createMany under RLS, batches of 100",
        perSecond: createMany,
        p50Ms: null,
        p99Ms: null,
      },
      ...lines,
    ],
    copy,
    createMany,
  );
} finally {
  door.kill();
  await place.remove();
}
