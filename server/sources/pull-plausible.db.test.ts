import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { setEnvironment } from "@/tests/mocks/environment";
import { type FakeEvent, startFakePlausible } from "@/tests/mocks/plausible";

setEnvironment({ ALLOW_PRIVATE_SOURCES: "on" });
const { addConnection } = await import("./add");
const { listSources } = await import("./list");
const { pullSource } = await import("./pull");
const { recordUsageSums } = await import("@/server/usage/record-sums");
const { systemContext } = await import("@/server/system-context");
const { asAdmin, contextOf, ingestKey, makeTenant, personWith } = await import("@/tests/factories/tenant");
type Tenant = Awaited<ReturnType<typeof makeTenant>>;

const fake = await startFakePlausible();
afterAll(() => fake.close());
const now = new Date("2026-11-20T12:00:00Z");
beforeEach(() => {
  Object.assign(fake.state, { timeZone: "America/New_York", events: [], requestsLeft: Infinity });
  fake.heard.length = 0;
});
const used = (at: string, feature: string | null, visitor = "v"): FakeEvent => ({
  at,
  goal: "Feature Used",
  visitor,
  props: feature === null ? {} : { feature },
});

async function connect(tenant: Tenant, more: object = {}) {
  const settings = { siteId: "app.example.com", goal: "Feature Used", timeZone: "America/New_York", daysBack: 30, ...more }; // prettier-ignore
  const input = { kind: "plausible", name: "Site", baseUrl: fake.url, credentials: { apiKey: fake.apiKey }, settings } as const; // prettier-ignore
  const { id } = await addConnection(contextOf(tenant, personWith("admin"), now), input);
  fake.heard.length = 0;
  return id;
}
async function pull(tenant: Tenant, connectionId: string, at = now) {
  for (let step = 0; step < 50; step += 1) {
    const result = await pullSource(await systemContext(tenant.id, "test", { now: at }), { connectionId });
    if (!result.more || result.waitSeconds !== null) return result;
  }
  throw new Error("The pull does not come to its end");
}
const sums = (tenant: Tenant) =>
  asAdmin<Record<string, unknown>>(
    `SELECT message_id, to_char(occurred_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI') AS at, feature, event, count, visitors, user_id, source
     FROM usage_event WHERE tenant_id = $1 ORDER BY message_id`,
    [tenant.id],
  );
const connection = async (tenant: Tenant) => (await listSources(contextOf(tenant, personWith("admin"), now)))[0]; // prettier-ignore

describe("a pull", () => {
  it("brings a sum for each feature and day of the site's zone, at that day's start", async () => {
    const tenant = await makeTenant({ timeZone: "Asia/Kolkata" });
    const id = await connect(tenant);
    fake.state.events = [
      // Late on the 18th in New York, although the 19th in UTC.
      used("2026-11-19T02:00:00Z", "chat", "ann"),
      used("2026-11-18T15:00:00Z", "chat", "ann"),
      used("2026-11-18T16:00:00Z", "chat", "bob"),
      // Before the clocks went back on 1 November.
      used("2026-10-25T12:00:00Z", "search"),
      used("2026-11-20T10:00:00Z", null),
    ];
    await pull(tenant, id);
    const common = { event: "Feature Used", user_id: null, source: `plausible:${id}` };
    expect(await sums(tenant)).toEqual([
      { ...common, message_id: `plausible:${id}::2026-11-20`, at: "2026-11-20 05:00", feature: null, count: 1, visitors: 1 },
      { ...common, message_id: `plausible:${id}:chat:2026-11-18`, at: "2026-11-18 05:00", feature: "chat", count: 3, visitors: 2 },
      { ...common, message_id: `plausible:${id}:search:2026-10-25`, at: "2026-10-25 04:00", feature: "search", count: 1, visitors: 1 },
    ]);
    expect(await connection(tenant)).toMatchObject({ state: "active", pulledTo: now.toISOString(), items: 3, accepted: 3, duplicates: 0, rejected: 0 });
  }); // prettier-ignore

  it("pulls the last days again: what grew is changed, what vanished is removed, older days stay", async () => {
    const tenant = await makeTenant();
    const id = await connect(tenant);
    fake.state.events = [
      used("2026-11-10T12:00:00Z", "old"),
      used("2026-11-19T12:00:00Z", "spam"),
      used("2026-11-19T12:00:00Z", "chat"),
    ];
    await pull(tenant, id);
    fake.state.events = [used("2026-11-19T12:00:00Z", "chat"), used("2026-11-19T13:00:00Z", "chat", "bob")];
    await pull(tenant, id, new Date("2026-11-20T13:00:00Z"));
    expect((await sums(tenant)).map(({ feature, count, visitors }) => [feature, count, visitors])).toEqual([["chat", 2, 2], ["old", 1, 1]]); // prettier-ignore
  });

  it("again changes nothing, and asks for few days", async () => {
    const tenant = await makeTenant();
    const id = await connect(tenant, { daysBack: 100 });
    fake.state.events = [used("2026-11-19T12:00:00Z", "chat"), used("2026-08-20T12:00:00Z", "chat")];
    await pull(tenant, id);
    const before = await sums(tenant);
    expect(before).toHaveLength(2);
    expect(fake.heard).toHaveLength(4);
    fake.heard.length = 0;
    await pull(tenant, id, new Date("2026-11-20T13:00:00Z"));
    expect(await sums(tenant)).toEqual(before);
    expect(fake.heard.map(({ body }) => (JSON.parse(body) as { date_range: unknown }).date_range)).toEqual([["2026-11-17", "2026-11-20"]]); // prettier-ignore
    expect(await connection(tenant)).toMatchObject({ items: 3, accepted: 2, duplicates: 1 });
  });

  it("keeps two connections apart, and another tenant's too", async () => {
    const [one, other] = [await makeTenant(), await makeTenant()];
    const ids = [await connect(one), await connect(one, { property: "part" }), await connect(other)];
    fake.state.events = [
      { ...used("2026-11-19T12:00:00Z", "chat"), props: { feature: "chat", part: "box" } },
    ];
    for (const [index, id] of ids.entries()) await pull(index < 2 ? one : other, id);
    fake.state.events = [];
    await pull(one, ids[0] ?? "", new Date("2026-11-20T13:00:00Z"));
    expect((await sums(one)).map(({ feature }) => feature)).toEqual(["box"]);
    expect((await sums(other)).map(({ feature }) => feature)).toEqual(["chat"]);
  });

  it("passes over features that no call could name", async () => {
    const tenant = await makeTenant();
    const id = await connect(tenant);
    fake.state.events = [used("2026-11-19T12:00:00Z", "x".repeat(300)), used("2026-11-19T12:00:00Z", 'a "quoted", {odd} \\ name')]; // prettier-ignore
    await pull(tenant, id);
    expect((await sums(tenant)).map(({ feature }) => feature)).toEqual(['a "quoted", {odd} \\ name']);
    expect(await connection(tenant)).toMatchObject({ accepted: 1, rejected: 1 });
  });

  it("waits when it is asked to", async () => {
    const tenant = await makeTenant();
    const id = await connect(tenant);
    fake.state.requestsLeft = 0;
    expect(await pull(tenant, id)).toEqual({ more: true, waitSeconds: 60 });
  });
});

it("sums are written by who may write usage, or by nobody", async () => {
  const tenant = await makeTenant();
  const told = { source: "plausible:x", from: now, to: now, sums: [] };
  await expect(recordUsageSums(contextOf(tenant, personWith("viewer"), now), told)).rejects.toMatchObject({ code: "FORBIDDEN" }); // prettier-ignore
  expect(await recordUsageSums(contextOf(tenant, ingestKey, now), told)).toEqual({ changed: 0, unchanged: 0, removed: 0 }); // prettier-ignore
});
