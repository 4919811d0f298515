import { randomUUID } from "node:crypto";
import { cpus } from "node:os";
import type { Cadence } from "@/server/alerts/schemas";
import { freePort } from "@/server/launch/ports";
import { withClient } from "@/server/launch/provision";
import { install } from "@/tests/installation/install";
import { features, fillAlertTenants } from "./alert-rollups";
import { drawProgress } from "./progress";
import { asTable, percentile, timed } from "./statistics";

/**
 * `npm run bench:alerts`: a round of every rule over 1,000 tenants of 15 features, and the same for tenants with ten times
 * the history. Two rounds: in the first, one tenant of five has a spike; in the second nothing is new.
 */
const isSmall = process.env.BENCH_SIZE === "small";
const tenants = isSmall ? 100 : 1_000;
const oldTenants = isSmall ? 10 : 50;
const days = 36;
const atOnce = 3;
const now = new Date("2026-11-18T14:05:00Z");
const cadences: Cadence[] = ["fast", "hourly", "daily"];
const reach = { seconds: 60, historyFactor: 1.25 };

const begun = performance.now();
const draw = drawProgress(begun);
const faults: string[] = [];
const check = (isSo: boolean, fault: string) => {
  if (!isSo) faults.push(fault);
};

type Evaluate = (tenantId: string, cadence: Cadence) => Promise<number>;

/** One round; milliseconds of each tenant, and how many incidents were opened. */
async function round(name: string, ids: readonly string[], evaluate: Evaluate) {
  const waiting = [...ids];
  const each = new Map<Cadence, number[]>(cadences.map((cadence) => [cadence, []]));
  let opened = 0;
  const worker = async () => {
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
      for (const cadence of cadences) {
        const tenantId = id;
        const { ms, answer } = await timed(() => evaluate(tenantId, cadence));
        each.get(cadence)?.push(ms);
        opened += answer;
      }
      draw(name, ids.length - waiting.length, ids.length);
    }
  };
  const { ms } = await timed(() => Promise.all(Array.from({ length: atOnce }, worker)));
  return { name, tenants: ids.length, seconds: ms / 1_000, each, opened };
}
type Round = Awaited<ReturnType<typeof round>>;

const tell = (rounds: readonly Round[]) =>
  asTable([
    ["round", "tenants", "seconds", ...cadences.flatMap((cadence) => [`${cadence} p50`, "p99"]), "opened"],
    ...rounds.map(({ name, tenants, seconds, each, opened }) => [
      name,
      String(tenants),
      seconds.toFixed(1),
      ...cadences.flatMap((cadence) => {
        const measured = each.get(cadence) ?? [];
        return [`${percentile(measured, 0.5).toFixed(1)} ms`, `${percentile(measured, 0.99).toFixed(1)} ms`];
      }),
      String(opened),
    ]),
  ]);

const place = await install(await freePort());
try {
  // Read once, when something of the product is first imported.
  Object.assign(process.env, place.environment);
  const { disconnect } = await import("@/server/db");
  const { systemContext } = await import("@/server/system-context");
  const { evaluate } = await import("@/server/alerts/evaluate");
  const idsOf = (count: number) => Array.from({ length: count }, () => randomUUID());
  const [young, old] = [idsOf(tenants), idsOf(oldTenants)];
  await withClient(place.adminUrl, async (admin) => {
    await admin.query("SELECT create_month(DATE '2026-11-01')");
    const fill = async (ids: readonly string[], ofDays: number, atATime: number) => {
      for (let from = 0; from < ids.length; from += atATime) {
        await fillAlertTenants(admin, { ids: ids.slice(from, from + atATime), days: ofDays, to: now });
        draw("storing", from + atATime, ids.length);
      }
    };
    await fill(young, days, 50);
    await fill(old, 10 * days, 5);
    await admin.query("VACUUM ANALYZE");
  });
  const ask: Evaluate = async (tenantId, cadence) => {
    const { happened } = await evaluate(await systemContext(tenantId, "bench", { now }), cadence);
    return happened.filter(({ kind }) => kind === "opened").length;
  };
  const rounds = [
    await round("36 days", young, ask),
    await round("360 days", old, ask),
    await round("again", [...young, ...old], ask),
  ];
  await disconnect();
  console.info(`\n${String(features)} features each, ${String(atOnce)} at once, ${String(cpus().length)} cores\n${tell(rounds)}`); // prettier-ignore
  const [everybody, long, again] = rounds;
  check((everybody?.seconds ?? Infinity) < reach.seconds, `a round takes ${String(reach.seconds)} s or more`);
  check((everybody?.opened ?? 0) >= tenants / 5, "not every spike was found");
  check(again?.opened === 0, "a second round opened incidents");
  const perTenant = (one?: Round) => (one ? one.seconds / one.tenants : NaN);
  const factor = perTenant(long) / perTenant(everybody);
  console.info(`ten times the history: ${factor.toFixed(2)} × the time of a tenant`);
  check(factor < reach.historyFactor, `ten times the history takes ${factor.toFixed(2)} × the time`);
} finally {
  await place.remove();
}
for (const fault of faults) console.error(`missed: ${fault}`);
if (faults.length > 0) process.exitCode = 1;
