import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { caughtClient } from "./caught";

beforeEach(() => {
  vi.spyOn(Math, "random").mockReturnValue(0);
});
afterEach(() => {
  vi.restoreAllMocks();
});

const answer = (outcome: string, more: object = {}) =>
  Response.json({
    result: { data: { outcome, message: "", reasons: [], whenUnreachable: "open", ...more } },
  });
const refusal = (status: number) => Response.json({ error: { message: "no" } }, { status });
const ask = {
  model: "gpt-4o",
  provider: "openai",
  usage: { inputTokens: 100, outputTokens: 500 },
  feature: "agent",
  userId: "ada",
  prompt: "the secret prompt",
};

describe("reserve", () => {
  it("asks with what the call is about, and nothing that was said in it", async () => {
    const { ledger, sent } = caughtClient({ environment: "production" }, [answer("allow")]);
    const permit = await ledger.reserve({ ...ask, key: "k", run: { id: "r", limitUsd: "2" } });
    expect(permit).toMatchObject({ allowed: true, outcome: "allow", key: "k" });
    expect(sent[0]?.url).toBe("https://ledger.test/api/trpc/gate.reserve");
    expect(sent[0]?.body).toEqual({
      key: "k",
      environment: "production",
      feature: "agent",
      userId: "ada",
      promptHash: ledger.hashPrompt("the secret prompt"),
      run: { id: "r", limitUsd: "2" },
      estimate: { provider: "openai", model: "gpt-4o", usage: { inputTokens: 100, outputTokens: 500 } },
    });
    expect(JSON.stringify(sent)).not.toContain("secret");
  });

  it.each([
    ["deny", false],
    ["needs-ack", false],
    ["allow", true],
  ])("%s: allowed is %s", async (outcome, allowed) => {
    const { ledger } = caughtClient({}, [answer(outcome, { message: "because" })]);
    expect(await ledger.reserve(ask)).toMatchObject({ allowed, outcome, message: "because" });
  });

  it.each([
    ["the network fails", () => new TypeError("fetch failed")],
    ["the deployment fails", () => refusal(503)],
    ["the key lacks the scope", () => refusal(403)],
    ["something else answers", () => Response.json({ hello: "world" })],
    ["what answers is no JSON", () => new Response("<html>")],
  ])("when %s, it is as the app chose", async (_, reply) => {
    const { ledger } = caughtClient({ whenUnreachable: "closed" }, [reply()]);
    expect(await ledger.reserve(ask)).toMatchObject({ allowed: false, outcome: "unreachable" });
    const other = caughtClient({ whenUnreachable: "open" }, [reply()]);
    expect(await other.ledger.reserve(ask)).toMatchObject({ allowed: true, outcome: "unreachable" });
  });

  it("when nobody answers, it is as the tenant last said, and open before that", async () => {
    const failed = () => new TypeError("fetch failed");
    const { ledger } = caughtClient({}, [failed(), answer("allow", { whenUnreachable: "closed" }), failed()]);
    expect((await ledger.reserve(ask)).allowed).toBe(true);
    await ledger.reserve(ask);
    expect((await ledger.reserve(ask)).allowed).toBe(false);
  });

  it("answers whatever it is given", async () => {
    const { ledger } = caughtClient();
    expect((await ledger.reserve(null as never)).outcome).toBe("unreachable");
  });
});

describe("settle", () => {
  it("says what the response says of its usage", async () => {
    const { ledger, sent } = caughtClient({}, [answer("allow"), answer("")]);
    const permit = await ledger.reserve({ ...ask, key: "k" });
    const response = { usage: { prompt_tokens: 90, completion_tokens: 40, total_tokens: 130 } };
    expect(await permit.settle({ providerUsage: response })).toBe(true);
    expect(sent[1]?.url).toBe("https://ledger.test/api/trpc/gate.settle");
    expect(sent[1]?.body).toMatchObject({
      key: "k",
      actual: { provider: "openai", model: "gpt-4o", usage: { inputTokens: 90, outputTokens: 40 } },
    });
  });
  it("of a call that was not made gives back what was held", async () => {
    const { ledger, sent } = caughtClient({}, [answer("allow"), answer("")]);
    await (await ledger.reserve({ ...ask, key: "k" })).settle();
    expect(sent[1]?.body).toEqual({ key: "k" });
  });
  it("is tried again where that may help, and not where it cannot", async () => {
    const failed = () => new TypeError("fetch failed");
    const patient = caughtClient({}, [answer("allow"), failed(), refusal(503), refusal(429), answer("")]);
    expect(await (await patient.ledger.reserve(ask)).settle({ costUsd: "1" })).toBe(true);
    expect(patient.sent).toHaveLength(5);
    const unknown = caughtClient({}, [answer("allow"), refusal(404)]);
    expect(await (await unknown.ledger.reserve(ask)).settle({ costUsd: "1" })).toBe(false);
    expect(unknown.sent).toHaveLength(2);
  });
});
