import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { setEnvironment } from "@/tests/mocks/environment";
import { type FakeObservation, startFakeLangfuse } from "@/tests/mocks/langfuse";

// The fake stands on this machine, where no tenant's source may be unless the operator says so.
setEnvironment({ ALLOW_PRIVATE_SOURCES: "on" });
const { addConnection } = await import("./add");
const { listSources } = await import("./list");
const { pauseConnection } = await import("./pause");
const { pullSource } = await import("./pull");
const { resumeConnection } = await import("./resume");
const { systemContext } = await import("@/server/system-context");
const { asAdmin, contextOf, loadPrices, makeTenant, personWith } = await import("@/tests/factories/tenant");
type Tenant = Awaited<ReturnType<typeof makeTenant>>;

const fake = await startFakeLangfuse();
afterAll(() => fake.close());
const minute = 60_000;
const start = new Date("2026-11-20T12:00:00Z");
const at = (minutes: number) => new Date(start.getTime() + minutes * minute);

beforeAll(() => loadPrices(start));
beforeEach(() => {
  Object.assign(fake.state, { observations: [], now: start, requestsLeft: Infinity, retryAfter: "30", fails: null, mostRows: Infinity, forgetsCursors: false }); // prettier-ignore
  fake.heard.length = 0;
});

const observation = (id: string, minutes: number, more: Partial<FakeObservation> = {}): FakeObservation => ({
  id,
  type: "GENERATION",
  traceId: `trace-${id}`,
  projectId: "p",
  parentObservationId: null,
  startTime: at(minutes).toISOString(),
  endTime: new Date(at(minutes).getTime() + 2_000).toISOString(),
  name: "answer",
  level: "DEFAULT",
  environment: "production",
  userId: "u-1",
  sessionId: "s-1",
  input: "canary-prompt",
  output: "canary-completion",
  metadata: { feature: "chat", note: "canary-metadata" },
  providedModelName: "gpt-4o",
  usageDetails: { input: 60, input_cached_tokens: 40, output: 20, total: 120 },
  costDetails: { total: 0.001 },
  totalCost: 0.001,
  promptName: "answer-prompt",
  promptVersion: 3,
  tags: ["region:eu"],
  traceName: "chat-turn",
  ...more,
});

async function connect(tenant: Tenant, daysBack = 30) {
  const ctx = contextOf(tenant, personWith("admin"), start);
  const { publicKey, secretKey } = fake.keys;
  const credentials = { publicKey, secretKey };
  const input = { kind: "langfuse", name: "Prod", baseUrl: fake.url, credentials, settings: { daysBack } } as const;
  const { id } = await addConnection(ctx, input);
  fake.heard.length = 0;
  return { ctx, id };
} // prettier-ignore
/** As the job does it: step by step until there is no more. */
async function pull(tenant: Tenant, connectionId: string, now = start, mostSteps = 50) {
  fake.state.now = now;
  for (let step = 1; step <= mostSteps; step += 1) {
    const result = await pullSource(await systemContext(tenant.id, "test", { now }), { connectionId });
    if (!result.more || result.waitSeconds !== null) return { ...result, steps: step };
  }
  return { more: true, waitSeconds: null, steps: mostSteps };
}
const calls = (tenant: Tenant) =>
  asAdmin<Record<string, unknown>>("SELECT * FROM call WHERE tenant_id = $1 ORDER BY call_id", [tenant.id]);
const connection = async (tenant: Tenant) =>
  (await listSources(contextOf(tenant, personWith("admin"), start)))[0];

describe("a pull", () => {
  it("brings generations and embeddings with their tokens, price and tags, and nothing of prompts", async () => {
    const tenant = await makeTenant();
    const { id } = await connect(tenant);
    fake.state.observations = [
      observation("a", -600),
      observation("e", -500, { type: "EMBEDDING", metadata: { ls_provider: "openai" }, providedModelName: "text-embedding-3-small", usageDetails: { input: 9 } }),
      observation("s", -400, { type: "SPAN" }),
    ]; // prettier-ignore
    expect(await pull(tenant, id)).toMatchObject({ more: false });
    const rows = await calls(tenant);
    expect(rows).toMatchObject([
      {
        call_id: "langfuse:a", kind: "llm", provider: "openai", model: "gpt-4o", feature: "chat", user_id: "u-1",
        environment: "production", route: "chat-turn", run_id: "trace-a", prompt_id: "answer-prompt", prompt_version: "3",
        region: "eu", source: "langfuse", price_status: "priced", latency_ms: 2_000, tags: { session: "s-1" },
        reported_cost_usd: "0.001000000000000000",
      },
      { call_id: "langfuse:e", kind: "embedding", model: "text-embedding-3-small", price_status: "priced" },
    ]); // prettier-ignore
    expect(rows[0]).toMatchObject({
      fresh_input_tokens: 60,
      cache_read_tokens: 40,
      visible_output_tokens: 20,
    });
    expect(JSON.stringify(rows)).not.toContain("canary");
    expect(await connection(tenant)).toMatchObject({
      state: "active",
      pulledTo: start.toISOString(),
      lastOkAt: start.toISOString(),
      failure: null,
      items: 2,
      accepted: 2,
      duplicates: 0,
      rejected: 0,
    });
  });

  it("asks the v2 API alone, in pages of at most a thousand, without input and output", async () => {
    const tenant = await makeTenant();
    const { id } = await connect(tenant, 3);
    fake.state.observations = Array.from({ length: 2_300 }, (_, n) => observation(`o${String(n).padStart(5, "0")}`, -1_000)); // prettier-ignore
    await pull(tenant, id);
    expect(await calls(tenant)).toHaveLength(2_300);
    expect(new Set(fake.heard.map(({ url }) => url.pathname))).toEqual(
      new Set(["/api/public/v2/observations"]),
    );
    for (const { url } of fake.heard) {
      expect(Number(url.searchParams.get("limit"))).toBeLessThanOrEqual(1_000);
      expect(url.searchParams.get("fields")?.split(",")).not.toContain("io");
    }
  });

  it("again brings nothing twice", async () => {
    const tenant = await makeTenant();
    const { id } = await connect(tenant);
    fake.state.observations = [observation("a", -50), observation("b", -40)];
    await pull(tenant, id);
    await pull(tenant, id, at(5));
    expect(await calls(tenant)).toHaveLength(2);
    expect(await connection(tenant)).toMatchObject({ items: 4, accepted: 2, duplicates: 2, rejected: 0 });
  });

  it("leaves what may still change for later, and finds what came late", async () => {
    const tenant = await makeTenant();
    const { id } = await connect(tenant);
    const fresh = observation("fresh", -5, { usageDetails: { input: 1 } });
    const running = observation("running", -120, { endTime: null, usageDetails: {} });
    const late = observation("late", -30, { visibleFrom: at(20).toISOString() });
    fake.state.observations = [fresh, running, late];
    await pull(tenant, id);
    expect(await calls(tenant)).toHaveLength(0);

    // Langfuse completes both of them in place.
    fresh.usageDetails = { input: 100, output: 5 };
    Object.assign(running, { endTime: at(10).toISOString(), usageDetails: { input: 7, output: 1 } });
    await pull(tenant, id, at(60));
    expect((await calls(tenant)).map((row) => [row.call_id, row.fresh_input_tokens])).toEqual([
      ["langfuse:fresh", 100],
      ["langfuse:late", 60],
      ["langfuse:running", 7],
    ]);
    expect(await asAdmin("SELECT FROM call_quarantine WHERE tenant_id = $1", [tenant.id])).toEqual([]);
  });

  it("keeps a row aside that changed after all", async () => {
    const tenant = await makeTenant();
    const { id } = await connect(tenant);
    const row = observation("a", -40);
    fake.state.observations = [row];
    await pull(tenant, id);
    row.usageDetails = { input: 999, output: 1 };
    await pull(tenant, id, at(5));
    expect(await connection(tenant)).toMatchObject({ accepted: 1, rejected: 1 });
    expect(await asAdmin("SELECT code, source FROM call_quarantine WHERE tenant_id = $1", [tenant.id])).toEqual([{ code: "CONFLICT", source: "langfuse" }]); // prettier-ignore
  });

  it("passes over rows that are none, or that it did not ask for", async () => {
    const tenant = await makeTenant();
    const { id } = await connect(tenant);
    fake.state.fails = {
      status: 200,
      body: {
        data: [null, { id: 7 }, observation("old", -100_000_000), observation("ahead", 1_000_000)],
        meta: {},
      },
    };
    fake.state.now = start;
    await pullSource(await systemContext(tenant.id, "test", { now: start }), { connectionId: id });
    expect(await calls(tenant)).toHaveLength(0);
    expect((await connection(tenant))?.rejected).toBeGreaterThan(0);
  });
});

describe("a pull that is cut off", () => {
  it("stops at 429, says until when, and goes on there", async () => {
    const tenant = await makeTenant();
    const { id } = await connect(tenant, 3);
    fake.state.observations = Array.from({ length: 2_300 }, (_, n) => observation(`o${String(n).padStart(5, "0")}`, -4_000)); // prettier-ignore
    fake.state.requestsLeft = 2;
    expect(await pull(tenant, id)).toMatchObject({ more: true, waitSeconds: 30 });
    expect(await calls(tenant)).toHaveLength(2_000);
    expect(await connection(tenant)).toMatchObject({ state: "active", failure: null, waitUntil: at(0.5).toISOString() }); // prettier-ignore

    // Before that nothing is asked at all.
    fake.state.requestsLeft = Infinity;
    fake.heard.length = 0;
    expect(await pull(tenant, id, at(0.25))).toMatchObject({ waitSeconds: 15 });
    expect(fake.heard).toEqual([]);
    expect(await pull(tenant, id, at(1))).toMatchObject({ more: false });
    expect(await calls(tenant)).toHaveLength(2_300);
    expect(await connection(tenant)).toMatchObject({ accepted: 2_300, duplicates: 0 });
  });

  it("waits a minute when it is not told how long", async () => {
    const tenant = await makeTenant();
    const { id } = await connect(tenant);
    Object.assign(fake.state, { requestsLeft: 0, retryAfter: null });
    expect(await pull(tenant, id)).toMatchObject({ more: true, waitSeconds: 60 });
  });

  it("begins its slice again when the cursor is no longer known", async () => {
    const tenant = await makeTenant();
    const { id } = await connect(tenant, 0);
    fake.state.observations = Array.from({ length: 1_200 }, (_, n) => observation(`o${String(n).padStart(5, "0")}`, -30)); // prettier-ignore
    fake.state.requestsLeft = 1;
    await pull(tenant, id);
    Object.assign(fake.state, { forgetsCursors: true, requestsLeft: 2 });
    await pull(tenant, id, at(1));
    Object.assign(fake.state, { forgetsCursors: false, requestsLeft: Infinity });
    await pull(tenant, id, at(3));
    expect(await calls(tenant)).toHaveLength(1_200);
  });

  it("asks for smaller pages when an answer would be too large", async () => {
    const tenant = await makeTenant();
    const { id } = await connect(tenant, 0);
    fake.state.observations = Array.from({ length: 300 }, (_, n) => observation(`o${n}`, -30));
    fake.state.mostRows = 100;
    expect(await pull(tenant, id)).toMatchObject({ more: false });
    expect(await calls(tenant)).toHaveLength(300);
  });

  it("ends at once when it is paused, and goes on when it is resumed", async () => {
    const tenant = await makeTenant();
    const { ctx, id } = await connect(tenant);
    fake.state.observations = [observation("a", -600)];
    await pauseConnection(ctx, { id });
    expect(await pull(tenant, id)).toMatchObject({ more: false });
    expect(fake.heard).toEqual([]);
    ctx.emitted.length = 0;
    await resumeConnection(ctx, { id });
    expect(ctx.emitted).toEqual([{ name: "source/pull-requested", data: { tenantId: tenant.id, connectionId: id } }]); // prettier-ignore
    await pull(tenant, id);
    expect(await calls(tenant)).toHaveLength(1);
  });
});

describe("a pull that fails", () => {
  it("says why, is failing from the third time on, and well again after the next success", async () => {
    const tenant = await makeTenant();
    const { id } = await connect(tenant);
    fake.state.fails = { status: 401, body: { message: "canary-body" } };
    const states: unknown[] = [];
    for (let times = 0; times < 4; times += 1) {
      await pull(tenant, id, at(times));
      states.push((await connection(tenant))?.state);
    }
    expect(states).toEqual(["active", "active", "failing", "failing"]);
    const failed = await connection(tenant);
    expect(failed?.failure).toContain("refuses these keys");
    expect(JSON.stringify(failed)).not.toContain("canary");
    expect(failed?.lastOkAt).toBeNull();

    fake.state.fails = null;
    await pull(tenant, id, at(60));
    expect(await connection(tenant)).toMatchObject({ state: "active", failure: null, lastOkAt: at(60).toISOString() }); // prettier-ignore
  });

  it.each([
    ["500", { status: 500, body: "<html>oops</html>" }, /problem of its own \(status 500\)/],
    ["404", { status: 404, body: {} }, /v2 API/],
    ["a redirect", { status: 302, headers: { location: "http://127.0.0.1:1/" } }, /elsewhere/],
    ["no JSON", { status: 200, body: "<html></html>" }, /documentation/],
    ["other JSON", { status: 200, body: { items: [] } }, /documentation/],
    ["400 with words", { status: 400, body: { message: "bad\u0000 \n filter" } }, /: bad filter$/],
    ["400 without", { status: 400, body: "<script>" }, /refused the question\.$/],
  ])("says what to make of %s", async (_name, fails, sentence) => {
    const tenant = await makeTenant();
    const { id } = await connect(tenant);
    fake.state.fails = fails;
    await pull(tenant, id);
    expect((await connection(tenant))?.failure).toMatch(sentence);
  });

  it("notices a source that answers the same page for ever", async () => {
    const tenant = await makeTenant();
    const { id } = await connect(tenant);
    fake.state.fails = { status: 200, body: { data: [], meta: { cursor: "again" } } };
    await pull(tenant, id);
    expect(fake.heard).toHaveLength(2);
    expect((await connection(tenant))?.failure).toContain("again and again");
  });

  it("because the keys cannot be opened asks for them again", async () => {
    const tenant = await makeTenant();
    const { id } = await connect(tenant);
    await asAdmin("UPDATE source_connection SET credentials = decode(repeat('00', 64), 'hex') WHERE id = $1", [id]); // prettier-ignore
    await pull(tenant, id);
    expect(fake.heard).toEqual([]);
    expect((await connection(tenant))?.failure).toContain("no longer be read");
  });
});
