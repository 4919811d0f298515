import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { recordCalls } from "@/server/calls/record";
import type { Tenant } from "@/server/context";
import { readUsage } from "@/server/provider-usage/read-usage";
import { caughtClient } from "@/tests/client/caught";
import { asAdmin, contextOf, ingestKey, loadPrices, makeTenant } from "@/tests/factories/tenant";
import { listPrice } from "@/tests/ledger/made-prices";
import { SdkClient } from "@/tests/mocks/provider-sdks";

// What becomes of several calls: reports, polls, retries, orders. By the real price list: gpt-4o costs $2.5 and $10 a
// million, $1.25 cached; gpt-4o-mini $0.15 and $0.6; Claude Sonnet 4.5 $3 and $15.
let now = new Date("2026-11-20T12:00:00Z");
/** Until the process looks up its price book again. */
const twoMinutesLater = () => (now = new Date(now.getTime() + 120_000));
const call = (id: string, more: object = {}) => ({
  id,
  occurredAt: "2026-11-20T11:00:00Z",
  provider: "openai",
  model: "gpt-4o",
  usage: { inputTokens: 1000, outputTokens: 100 },
  ...more,
});
const store = (tenant: Tenant, calls: unknown[], source = "api") =>
  recordCalls(contextOf(tenant, ingestKey, now), { calls }, { source });
const rows = (tenant: Tenant) =>
  asAdmin<{ id: string; cost: string | null; status: string }>(
    `SELECT call_id AS id, trim_scale(cost_usd)::text AS cost, price_status AS status FROM call WHERE tenant_id = $1 ORDER BY call_id`,
    [tenant.id],
  );
const total = async (tenant: Tenant, where = "true") =>
  (
    await asAdmin(
      `SELECT count(*)::int AS calls, trim_scale(sum(cost_usd))::text AS cost, (count(*) FILTER (WHERE cost_usd IS NULL))::int AS unpriced
       FROM call WHERE tenant_id = $1 AND ${where}`,
      [tenant.id],
    )
  )[0];

beforeAll(() => loadPrices(now));

describe("providers' own objects, by the real price list", () => {
  it.each([
    // 86 × 2.5 + 1920 × 1.25 + 300 × 10 = 215 + 2,400 + 3,000 millionths
    ["OpenAI (LL#6215)", { model: "gpt-4o-2024-08-06" }, { prompt_tokens: 2006, completion_tokens: 300, total_tokens: 2306, prompt_tokens_details: { cached_tokens: 1920 } }, "0.005615"],
    // 3 × 3 + 12,304 × 3.75 + 550 × 15 = 9 + 46,140 + 8,250
    ["Anthropic (LL#9812)", { provider: "anthropic", model: "claude-sonnet-4-5" }, { input_tokens: 3, cache_creation_input_tokens: 12_304, cache_read_input_tokens: 0, output_tokens: 550 }, "0.054399"],
    // 18,480 × 0.3 + 2,209 × 2.5 = 5,544 + 5,522.5
    ["Gemini (new-api#2935)", { provider: "google", model: "gemini-2.5-flash" }, { promptTokenCount: 151, candidatesTokenCount: 1089, totalTokenCount: 20_689, toolUsePromptTokenCount: 18_329, thoughtsTokenCount: 1120 }, "0.0110665"],
    // 1,000 × 3 + 100 × 15 + 3 × 10,000 = 3,000 + 1,500 + 30,000
    ["Anthropic that searches", { provider: "anthropic", model: "claude-sonnet-4-5" }, { input_tokens: 1000, output_tokens: 100, server_tool_use: { web_search_requests: 3 } }, "0.0345"],
  ])("%s", async (_name, of, raw, cost) => {
    const tenant = await makeTenant();
    await store(tenant, [call("a", { ...of, usage: readUsage(raw) })]);
    expect(await rows(tenant)).toEqual([{ id: "a", cost, status: "priced" }]);
  }); // prettier-ignore
});

describe("unknown is not free (field 2.3)", () => {
  it.each([
    ["LL#35691", { model: "in-house-7b", provider: "acme" }],
    ["LL#10598", { model: "gpt-99-preview" }],
    ["the list's outage of 27 January 2026", { model: "claude-unheard-of", provider: "anthropic" }],
    ["a stream without include_usage", { usage: undefined }],
  ])("%s: no cost, and counted as such", async (_name, of) => {
    const tenant = await makeTenant();
    expect(await store(tenant, [call("a", of)])).toMatchObject({ accepted: 1, unpriced: 1 });
    expect(await rows(tenant)).toEqual([{ id: "a", cost: null, status: "unpriced" }]);
  });

  it("appstrate#1025: what is free and what is unknown are told apart", async () => {
    const tenant = await makeTenant();
    await store(tenant, [
      call("free", { billed: "no" }),
      call("unknown", { model: "in-house-7b", provider: "acme" }),
    ]);
    expect(await rows(tenant)).toEqual([
      { id: "free", cost: "0", status: "priced" },
      { id: "unknown", cost: null, status: "unpriced" },
    ]);
  });
});

describe("prices change, history does not (field 2.4)", () => {
  it("LL#31835: calls on either side of a rise cost what held at their moment", async () => {
    const tenant = await makeTenant();
    const rise = new Date("2026-11-20T10:00:00Z");
    await listPrice("conformance-rise", { input: "3", output: "15" }, new Date("2026-01-01T00:00:00Z"));
    await listPrice("conformance-rise", { input: "6", output: "30" }, new Date("2026-11-01T00:00:00Z"), rise);
    twoMinutesLater();
    const at = (occurredAt: string) => call(occurredAt, { model: "conformance-rise", occurredAt });
    await store(tenant, [at("2026-11-20T09:59:59.999Z"), at("2026-11-20T10:00:00.000Z")]);
    // 1,000 × 3 + 100 × 15 = 4,500 millionths; then twice that
    expect((await rows(tenant)).map(({ cost }) => cost)).toEqual(["0.0045", "0.009"]);
  });

  it.each(["ccusage#1636", "maximhq/bifrost#836", "langfuse-docs#2018"])("%s: a price heard of later leaves stored costs alone", async (report) => {
    const tenant = await makeTenant();
    const model = `conformance-${report.replaceAll(/\W/g, "-")}`;
    await listPrice(model, { input: "5", output: "30" }, new Date("2026-01-01T00:00:00Z"));
    twoMinutesLater();
    await store(tenant, [call("a", { model })]);
    await listPrice(model, { input: "4", output: "20" }, now);
    twoMinutesLater();
    expect(await store(tenant, [call("a", { model }), call("b", { model })])).toMatchObject({ duplicates: 1 });
    // 1,000 × 5 + 100 × 30; a call that comes now costs 1,000 × 4 + 100 × 20
    expect((await rows(tenant)).map(({ id, cost }) => [id, cost])).toEqual([["a", "0.008"], ["b", "0.006"]]);
  }); // prettier-ignore

  it("LL#38730: the model that answered is priced, not the one that was asked for", async () => {
    const tenant = await makeTenant();
    const { ledger, calls } = caughtClient();
    const answer = { id: "r1", model: "gpt-4o", usage: { prompt_tokens: 1000, completion_tokens: 100, total_tokens: 1100 } };
    await ledger.wrapOpenAI(new SdkClient({ answer })).chat.completions.create({ model: "gpt-4o-mini" });
    await ledger.close();
    await store(tenant, calls().map((sent) => ({ ...sent, occurredAt: "2026-11-20T11:00:00Z" })));
    // 1,000 × 2.5 + 100 × 10
    expect(await total(tenant)).toEqual({ calls: 1, cost: "0.0035", unpriced: 0 });
  }); // prettier-ignore
});

describe("batches (field 2.6)", () => {
  const item = (completedAt: string) => call("batch_1/custom_7", { provider: "anthropic", model: "claude-sonnet-4-5", batch: true, completedAt, usage: { inputTokens: 1000, outputTokens: 200 } }); // prettier-ignore

  it("LL#37050: polled five times, paid once", async () => {
    const tenant = await makeTenant();
    for (let poll = 0; poll < 5; poll += 1) await store(tenant, [item("2026-11-20T11:30:00Z")]);
    expect(await total(tenant)).toMatchObject({ calls: 1 });
  });

  it("dust#23702, LL#37219: half of 1,000 × 3 + 200 × 15, and both times are kept", async () => {
    const tenant = await makeTenant();
    await store(tenant, [item("2026-11-20T11:30:00Z")]);
    expect(await rows(tenant)).toEqual([{ id: "batch_1/custom_7", cost: "0.003", status: "estimated" }]);
    expect(
      await asAdmin("SELECT occurred_at, completed_at FROM call WHERE tenant_id = $1", [tenant.id]),
    ).toEqual([
      { occurred_at: new Date("2026-11-20T11:00:00Z"), completed_at: new Date("2026-11-20T11:30:00Z") },
    ]);
  });
});

describe("failures, retries, fallbacks, disconnects (field 2.7)", () => {
  const attempt = (n: number, more: object = {}) =>
    call(`req-${n}`, { rootRequestId: "req", attempt: n, ...more });
  const refused = { errorClass: "rate_limited", billed: "no" };

  it("LF#9038: five attempts that were refused cost nothing, whatever usage their framework tells", async () => {
    const tenant = await makeTenant();
    await store(tenant, [...[1, 2, 3, 4, 5].map((n) => attempt(n, refused)), attempt(6)]);
    expect(await total(tenant)).toEqual({ calls: 6, cost: "0.0035", unpriced: 0 });
  });

  it("LL#39294: each attempt at the price of its own model", async () => {
    const tenant = await makeTenant();
    await store(tenant, [attempt(1, { errorClass: "invalid_json" }), attempt(2, { model: "gpt-4o-mini" })]);
    // 0.0035, then 1,000 × 0.15 + 100 × 0.6 = 210 millionths
    expect((await rows(tenant)).map(({ cost }) => cost)).toEqual(["0.0035", "0.00021"]);
  });

  it("LL#8810: after a fallback there is a cost", async () => {
    const tenant = await makeTenant();
    await store(tenant, [
      attempt(1, { errorClass: "invalid_request", billed: "no", usage: undefined }),
      attempt(2, { provider: "azure" }),
    ]);
    expect(await total(tenant)).toEqual({ calls: 2, cost: "0.0035", unpriced: 0 });
  });

  it.each(["sjnims/cc-plugin-eval#330", "octos-org/octos#1533"])("%s: an attempt that failed after it had answered is paid, and is the retry's tax", async () => {
    const tenant = await makeTenant();
    await store(tenant, [attempt(1, { errorClass: "invalid_json" }), attempt(2, { errorClass: "invalid_json" }), attempt(3)]);
    expect(await total(tenant)).toEqual({ calls: 3, cost: "0.0105", unpriced: 0 });
    expect(await total(tenant, "attempt > 1")).toMatchObject({ calls: 2, cost: "0.007" });
  }); // prettier-ignore

  it.each(["LL#13245", "LL#30788"])("%s: a stream that was left has no cost that anybody knows", async () => {
    const tenant = await makeTenant();
    const { ledger, calls } = caughtClient();
    const chunks = [{ id: "r1", model: "gpt-4o", choices: [{ delta: { content: "a" } }], usage: null }];
    const stream = await ledger.wrapOpenAI(new SdkClient({ chunks })).chat.completions.create({ model: "gpt-4o", stream: true });
    for await (const chunk of stream as AsyncIterable<unknown>) if (chunk) break;
    await ledger.close();
    await store(tenant, calls().map((sent) => ({ ...sent, occurredAt: "2026-11-20T11:00:00Z" })));
    expect(await total(tenant)).toEqual({ calls: 1, cost: null, unpriced: 1 });
  }); // prettier-ignore
});

describe("no order of arrival changes a total", () => {
  // Repeats, attempts, unknown and free ones, a batch, and one response that two sources report alike.
  const told: [source: string, call: object][] = [
    ["api", call("a")], ["api", call("a")], ["api", call("b", { model: "gpt-4o-mini" })],
    ["api", call("c", { attempt: 2, rootRequestId: "b" })], ["api", call("d", { model: "in-house-7b", provider: "acme" })],
    ["api", call("e", { billed: "no" })], ["api", call("f", { batch: true })], ["api", call("f", { batch: true })],
    ["api", call("g", { providerRequestId: "chatcmpl-abc" })], ["litellm", call("h", { providerRequestId: "chatcmpl-abc" })],
  ]; // prettier-ignore

  it("of calls that come one by one or together", async () => {
    // 0.0035 for each of a, c and g or h, 0.00021 for b, 0 for e, half of 0.0035 for f; d has none
    const expected = { calls: 7, cost: "0.01246", unpriced: 1 };
    const orders = fc.tuple(fc.shuffledSubarray(told, { minLength: told.length }), fc.boolean());
    await fc.assert(
      fc.asyncProperty(orders, async ([order, isTogether]) => {
        const tenant = await makeTenant();
        const send = ([source, sent]: [string, object]) => store(tenant, [sent], source);
        if (isTogether) await Promise.all(order.map(send));
        else for (const each of order) await send(each);
        expect(await total(tenant)).toEqual(expected);
      }),
      { seed: 20261121, numRuns: 20 },
    );
  }, 60_000);
});
