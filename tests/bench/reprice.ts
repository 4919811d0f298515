import { freePort } from "@/server/launch/ports";
import { withClient } from "@/server/launch/provision";
import { install } from "@/tests/installation/install";
import { applyUnderKills, type Progress } from "./apply-under-kills";
import { closedMonth, fillLedger, judge, receivedAt, scope } from "./reprice-story";

/** `npm run bench:reprice`: a million calls priced anew, by a process that is killed twice on the way. */
const calls = process.env.BENCH_SIZE === "small" ? 50_000 : 1_000_000;
const kills = 2;
const number = (value: number) => Math.round(value).toLocaleString("en-US");

const begun = performance.now();
let shown = -1;
function draw(what: string, { seen, total }: Progress): void {
  const share = total === 0 ? 0 : seen / total;
  // A line for each hundredth on a terminal, each tenth in a log.
  const mark = Math.floor(share * (process.stdout.isTTY ? 100 : 10));
  if (mark === shown) return;
  shown = mark;
  const bar = "█".repeat(Math.round(share * 30)).padEnd(30, "░");
  const seconds = ((performance.now() - begun) / 1000).toFixed(0).padStart(4);
  const line = `${seconds} s  ${what.padEnd(10)} ${bar} ${number(seen)} of ${number(total)}`;
  process.stdout.write(
    process.stdout.isTTY && share < 1 ? `\r${line}` : `${process.stdout.isTTY ? "\r" : ""}${line}\n`,
  );
}

const place = await install(await freePort());
try {
  // Read once, when something of the product is first imported.
  Object.assign(process.env, place.environment);
  const { disconnect } = await import("@/server/db");
  const { createContext } = await import("@/server/context");
  const { systemContext } = await import("@/server/system-context");
  const { closePeriod } = await import("@/server/periods/close");
  const { approveRepricing } = await import("@/server/repricing/approve");
  const { previewRepricing } = await import("@/server/repricing/preview");
  const { requestRepricing } = await import("@/server/repricing/request");
  const { showRepricing } = await import("@/server/repricing/show");
  const { rollUp } = await import("@/server/rollups/roll-up");
  const { differencesSql } = await import("@/tests/ledger/plain-sums");
  const { tenantId } = place;

  const { tenant } = await systemContext(tenantId, "bench");
  const person = { kind: "person", personId: tenantId, email: "bench@example.com", role: "owner" } as const;
  const asOwner = (now = new Date()) => createContext({ tenant, actor: person, now });
  const roll = async () => {
    while ((await rollUp(await systemContext(tenantId, "roll-up-tenant"))).more);
  };
  await withClient(place.adminUrl, async (admin) => {
    await fillLedger(admin, tenantId, calls, (seen) => draw("storing", { seen, total: calls }));
    await roll();
    await closePeriod(asOwner(receivedAt), { month: closedMonth });

    const { id: runId } = await requestRepricing(asOwner(), { scope, reason: "The list was wrong." });
    const previewFrom = performance.now();
    for (let more = true; more;) {
      ({ more } = await previewRepricing(await systemContext(tenantId, "preview-repricing"), { runId }));
      const { progress } = await showRepricing(asOwner(), { id: runId });
      draw("preview", { seen: progress.seen, total: progress.total ?? calls });
    }
    const previewSeconds = (performance.now() - previewFrom) / 1000;
    const { callsChanged, deltaUsd } = await showRepricing(asOwner(), { id: runId });
    await approveRepricing(asOwner(), { id: runId, callsChanged, deltaUsd });
    console.info(`approved: ${number(callsChanged)} calls change by $${deltaUsd} in all`);

    const applied = await applyUnderKills({
      admin,
      environment: place.environment,
      tenantId,
      runId,
      kills,
      onProgress: (progress) => draw("applying", progress),
      onKill: () => console.info("killed (SIGKILL), and started again"),
    });
    const verdict = await judge(admin, tenantId, runId, calls);
    const rollFrom = performance.now();
    await roll();
    const rollSeconds = (performance.now() - rollFrom) / 1000;
    const { rows: differing } = await admin.query(differencesSql);
    const faults = [
      ...verdict.faults,
      ...(differing.length > 0
        ? [`${number(differing.length)} groups of the roll-ups differ from the ledger`]
        : []),
      ...(applied.kills === kills ? [] : [`the worker was killed ${String(applied.kills)} times`]),
    ];
    console.info(`
calls                    ${number(calls)}
changed in open months   ${number(verdict.changed)}
corrected in closed ones ${number(verdict.corrected)}
kills                    ${String(applied.kills)}
preview                  ${number(calls / previewSeconds)} calls/s
applied                  ${number(calls / applied.seconds)} calls/s
roll-up afterwards       ${rollSeconds.toFixed(1)} s
total                    $${verdict.totalUsd}${faults.length === 0 ? ", as expected at 18 decimals" : ""}`);
    for (const fault of faults) console.error(`wrong: ${fault}`);
    if (faults.length > 0) process.exitCode = 1;
  });
  await disconnect();
} finally {
  await place.remove();
}
