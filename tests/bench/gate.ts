import { randomBytes, randomUUID } from "node:crypto";
import { cpus } from "node:os";
import { digestOf } from "@/server/crypto/tokens";
import { formatKey, keyEntropyBytes } from "@/server/keys/token";
import { freePort } from "@/server/launch/ports";
import { withClient } from "@/server/launch/provision";
import { install } from "@/tests/installation/install";
import { type GateLoad, type GatePlan, parseLoad } from "./gate-load";
import { firstWord, start, startDoor } from "./processes";
import { drawProgress } from "./progress";
import { asTable, percentile } from "./statistics";

/**
 * `npm run bench:gate`: calls reserved and settled through HTTP by 1, 16 and 64 clients, of one tenant and of ten. Each
 * tenant may spend four fifths of what is asked for: the rest must be turned away, and not a cent more or less.
 */
const isSmall = process.env.BENCH_SIZE === "small";
const callsOf: Record<number, number> = isSmall
  ? { 1: 50, 16: 400, 64: 800 }
  : { 1: 500, 16: 5_000, 64: 10_000 };
const costUsd = "0.01";
const share = 0.8;

const draw = drawProgress(performance.now());
const faults: string[] = [];
const port = await freePort();
const place = await install(port);
const door = await startDoor(place);

interface Caller {
  tenantId: string;
  key: string;
}

async function makeCallers(count: number): Promise<Caller[]> {
  return withClient(place.adminUrl, async (admin) => {
    const callers: Caller[] = [];
    for (let nth = 0; nth < count; nth += 1) {
      const tenantId = randomUUID();
      const { key, publicId } = formatKey(randomBytes(keyEntropyBytes));
      await admin.query("INSERT INTO tenant (tenant_id, slug, name) VALUES ($1, $2, $2)", [tenantId, `gate-${String(nth)}`]); // prettier-ignore
      await admin.query(
        "INSERT INTO api_key (tenant_id, public_id, digest, name, scopes) VALUES ($1, $2, $3, 'gate', '{gate}')",
        [tenantId, publicId, digestOf(key)],
      );
      callers.push({ tenantId, key });
    }
    return callers;
  });
}

/** What a tenant's budget may hold, in calls; whole ones, so that all of it can be used. */
const limitOf = (calls: number, callers: number) => Math.floor((calls / callers) * share);

/** Against what each tenant was let through, and against what the database has settled. */
async function checkLimits(
  plan: GatePlan,
  callers: readonly Caller[],
  limit: number,
  { allowed, failed }: GateLoad,
) {
  const name = `${String(plan.clients)} clients, ${String(callers.length)} tenants`;
  if (failed > 0) faults.push(`${name}: ${String(failed)} requests failed`);
  for (const count of allowed)
    if (count !== limit)
      faults.push(`${name}: ${String(count)} calls were let through, ${String(limit)} were allowed`);
  const { rows } = await withClient(place.adminUrl, (admin) =>
    admin.query<{ exact: boolean }>(
      `SELECT a.settled_usd = b.amount_usd AND a.held_usd = 0 AS exact FROM gate_account a JOIN budget b USING (tenant_id)
       WHERE b.id = a.budget_id AND b.subject_key = $1`,
      [plan.feature],
    ),
  );
  if (rows.length !== callers.length || rows.some(({ exact }) => !exact))
    faults.push(`${name}: what was settled is not what the budgets allow`);
}

try {
  // Read once, when something of the product is first imported.
  Object.assign(process.env, place.environment);
  const { disconnect } = await import("@/server/db");
  const { setBudget } = await import("@/server/budgets/set");
  const { systemContext } = await import("@/server/system-context");
  const everybody = await makeCallers(10);
  const table = [["gate", "calls/s", "requests/s", "reserve p50", "p99", "settle p50", "p99", "turned away"]];
  const run = async (clients: number, callers: readonly Caller[], calls: number, feature: string) => {
    const limit = limitOf(calls, callers.length);
    const amountUsd = (limit * Number(costUsd)).toFixed(2);
    for (const { tenantId } of callers) {
      const ctx = await systemContext(tenantId, "bench");
      await setBudget(ctx, { subject: { kind: "feature", key: feature }, amountUsd, enforcement: "deny" });
    }
    const keys = callers.map(({ key }) => key);
    const plan = { url: `http://127.0.0.1:${String(port)}`, keys, clients, calls, feature, costUsd };
    const measured = parseLoad(await firstWord(start("gate-load.ts", [JSON.stringify(plan)])));
    await checkLimits(plan, callers, limit, measured);
    return measured;
  };
  await run(8, everybody, 200, "warm");
  const lines = [1, 10].flatMap((tenants) => [1, 16, 64].map((clients) => ({ tenants, clients })));
  for (const [nth, { tenants, clients }] of lines.entries()) {
    draw("asking", nth, lines.length);
    const calls = callsOf[clients] ?? 0;
    const measured = await run(clients, everybody.slice(0, tenants), calls, `line-${String(nth)}`);
    const { seconds, reserveMs, settleMs, denied } = measured;
    const ms = (all: number[], of: number) => `${percentile(all, of).toFixed(1)} ms`;
    table.push([
      `${String(clients)} ${clients === 1 ? "client" : "clients"}, ${String(tenants)} ${tenants === 1 ? "tenant" : "tenants"}`,
      (calls / seconds).toFixed(0),
      ((reserveMs.length + settleMs.length) / seconds).toFixed(0),
      ms(reserveMs, 0.5),
      ms(reserveMs, 0.99),
      ms(settleMs, 0.5),
      ms(settleMs, 0.99),
      String(denied),
    ]);
  }
  draw("asking", lines.length, lines.length);
  await disconnect();
  console.info(
    `\n${String(cpus().length)} cores for PostgreSQL, the server and its clients\n${asTable(table)}`,
  );
} finally {
  door.kill();
  await place.remove();
}
for (const fault of faults) console.error(`missed: ${fault}`);
if (faults.length > 0) process.exitCode = 1;
