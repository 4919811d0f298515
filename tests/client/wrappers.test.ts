import { describe, expect, it } from "vitest";
import {
  APIConnectionTimeoutError,
  ApiPromise,
  RateLimitError,
  type Script,
  SdkClient,
  SdkStream,
} from "@/tests/mocks/provider-sdks";
import { watchIterator } from "@/public/client/src/streams";
import { caughtClient } from "./caught";

const completion = {
  id: "chatcmpl-1",
  object: "chat.completion",
  model: "gpt-4o-2024-08-06",
  service_tier: "default",
  choices: [{ message: { role: "assistant", content: "CANARY answer" } }],
  usage: { prompt_tokens: 1000, completion_tokens: 100, total_tokens: 1100, prompt_tokens_details: { cached_tokens: 400 } },
}; // prettier-ignore
const chunk = (more: object = {}) => ({ id: "chatcmpl-2", object: "chat.completion.chunk", model: "gpt-4o-2024-08-06", choices: [{ delta: { content: "CANARY" } }], usage: null, ...more }); // prettier-ignore
const chunks = [chunk(), chunk(), chunk({ choices: [], usage: completion.usage })];
const body = { model: "gpt-4o", messages: [{ role: "user", content: "CANARY question" }] };
const openAiCall = {
  kind: "llm",
  provider: "openai",
  model: "gpt-4o-2024-08-06",
  feature: "chat",
  serviceTier: "default",
  providerRequestId: "chatcmpl-1",
  usage: { inputTokens: 1000, outputTokens: 100, cacheReadTokens: 400 },
};
const usage = { inputTokens: 1000, outputTokens: 100, cacheReadTokens: 400 };

async function withOpenAi<T>(script: Script, act: (client: SdkClient) => Promise<T>, baseUrl?: string) {
  const { ledger, calls, sent } = caughtClient();
  const result = await act(ledger.wrapOpenAI(new SdkClient(script, baseUrl), { feature: "chat" }));
  await ledger.flush();
  expect(JSON.stringify(sent)).not.toContain("CANARY");
  return { result, calls: calls() };
}

describe("wrapOpenAI", () => {
  it("hands on the SDK's own promise and answer, and tracks the call", async () => {
    const { calls } = await withOpenAi({ answer: completion }, async (client) => {
      const promise = client.chat.completions.create(body);
      expect(promise).toBeInstanceOf(ApiPromise);
      expect(await promise).toEqual(completion);
      expect(await promise).toBe(await promise);
    });
    expect(calls).toHaveLength(1);
    expect(calls[0]).toMatchObject(openAiCall);
    expect(calls[0]?.latencyMs).toBeTypeOf("number");
  });

  it("tracks withResponse() and parse(), each once", async () => {
    const { calls } = await withOpenAi({ answer: completion }, async (client) => {
      const { data, response } = await client.chat.completions.create(body).withResponse();
      expect([data, response.status]).toEqual([completion, 200]);
      expect(await client.chat.completions.parse(body)).toMatchObject({ id: "chatcmpl-1", parsed: true });
    });
    expect(calls.map(({ providerRequestId }) => providerRequestId)).toEqual(["chatcmpl-1", "chatcmpl-1"]);
  });

  it("leaves the body to whoever asks for the raw answer", async () => {
    await withOpenAi({ answer: completion }, async (client) => {
      const response = await client.chat.completions.create(body).asResponse();
      expect(response.bodyUsed).toBe(false);
      expect(await response.json()).toEqual(completion);
    });
  });

  it("tracks a stream as it is read, chunk by chunk", async () => {
    const { calls, result } = await withOpenAi({ chunks }, async (client) => {
      const seen: unknown[] = [];
      const stream = await client.chat.completions.create({ ...body, stream: true });
      expect(stream).toBeInstanceOf(SdkStream);
      for await (const each of stream as SdkStream<unknown>) seen.push(each);
      return seen;
    });
    expect(result).toEqual(chunks);
    expect(calls).toMatchObject([{ model: "gpt-4o-2024-08-06", providerRequestId: "chatcmpl-2", usage }]);
  });

  it("tracks a stream that is split in two once", async () => {
    const { calls } = await withOpenAi({ chunks }, async (client) => {
      const stream = (await client.chat.completions.create({ ...body, stream: true })) as SdkStream<unknown>;
      for (const branch of stream.tee()) {
        let count = 0;
        for await (const each of branch) count += each ? 1 : 0;
        expect(count).toBe(3);
      }
    });
    expect(calls).toMatchObject([{ usage }]);
  });

  it("tracks what a helper of the package does", async () => {
    const { calls, result } = await withOpenAi({ chunks }, (client) => client.chat.completions.stream(body));
    expect(result).toHaveLength(3);
    expect(calls).toMatchObject([{ providerRequestId: "chatcmpl-2", usage }]);
  });

  it("does not make up the usage of a stream that says none", async () => {
    const { calls } = await withOpenAi({ chunks: [chunk(), chunk()] }, (client) =>
      client.chat.completions.stream(body),
    );
    expect(calls).toHaveLength(1);
    expect(calls[0]).not.toHaveProperty("usage");
    expect(calls[0]).not.toHaveProperty("errorClass");
  });

  it.each([
    ["left", (stream: SdkStream<unknown>) => stream],
    ["aborted", (stream: SdkStream<unknown>) => (stream.controller.abort(), stream)],
  ])("says of a stream that was %s that nobody knows what it cost", async (_name, prepare) => {
    const { calls } = await withOpenAi({ chunks }, async (client) => {
      const stream = prepare(
        (await client.chat.completions.create({ ...body, stream: true })) as SdkStream<unknown>,
      );
      for await (const each of stream) if (each) break;
    });
    expect(calls).toMatchObject([{ billed: "unknown" }]);
    expect(calls[0]).not.toHaveProperty("usage");
  });

  it("tracks a stream that breaks off as an attempt that failed", async () => {
    const { calls } = await withOpenAi(
      { chunks: [chunk()], streamFailure: new Error("terminated") },
      async (client) => {
        await expect(client.chat.completions.stream(body)).rejects.toThrow("terminated");
      },
    );
    expect(calls).toMatchObject([
      { errorClass: "error", billed: "unknown", providerRequestId: "chatcmpl-2" },
    ]);
  });

  it.each([
    ["a refusal, which nobody bills", new RateLimitError("slow down"), { errorClass: "rate_limited", billed: "no" }],
    ["a time-out, after which nobody knows", new APIConnectionTimeoutError("timed out"), { errorClass: "timeout", billed: "unknown" }],
  ])("tracks %s, and the caller gets the very error", async (_name, failure, expected) => {
    const { calls } = await withOpenAi({ failure }, async (client) => {
      await expect(client.chat.completions.create(body)).rejects.toBe(failure);
    });
    expect(calls).toMatchObject([{ ...expected, provider: "openai", model: "gpt-4o", feature: "chat" }]);
  }); // prettier-ignore

  it("tracks responses and embeddings", async () => {
    const answer = { id: "resp_1", object: "response", model: "gpt-5", usage: { input_tokens: 10, output_tokens: 3, total_tokens: 13 } }; // prettier-ignore
    const responses = await withOpenAi({ answer }, (client) =>
      Promise.resolve(client.responses.create(body)),
    );
    expect(responses.calls).toMatchObject([{ kind: "llm", model: "gpt-5", usage: { inputTokens: 10 } }]);
    const list = { object: "list", model: "text-embedding-3-small", data: [{ object: "embedding" }], usage: { prompt_tokens: 7, total_tokens: 7 } }; // prettier-ignore
    const embeddings = await withOpenAi({ answer: list }, (client) =>
      Promise.resolve(client.embeddings.create(body)),
    );
    expect(embeddings.calls).toMatchObject([{ kind: "embedding", usage: { inputTokens: 7 } }]);
  });

  it("tracks the events of a responses stream", async () => {
    const events = [
      { type: "response.created", response: { id: "resp_1", model: "gpt-5", usage: null } },
      { type: "response.output_text.delta", delta: "CANARY" },
      { type: "response.completed", response: { id: "resp_1", model: "gpt-5", service_tier: "flex", usage: { input_tokens: 10, output_tokens: 3, total_tokens: 13 } } },
    ]; // prettier-ignore
    const { calls } = await withOpenAi({ chunks: events }, async (client) => {
      for await (const event of (await client.responses.create({ ...body, stream: true })) as SdkStream<unknown>) expect(event).toBeDefined();
    }); // prettier-ignore
    expect(calls).toMatchObject([
      { providerRequestId: "resp_1", serviceTier: "flex", usage: { outputTokens: 3 } },
    ]);
  });

  it.each([
    ["https://api.groq.com/openai/v1", "groq"],
    ["https://api.x.ai/v1", "x_ai"],
    ["https://my-company.openai.azure.com/openai/deployments/x", "azure"],
    ["https://llm-gateway.internal:8080/v1", "llm-gateway.internal"],
  ])("names the provider by the client's address: %s", async (baseUrl, provider) => {
    const { calls } = await withOpenAi({ answer: completion }, (client) => Promise.resolve(client.chat.completions.create(body)), baseUrl); // prettier-ignore
    expect(calls[0]?.provider).toBe(provider);
  });

  it("finds the facts of each request anew, keeps several wraps apart, and the client as it was", async () => {
    const { ledger, calls } = caughtClient();
    const client = new SdkClient({ answer: completion });
    const one = ledger.wrapOpenAI(client, (asked) => ({ userId: (asked as { user: string }).user }));
    const other = ledger.wrapOpenAI(client, { feature: "search", provider: "litellm" });
    await one.chat.completions.create({ ...body, user: "u1" });
    await other.withOptions("https://api.openai.com/v1").chat.completions.create(body);
    await client.chat.completions.create(body);
    await ledger.flush();
    expect(calls().map(({ userId, feature, provider }) => ({ userId, feature, provider }))).toEqual([
      { userId: "u1", feature: undefined, provider: "openai" },
      { userId: undefined, feature: "search", provider: "litellm" },
    ]);
    expect(client.asked).toHaveLength(2);
    expect(one).toBeInstanceOf(SdkClient);
  });

  it("costs the call nothing when the facts cannot be found", async () => {
    const { ledger, calls } = caughtClient();
    const client = ledger.wrapOpenAI(new SdkClient({ answer: completion }), () => {
      throw new Error("no facts");
    });
    expect(await client.chat.completions.create(body)).toEqual(completion);
    await ledger.flush();
    expect(calls()).toHaveLength(1);
  });
});

describe("wrapAnthropic", () => {
  const message = {
    id: "msg_1",
    type: "message",
    model: "claude-sonnet-4-5",
    content: [{ type: "text", text: "CANARY" }],
    usage: { input_tokens: 10, cache_read_input_tokens: 100, cache_creation_input_tokens: 30, output_tokens: 5, service_tier: "priority" },
  }; // prettier-ignore
  const events = [
    { type: "message_start", message: { ...message, usage: { ...message.usage, output_tokens: 1 } } },
    { type: "content_block_delta", delta: { type: "text_delta", text: "CANARY" } },
    {
      type: "message_delta",
      delta: { stop_reason: "end_turn" },
      usage: { input_tokens: null, output_tokens: 5 },
    },
    { type: "message_stop" },
  ];
  const expected = {
    provider: "anthropic",
    model: "claude-sonnet-4-5",
    providerRequestId: "msg_1",
    serviceTier: "priority",
    usage: { inputTokens: 140, outputTokens: 5, cacheReadTokens: 100, cacheWrite5mTokens: 30 },
  };
  const wrapped = (script: Script) => {
    const caught = caughtClient();
    return {
      ...caught,
      client: caught.ledger.wrapAnthropic(new SdkClient(script, "https://api.anthropic.com")),
    };
  };

  it("tracks a message and a stream alike, the helper's too", async () => {
    const { ledger, calls, client } = wrapped({ answer: message, chunks: events });
    await client.messages.create(body);
    for await (const event of (await client.messages.create({ ...body, stream: true })) as SdkStream<unknown>) expect(event).toBeDefined(); // prettier-ignore
    expect(await client.messages.stream(body)).toEqual(events);
    await ledger.flush();
    expect(calls()).toHaveLength(3);
    for (const call of calls()) expect(call).toMatchObject(expected);
  });

  it("keeps what a stream had told before it was left", async () => {
    const { ledger, calls, client } = wrapped({ chunks: events });
    for await (const event of (await client.messages.create({ ...body, stream: true })) as SdkStream<unknown>) if (event) break; // prettier-ignore
    await ledger.flush();
    expect(calls()).toMatchObject([{ billed: "unknown", usage: { inputTokens: 140, outputTokens: 1 } }]);
  });
});

describe("trackAiSdk", () => {
  const step = (id: string, more: object = {}) => ({
    text: "CANARY",
    usage: { inputTokens: 10, outputTokens: 3, totalTokens: 13 },
    response: { id, modelId: "gpt-4o" },
    ...more,
  });

  it("tracks each step of a result, for each is a request", async () => {
    const { ledger, calls, sent } = caughtClient();
    const own = { input_tokens: 10, cache_read_input_tokens: 5, output_tokens: 3 };
    const steps = [step("a"), step("b", { model: { provider: "anthropic.messages", modelId: "claude-haiku-4-5" }, providerMetadata: { anthropic: { usage: own } } })]; // prettier-ignore
    ledger.trackAiSdk({ steps, totalUsage: { inputTokens: 20, outputTokens: 6 }, usage: steps[1]?.usage }, { feature: "agent", id: "mine" }); // prettier-ignore
    await ledger.flush();
    expect(calls()).toMatchObject([
      { id: "mine", providerRequestId: "a", feature: "agent", usage: { inputTokens: 10, outputTokens: 3 } },
      { providerRequestId: "b", feature: "agent", provider: "anthropic.messages", usage: { inputTokens: 15, cacheReadTokens: 5 } },
    ]); // prettier-ignore
    expect(calls()[1]?.id).not.toBe("mine");
    expect(JSON.stringify(sent)).not.toContain("CANARY");
  });

  it("tracks an embedding, whose usage is a number of tokens", async () => {
    const { ledger, calls } = caughtClient();
    ledger.trackAiSdk({ embedding: [0.1], usage: { tokens: 7 } }, { model: "text-embedding-3-small" });
    await ledger.flush();
    expect(calls()).toMatchObject([
      { kind: "embedding", model: "text-embedding-3-small", usage: { inputTokens: 7 } },
    ]);
  });
});

it("tells once how a stream ended, whatever its reader does afterwards", async () => {
  const ends: string[] = [];
  const stream = new SdkStream(["a", "b"]);
  const watched = watchIterator(stream[Symbol.asyncIterator](), () => undefined, ({ how }) => ends.push(how));
  for await (const each of watched) expect(each).toBeDefined();
  await watched.return?.();
  await watched.next();
  await watched.throw?.(new Error("late")).catch(() => undefined);
  expect(ends).toEqual(["read"]);
}); // prettier-ignore

it("reads a raw usage object given to track()", async () => {
  const { ledger, calls } = caughtClient();
  ledger.track({ model: "gemini-2.5-pro", providerUsage: { promptTokenCount: 10, candidatesTokenCount: 2, totalTokenCount: 12 } });
  ledger.trackOpenAI(completion, { userId: "u1", rootRequestId: "r1", attempt: 2 });
  await ledger.flush();
  expect(calls()).toMatchObject([
    { model: "gemini-2.5-pro", usage: { inputTokens: 10, outputTokens: 2 } },
    { userId: "u1", rootRequestId: "r1", attempt: 2, providerRequestId: "chatcmpl-1" },
  ]);
}); // prettier-ignore
