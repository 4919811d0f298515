import { randomUUID } from "node:crypto";
import { cpus } from "node:os";
import { type Cadence, cadences } from "@/server/alerts/schemas";
import { freePort } from "@/server/launch/ports";
import { withClient } from "@/server/launch/provision";
import { install } from "@/tests/installation/install";
import { features, fillAlertTenants } from "./alert-rollups";
import { drawProgress } from "./progress";
import { asTable, percentile, timed } from "./statistics";

/**
 * `npm run bench:alerts`: a pass of every rule over 1,000 tenants of 15 features, all that is due at once, as the job of each
 * hour asks for it; and the same for tenants with ten times the history. In the first pass one tenant of five has a spike;
 * in the second nothing is new; the third is what follows each roll-up.
 */
const isSmall = process.env.BENCH_SIZE === "small";
const tenants = isSmall ? 100 : 1_000;
const oldTenants = isSmall ? 10 : 50;
const days = 36;
const atOnce = 3;
const now = new Date("2026-11-18T14:05:00Z");
// Ten tenants take less than a second: there the factor is noise for the most part.
const reach = { seconds: 60, historyFactor: isSmall ? 2 : 1.25 };

const begun = performance.now();
const draw = drawProgress(begun);
const faults: string[] = [];
const check = (isSo: boolean, fault: string) => {
  if (!isSo) faults.push(fault);
};

type Evaluate = (tenantId: string) => Promise<number>;

/** One pass; milliseconds of each tenant, and how many incidents were opened. */
async function pass(name: string, ids: readonly string[], evaluate: Evaluate) {
  const waiting = [...ids];
  const each: number[] = [];
  let opened = 0;
  const worker = async () => {
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
      const tenantId = id;
      const { ms, answer } = await timed(() => evaluate(tenantId));
      each.push(ms);
      opened += answer;
      draw(name, ids.length - waiting.length, ids.length);
    }
  };
  const { ms } = await timed(() => Promise.all(Array.from({ length: atOnce }, worker)));
  return { name, tenants: ids.length, seconds: ms / 1_000, each, opened };
}
type Pass = Awaited<ReturnType<typeof pass>>;

const tell = (passes: readonly Pass[]) =>
  asTable([
    ["pass", "tenants", "seconds", "tenants/s", "p50", "p99", "opened"],
    ...passes.map(({ name, tenants, seconds, each, opened }) => [
      name,
      String(tenants),
      seconds.toFixed(1),
      (tenants / seconds).toFixed(1),
      `${percentile(each, 0.5).toFixed(1)} ms`,
      `${percentile(each, 0.99).toFixed(1)} ms`,
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
  const [young, old, spare] = [idsOf(tenants), idsOf(oldTenants), idsOf(5)];
  await withClient(place.adminUrl, async (admin) => {
    await admin.query("SELECT create_month(DATE '2026-11-01')");
    const fill = async (ids: readonly string[], ofDays: number, atATime: number) => {
      for (let from = 0; from < ids.length; from += atATime) {
        await fillAlertTenants(admin, { ids: ids.slice(from, from + atATime), days: ofDays, to: now });
        draw("storing", from + atATime, ids.length);
      }
    };
    await fill(spare, days, 5);
    await fill(young, days, 50);
    await fill(old, 10 * days, 5);
    await admin.query("VACUUM ANALYZE");
  });
  const ask =
    (...due: Cadence[]): Evaluate =>
    async (tenantId) => {
      const { happened } = await evaluate(await systemContext(tenantId, "bench", { now }), ...due);
      return happened.filter(({ kind }) => kind === "opened").length;
    };
  const everything = ask(...cadences);
  // What a process does for the first time is not what is measured.
  await pass("warm", spare, everything);
  const everybody = await pass("36 days of history", young, everything);
  const long = await pass("360 days of history", old, everything);
  const again = await pass("again, nothing is new", [...young, ...old], everything);
  const fast = await pass("after a roll-up", young, ask("fast"));
  await disconnect();
  console.info(`\n${String(features)} features each, ${String(atOnce)} at once, ${String(cpus().length)} cores\n${tell([everybody, long, again, fast])}`); // prettier-ignore
  check(everybody.seconds < reach.seconds, `a pass takes ${String(reach.seconds)} s or more`);
  check(everybody.opened >= tenants / 5, "not every spike was found");
  check(again.opened + fast.opened === 0, "what was found before was opened again");
  const perTenant = ({ seconds, tenants: count }: Pass) => seconds / count;
  const factor = perTenant(long) / perTenant(everybody);
  console.info(`ten times the history: ${factor.toFixed(2)} × the time of a tenant`);
  check(factor < reach.historyFactor, `ten times the history takes ${factor.toFixed(2)} × the time`);
} finally {
  await place.remove();
}
for (const fault of faults) console.error(`missed: ${fault}`);
if (faults.length > 0) process.exitCode = 1;
