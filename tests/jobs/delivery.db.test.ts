import { afterAll, beforeEach, expect, it, vi } from "vitest";
import type { Tenant } from "@/server/context";
import type { Severity } from "@/server/incidents/schemas";
import { setEnvironment } from "../mocks/environment";
import { startFakeSlack } from "../mocks/slack";

let now = new Date("2026-11-20T12:00:00Z");
const slack = await startFakeSlack(() => now.getTime());
setEnvironment({ SLACK_RECEIVER_URL: slack.url });
const { makeIncident } = await import("../factories/incident-rows");
const { asAdmin, contextOf, makeTenant, personWith } = await import("../factories/tenant");
const { env } = await import("@/server/env");
if (env.SLACK_RECEIVER_URL !== slack.url) throw new Error("Messages would go to the real Slack");
const systemContexts = await import("@/server/system-context");
const { addDestination } = await import("@/server/delivery/add");
const { functions } = await import("@/inngest/index");
afterAll(() => slack.close());

const original = systemContexts.systemContext;

interface Sent {
  name: string;
  data: Record<string, unknown>;
}
type Handler = (input: { event: { data: unknown }; step: object }) => Promise<unknown>;
const answersTo: Record<string, string> = {
  "incident/changed": "enqueue-incident",
  "delivery/requested": "deliver-messages",
};

class Lost extends Error {}

/**
 * Runs a job as Inngest does: what a settled step has answered is not asked again; a step whose answer was lost runs
 * again, and so does the code around it. The nth step over all runs loses its answer, after it has happened.
 */
function executor(loses: number | null) {
  let steps = 0;
  const names: string[] = [];
  const queue: Sent[] = [];
  const once = async (name: string, settled: Map<string, unknown>, work: () => unknown) => {
    if (settled.has(name)) return settled.get(name);
    const answer = await work();
    steps += 1;
    names.push(name);
    if (steps === loses) throw new Lost();
    settled.set(name, answer);
    return answer;
  };
  async function run({ name, data }: Sent): Promise<void> {
    const job = functions.find((one) => one.id() === answersTo[name]);
    if (!job) throw new Error(`No job answers to ${name}`);
    const settled = new Map<string, unknown>();
    const step = {
      run: (step: string, work: () => unknown) => once(step, settled, work),
      sendEvent: (step: string, events: Sent[]) => once(step, settled, () => void queue.push(...events)),
      sleep: (step: string, ms: number) =>
        once(step, settled, () => void (now = new Date(now.getTime() + ms))),
    };
    for (let attempt = 1; attempt <= 3; attempt += 1) {
      try {
        await (Reflect.get(job, "fn") as Handler)({ event: { data }, step });
        return;
      } catch (error) {
        if (!(error instanceof Lost)) throw error;
      }
    }
    throw new Error("A step lost its answer more than once");
  }
  return {
    names,
    drain: async (first: Sent): Promise<void> => {
      queue.push(first);
      for (let next = queue.shift(); next; next = queue.shift()) await run(next);
    },
  };
}

let tenant: Tenant;
let made = 0;
beforeEach(async () => {
  vi.spyOn(systemContexts, "systemContext").mockImplementation((tenantId, job) =>
    original(tenantId, job, { now }),
  );
  tenant = await makeTenant();
  slack.heard.splice(0);
  made += 1;
  const url = `https://hooks.slack.com/services/T0/B0/j${made}`;
  await addDestination(contextOf(tenant, personWith("admin"), now), { kind: "slack", name: "alerts", url });
});

/** @returns the names of the steps that ran, in order */
async function tell(severity: Severity, loses: number | null): Promise<string[]> {
  const { id } = await makeIncident(tenant, { severity, openedAt: now });
  const { names, drain } = executor(loses);
  const changed = { name: "incident/changed", data: { tenantId: tenant.id, incidentId: id, n: 1 } };
  await drain(changed);
  return names;
}

const rows = () => asAdmin("SELECT state FROM delivery WHERE tenant_id = $1", [tenant.id]);

it("nothing is lost: enqueue, ask, look for what was missed, send once", async () => {
  expect(await tell("critical", null)).toEqual(["enqueue", "deliver", "enqueue-missed", "deliver-1"]);
  expect(slack.accepted()).toHaveLength(1);
});

/** T15 */
it.each(
  (["warning", "critical"] as const).flatMap((severity) =>
    [1, 2, 3, 4].map((nth): [Severity, number] => [severity, nth]),
  ),
)("%s: step %i runs again after its answer was lost, and Slack has one message", async (severity, nth) => {
  const names = await tell(severity, nth);
  expect(names.filter((name) => name === names[nth - 1]).length).toBeGreaterThanOrEqual(2);
  expect(slack.accepted()).toHaveLength(1);
  expect(slack.heard).toHaveLength(1);
  expect(await rows()).toEqual([{ state: "sent" }]);
});

/** Whom the look of each minute finds. */
async function looked(): Promise<string[]> {
  const { listTenantsWithMessages } = await import("@/server/delivery/list-tenants");
  return (await listTenantsWithMessages(now)).filter((id) => id === tenant.id);
}

it("the look of each minute finds nobody when all is told", async () => {
  await tell("info", null);
  expect(await looked()).toEqual([]);
});

it("many at once: a digest, and every event of the same tenant is answered", async () => {
  const { drain } = executor(null);
  const incidents = [];
  for (let nth = 0; nth < 8; nth += 1)
    incidents.push(
      await makeIncident(tenant, { subject: { kind: "feature", key: `f${nth}` }, openedAt: now }),
    );
  const { enqueueIncident } = await import("@/server/delivery/enqueue");
  const ctx = await systemContexts.systemContext(tenant.id, "test");
  for (const { id } of incidents.slice(1)) await enqueueIncident(ctx, { incidentId: id, n: 1 });
  await drain({
    name: "incident/changed",
    data: { tenantId: tenant.id, incidentId: incidents[0]?.id ?? "", n: 1 },
  });
  await drain({ name: "delivery/requested", data: { tenantId: tenant.id } });
  expect(slack.accepted()).toHaveLength(1);
  expect(slack.accepted()[0]?.payload.text).toContain("8 alerts of");
  expect((await rows()).filter(({ state }) => state === "folded")).toHaveLength(8);
});
