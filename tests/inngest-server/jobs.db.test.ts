import { afterAll, beforeAll, expect, it } from "vitest";
import { freePort } from "@/server/launch/ports";
import { silent } from "../jobs/test-app";
import { setEnvironment } from "../mocks/environment";
import { startFakeSlack } from "../mocks/slack";
import { findBinary } from "./binary";
import { startDevServer } from "./dev-server";
import { serveRoute } from "./serve-route";

const binary = findBinary(process.env);
const slack = await startFakeSlack();
const port = await freePort();
const serverUrl = `http://127.0.0.1:${String(port)}`;
setEnvironment({
  SLACK_RECEIVER_URL: slack.url,
  ...(binary === null ? { INNGEST_BASE_URL: serverUrl } : { INNGEST_DEV: serverUrl }),
});
const route = await import("@/app/api/inngest/route");
const { functions } = await import("@/inngest/index");
const { inngest, killReviewDue, reviewDue } = await import("@/inngest/client");
const { setBudget } = await import("@/server/budgets/set");
const { recordCalls } = await import("@/server/calls/record");
const { addDays, localDay } = await import("@/server/calendar/local-day");
const { disconnect } = await import("@/server/db");
const { addDestination } = await import("@/server/delivery/add");
const { startRunner } = await import("@/server/jobs/runner");
const { lastWholeWeek } = await import("@/server/weekly-review/week");
const { asAdmin, contextOf, loadPrices, makeTenant, personWith, system } = await import("@/tests/factories/tenant"); // prettier-ignore

/** Whoever drives the jobs. */
interface Driver {
  name: string;
  /** Lets what is due happen, in whichever way time passes for it. */
  pass: () => Promise<void>;
  stop: () => Promise<void>;
}

async function realServer(program: string, appUrl: string): Promise<Driver> {
  const server = await startDevServer({
    binary: program,
    appUrl: `${appUrl}/api/inngest`,
    port,
    gatewayPort: await freePort(),
    functions: functions.length,
  });
  return {
    name: `an Inngest server (${program})`,
    pass: () => new Promise((resolve) => setTimeout(resolve, 500)),
    stop: () => server.stop(),
  };
}

async function embeddedRunner(baseUrl: string): Promise<Driver> {
  const runner = await startRunner({ baseUrl, automatic: false, log: silent });
  let at = Date.now();
  await runner.tick(new Date(at));
  return {
    name: "the embedded runner",
    // Its crons are due by the instants that it is given: a minute each time.
    pass: () => runner.tick(new Date((at += 60_000))),
    stop: () => runner.stop(),
  };
}

let app: Awaited<ReturnType<typeof serveRoute>>;
let driver: Driver;
beforeAll(async () => {
  app = await serveRoute(route);
  driver = await (binary === null ? embeddedRunner(app.url) : realServer(binary, app.url));
}, 120_000);
afterAll(async () => {
  await driver.stop();
  app.close();
  await slack.close();
  await disconnect();
});

async function until(what: string, isSo: () => Promise<boolean>, seconds: number): Promise<void> {
  const end = Date.now() + seconds * 1_000;
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error(`${what} did not happen within ${String(seconds)} s`);
    await driver.pass();
  }
}

it("rolls calls up by the minute's cron, tells a budget that was passed, and makes the reviews of a week and of a month", async () => {
  await loadPrices(new Date("2026-01-01T00:00:00Z"));
  const tenant = await makeTenant();
  const now = new Date();
  const admin = contextOf(tenant, personWith("admin"), now);
  await addDestination(admin, {
    kind: "slack",
    name: "On call",
    url: "https://hooks.slack.com/services/T0REAL/B0REAL/abcdefghijklmnopqrstuvwx",
  });
  await setBudget(admin, { subject: { kind: "feature", key: "drafts" }, amountUsd: "10" });
  const monday = lastWholeWeek(now, "UTC");
  const today = localDay(now, "UTC");
  const endOfMonth = addDays(`${today.slice(0, 7)}-01`, -1);
  const call = (id: string, occurredAt: string) => ({
    id,
    occurredAt,
    provider: "openai",
    model: "gpt-4o",
    feature: "drafts",
    usage: { inputTokens: 5_000_000 },
  });
  // Nobody is told of these calls but the cron that looks for marks: $12.50 of $10, and $12.50 of last week. The one of last
  // month costs nothing, wherever the week lies.
  const free = { ...call("last-month", `${endOfMonth}T13:00:00.000Z`), feature: "stamps", usage: { inputTokens: 0 } };
  const answer = await recordCalls(
    contextOf(tenant, system, now),
    { calls: [call("today", now.toISOString()), call("last-week", `${monday}T12:00:00.000Z`), free] },
    { source: "api" },
  );
  expect(answer.rejected).toEqual([]);

  const rolled = () => asAdmin("SELECT 1 FROM rollup_slot WHERE tenant_id = $1", [tenant.id]);
  await until("The roll-up", async () => (await rolled()).length === 3, 150);
  const told = () => slack.accepted().filter(({ body }) => body.includes("drafts has used"));
  await until("The alert", () => Promise.resolve(told().length > 0), 60);

  await inngest.send(reviewDue.create({ tenantId: tenant.id }));
  const reviews = () =>
    asAdmin("SELECT week::text AS week, figures -> 'spend' ->> 'costUsd' AS usd FROM weekly_review WHERE tenant_id = $1", [tenant.id]); // prettier-ignore
  await until("The review", async () => (await reviews()).length > 0, 60);
  const sent = () => slack.accepted().filter(({ body }) => body.includes("Weekly review of"));
  await until("Its message", () => Promise.resolve(sent().length > 0), 60);
  // Both calls, unless a month has begun between them.
  const usd = monday.slice(0, 7) === now.toISOString().slice(0, 7) ? "$25.00" : "$12.50";
  expect(told()[0]?.body).toContain(`${usd} of $10.00`);
  expect([told().length, sent().length]).toEqual([1, 1]);
  expect(await reviews()).toEqual([{ week: monday, usd: "12.5" }]);
  if (today.endsWith("-01") && now.getUTCHours() < 2) {
    console.info("Last month's figures are not final before two o'clock of the first: no monthly review was asked for.");
  } else {
    await inngest.send(killReviewDue.create({ tenantId: tenant.id }));
    const months = () => asAdmin("SELECT to_char(month, 'YYYY-MM') AS month FROM kill_review WHERE tenant_id = $1", [tenant.id]); // prettier-ignore
    await until("The monthly review", async () => (await months()).length > 0, 90);
    const monthly = () => slack.accepted().filter(({ body }) => body.includes("Kill review of"));
    await until("Its message", () => Promise.resolve(monthly().length > 0), 60);
    expect([await months(), monthly().length]).toEqual([[{ month: endOfMonth.slice(0, 7) }], 1]);
  }
  console.info(
    binary === null
      ? `No Inngest server here, so ${driver.name} drove roll-up, alert and both reviews; npm run inngest:server says how to get one.`
      : `${driver.name} drove roll-up, alert and both reviews.`,
  );
}, 400_000); // prettier-ignore
