import "../factories/data-folder";
import { randomUUID } from "node:crypto";
import { beforeAll, expect, it } from "vitest";
import { functions } from "@/inngest/index";
import { withClient } from "@/server/launch/provision";
import * as systemContexts from "@/server/system-context";
import { fingerprints } from "../factories/rows";
import { asAdmin } from "../factories/tenant";
import { testDatabase } from "../setup/database";
import { makeWorld, type World } from "./world";
import { vi } from "vitest";

/** For whom each job acts. A job without an entry fails the suite. */
const acts: Record<string, "one tenant" | "all tenants"> = {
  "request-roll-ups": "all tenants",
  "roll-up-tenant": "one tenant",
  "verify-roll-ups": "all tenants",
  "request-activity": "all tenants",
  "refresh-activity": "one tenant",
  "keep-house": "all tenants",
  "append-price-snapshot": "all tenants",
  "preview-repricing": "one tenant",
  "apply-repricing": "one tenant",
  "price-backlog": "one tenant",
  "take-up-silent-repricings": "all tenants",
  "find-price-backlogs": "all tenants",
  "apply-attribution-rule": "one tenant",
  "take-up-silent-attribution": "all tenants",
  "erase-user": "one tenant",
  "take-up-silent-erasures": "all tenants",
  "request-inboxes": "all tenants",
  "process-inbox": "one tenant",
  "pull-sources": "all tenants",
  "pull-source": "one tenant",
  "pull-bills": "all tenants",
  "pull-bill": "one tenant",
  "request-evaluations": "all tenants",
  "evaluate-alerts": "one tenant",
  "enqueue-incident": "one tenant",
  "deliver-messages": "one tenant",
  "request-deliveries": "all tenants",
  "request-weekly-reviews": "all tenants",
  "make-weekly-review": "one tenant",
  "request-exports": "all tenants",
  "export-usage": "one tenant",
  "request-closings": "all tenants",
  "close-months": "one tenant",
  "request-kill-reviews": "all tenants",
  "run-kill-review": "one tenant",
  "request-recommendations": "all tenants",
  "look-for-savings": "one tenant",
};

/** What a job needs to find of a tenant ($1) so that it has something to do. */
const work: Record<string, string> = {
  "preview-repricing": "UPDATE reprice_run SET state = 'previewing', cursor_at = NULL, cursor_id = NULL WHERE tenant_id = $1",
  "apply-repricing": "UPDATE reprice_run SET state = 'running', cursor_at = NULL, cursor_id = NULL WHERE tenant_id = $1",
  // The sender's own amount prices it.
  "price-backlog": "WITH run AS (UPDATE reprice_run SET state = 'done' WHERE tenant_id = $1), corrections AS (DELETE FROM call_correction WHERE tenant_id = $1) UPDATE call SET cost_usd = NULL, price_status = 'unpriced' WHERE tenant_id = $1",
  // Its keys are made up and cannot be opened: it notes that, and asks nobody.
  "pull-source": "UPDATE source_connection SET wait_until = NULL, state = 'active' WHERE tenant_id = $1",
  "pull-bill": "UPDATE bill_connection SET wait_until = NULL, state = 'active' WHERE tenant_id = $1",
  "evaluate-alerts": "DELETE FROM alert_state WHERE tenant_id = $1",
  "enqueue-incident": "DELETE FROM incident_told WHERE tenant_id = $1",
  // Its roll-ups are of a shape that never was: activity would wait for them.
  "refresh-activity": "DELETE FROM rollup_state WHERE tenant_id = $1",
  // Its roll-ups are of a shape that never was: they would be waited for.
  "look-for-savings": "DELETE FROM rollup_state WHERE tenant_id = $1",
  // Its calls are of today, so that last week there was something, too.
  "run-kill-review": "UPDATE kill_review SET told_at = NULL WHERE tenant_id = $1",
  "make-weekly-review": "WITH known AS (UPDATE rollup_slot SET slot = slot - interval '14 days' WHERE tenant_id = $1), steps AS (DELETE FROM weekly_review_step WHERE tenant_id = $1) DELETE FROM weekly_review WHERE tenant_id = $1",
  // Its address is made up and cannot be opened: it notes that, and sends nothing.
  "deliver-messages": "WITH active AS (UPDATE destination SET state = 'active', reason = NULL, not_before = NULL WHERE tenant_id = $1) UPDATE delivery SET state = 'waiting', attempts = 0, not_before = now(), created_at = now() WHERE tenant_id = $1",
}; // prettier-ignore
const prepare = async (id: string, world: World) => {
  const sql = work[id];
  if (sql !== undefined) await asAdmin(sql, [world.tenant.id]);
};

type Run = (input: { event: { data: unknown }; step: object }) => Promise<unknown>;

/** Runs a job's own code with steps that simply happen. The SDK keeps that code to itself, hence the reflection. */
async function run(id: string, data: unknown = {}): Promise<unknown[]> {
  const job = functions.find((one) => one.id() === id);
  if (!job) throw new Error(`There is no job ${id}`);
  const sent: unknown[] = [];
  const step = {
    run: (_name: string, work: () => unknown) => Promise.resolve(work()),
    sendEvent: (_name: string, events: unknown) => Promise.resolve(sent.push(...[events].flat())),
  };
  await (Reflect.get(job, "fn") as Run)({ event: { data }, step });
  return sent;
}

let ada: World;
let bob: World;
beforeAll(async () => {
  ada = await makeWorld("canary-ada");
  bob = await makeWorld("canary-bob");
});
const printOf = (world: World) =>
  withClient(testDatabase().adminUrl, (admin) => fingerprints(admin, world.tables, world.tenant.id));
const mark = (world: World) => asAdmin("INSERT INTO rollup_dirty (tenant_id, hour) SELECT tenant_id, date_trunc('hour', occurred_at, 'UTC') FROM call WHERE tenant_id = $1", [world.tenant.id]); // prettier-ignore

/** Ids are one and the same in a world; of the made incident there is the one event. */
const eventAbout = ({ tenant }: World, { ids: { id } }: World) => ({
  tenantId: tenant.id,
  runId: id,
  connectionId: id,
  incidentId: id,
  n: 60,
  cadences: ["fast"],
});

it("every job says for whom it acts", () => {
  expect(functions.map((job) => job.id()).sort()).toEqual(Object.keys(acts).sort());
});

const ofOne = Object.keys(acts).filter((id) => acts[id] === "one tenant");

it.each(ofOne)("%s changes the tenant of its event and no other", async (id) => {
  await mark(ada);
  await mark(bob);
  await prepare(id, ada);
  await prepare(id, bob);
  const [own, others] = [await printOf(ada), await printOf(bob)];
  await run(id, eventAbout(ada, ada));
  expect(await printOf(bob)).toEqual(others);
  expect(await printOf(ada)).not.toEqual(own);
});

it.each(ofOne)("%s does nothing for a tenant that is not there, whatever else the event says", async (id) => {
  const before = [await printOf(ada), await printOf(bob)];
  await expect(
    run(id, { tenantId: randomUUID(), slug: bob.tenant.slug, id: bob.owner.id }),
  ).rejects.toThrow();
  for (const tenantId of ["", "not-a-uuid", null, undefined])
    await expect(run(id, { tenantId })).rejects.toThrow();
  expect([await printOf(ada), await printOf(bob)]).toEqual(before);
});

it.each(ofOne)("%s would be seen to work on another tenant (mutation control)", async (id) => {
  await mark(bob);
  await prepare(id, bob);
  const others = await printOf(bob);
  const original = systemContexts.systemContext;
  vi.spyOn(systemContexts, "systemContext").mockImplementation((_tenantId, job) =>
    original(bob.tenant.id, job),
  );
  await run(id, eventAbout(ada, bob));
  expect(await printOf(bob)).not.toEqual(others);
});

it("jobs for all tenants mix nothing: no row of one holds a canary of the other", async () => {
  await mark(ada);
  await mark(bob);
  const events: unknown[] = [];
  for (const id of Object.keys(acts)) if (acts[id] === "all tenants") events.push(...(await run(id)));
  // Events carry ids and no rows.
  const fields = events.flatMap((event) => Object.keys((event as { data: object }).data));
  expect(
    [...new Set(fields)].filter((field) => !["runId", "connectionId", "cadences"].includes(field)),
  ).toEqual(["tenantId"]);
  for (const [here, there] of [
    [ada, bob],
    [bob, ada],
  ] as const) {
    for (const { name, ofTenants } of here.tables) {
      if (!ofTenants) continue;
      const rows = await asAdmin(`SELECT t::text FROM ${name} t WHERE tenant_id = $1 AND t::text LIKE $2`, [
        here.tenant.id,
        `%${there.owner.canary}%`,
      ]);
      expect(rows, name).toEqual([]);
    }
  }
  console.info(`cross-tenant, jobs: ${functions.length} jobs, 0 rows of others touched`);
});
