import { freePort } from "@/server/launch/ports";
import { install } from "@/tests/installation/install";
import type { LoadPlan } from "./load";
import { runLoad, startDoor } from "./processes";

/** `npm run bench:otlp`: OTLP's door beside ingest.calls, in one run, in the batches of the SDKs' exporters. */
const batch = 512;
const clients = 8;
const batches = process.env.BENCH_SIZE === "small" ? 24 : 160;

const lines: { what: string; unit: string; way: NonNullable<LoadPlan["way"]> }[] = [
  { what: "ingest.calls, JSON", unit: "calls", way: "calls" },
  { what: "OTLP, traces of an agent and four calls", unit: "spans", way: "traces" },
  { what: "OTLP, calls by themselves", unit: "spans", way: "spans" },
];

const number = (value: number) => Math.round(value).toLocaleString("en-US").padStart(9);
const ms = (value: number) => value.toFixed(1).padStart(8);

const port = await freePort();
const place = await install(port);
const door = await startDoor(place);
try {
  const target = {
    url: `http://127.0.0.1:${String(port)}`,
    key: place.ingestKey,
    clients,
    batch,
    prepared: true,
  };
  for (const { way } of lines) await runLoad({ ...target, way, calls: 8 * batch, run: `w${way}` });
  console.info(
    `\n${`batches of ${String(batch)}, ${String(clients)} clients`.padEnd(44)}      /s      p50 ms   p99 ms   × calls/s`,
  );
  let calls = 0;
  for (const { what, unit, way } of lines) {
    const result = await runLoad({ ...target, way, calls: batches * batch, run: `${way.slice(0, 2)}in` });
    if (result.failed > 0) throw new Error(`${String(result.failed)} ${unit} were not acknowledged`);
    const perSecond = result.acked / result.seconds;
    if (way === "calls") calls = perSecond;
    console.info(
      `${`${what} (${unit})`.padEnd(42)}${number(perSecond)}   ${ms(result.p50Ms)} ${ms(result.p99Ms)}   ${(perSecond / calls).toFixed(2).padStart(9)}`,
    );
  }
} finally {
  door.kill();
  await place.remove();
}
