import { describe, expect, it } from "vitest";
import { PriceBook } from "./book";
import { litellmVersions, readLitellm } from "./litellm";
import { namesOf } from "./match-model";
import type { NewPriceVersion, PriceRate } from "./price-version";
import { services } from "./service";
import { readSnapshot } from "./snapshot";

const origin = { source: "litellm", sourceVersion: "test" };
const entry = (some: object) => ({
  litellm_provider: "acme",
  mode: "chat",
  input_cost_per_token: 1e-6,
  output_cost_per_token: 4e-6,
  ...some,
});
const versionsOf = (list: object) => litellmVersions(list, origin);
const plain = (rates: readonly PriceRate[] = []) =>
  rates
    .map(({ service, unit, tierStart, usd, per }) => `${service} ${unit} ${tierStart} ${usd}/${per}`)
    .sort();

describe("litellmVersions", () => {
  it("reads each key as unit, tier and service", () => {
    const [version] = versionsOf({
      "acme/m1": entry({
        input_cost_per_token_batches: 5e-7,
        output_cost_per_token_batches: 2e-6,
        input_cost_per_token_flex: 6e-7,
        output_cost_per_token_flex: 2.2e-6,
        input_cost_per_token_priority: 2e-6,
        output_cost_per_token_priority: 8e-6,
        input_cost_per_token_above_200k_tokens: 2e-6,
        input_cost_per_token_above_200k_tokens_priority: 4e-6,
        output_cost_per_token_above_272k_tokens_flex: 5e-6,
        cache_read_input_token_cost: 1e-7,
        cache_creation_input_token_cost: 1.25e-6,
        cache_creation_input_token_cost_above_1hr: 2e-6,
        cache_creation_input_token_cost_above_1hr_above_200k_tokens: 4e-6,
        output_cost_per_reasoning_token: 5e-6,
        input_cost_per_audio_token: 9e-6,
        input_cost_per_token_ultrafast: 9e-3,
        max_input_tokens: 1000,
      }),
    });
    expect(version).toMatchObject({ provider: "acme", model: "m1", source: "litellm", validFrom: null });
    expect(plain(version?.rates)).toEqual([
      "batch fresh_input 0 0.5/1000000",
      "batch visible_output 0 2/1000000",
      "flex fresh_input 0 0.6/1000000",
      "flex visible_output 0 2.2/1000000",
      "flex visible_output 272001 5/1000000",
      "priority fresh_input 0 2/1000000",
      "priority fresh_input 200001 4/1000000",
      "priority visible_output 0 8/1000000",
      "standard audio_input 0 9/1000000",
      "standard cache_read 0 0.1/1000000",
      "standard cache_write 0 1.25/1000000",
      "standard cache_write_1h 0 2/1000000",
      "standard cache_write_1h 200001 4/1000000",
      "standard fresh_input 0 1/1000000",
      "standard fresh_input 200001 2/1000000",
      "standard reasoning 0 5/1000000",
      "standard visible_output 0 4/1000000",
    ]);
  });

  it.each([
    ["a model without any price", { litellm_provider: "acme" }],
    ["a model whose prices are all 0", entry({ input_cost_per_token: 0, output_cost_per_token: 0 })],
    ["a price that is text", entry({ input_cost_per_token: "0.000001" })],
    ["a price below zero", entry({ output_cost_per_token: -1 })],
    ["a price that is null", entry({ input_cost_per_token: null })],
    ["no provider", { input_cost_per_token: 1 }],
    ["no object", "free"],
  ])("makes nothing of %s, least of all a price of 0", (_name, value) => {
    expect(versionsOf({ "acme/m1": value })).toEqual([]);
  });

  it("leaves out a service with only one of its two main rates", () => {
    const [version] = versionsOf({ m: entry({ input_cost_per_token_priority: 5e-5 }) });
    expect(version?.rates.map(({ service }) => service)).toEqual(["standard", "standard"]);
  });

  it("takes seconds for speech alone: elsewhere they are reserved capacity", () => {
    const speech = { litellm_provider: "acme", mode: "audio_transcription", input_cost_per_second: 0.0001 };
    expect(plain(versionsOf({ w: speech })[0]?.rates)).toEqual(["standard input_audio_seconds 0 0.36/3600"]);
    expect(versionsOf({ w: { ...speech, mode: "chat" } })).toEqual([]);
  });

  it("names providers as the book does, and takes one of several doors to a model", () => {
    const list = {
      "gemini-x": entry({ litellm_provider: "vertex_ai-language-models", input_cost_per_token: 9e-6 }),
      "gemini/gemini-x": entry({ litellm_provider: "gemini" }),
    };
    const found = versionsOf(list);
    expect(found.map(({ provider, model }) => `${provider} ${model}`)).toEqual(["google gemini-x"]);
    expect(versionsOf(Object.fromEntries(Object.entries(list).reverse()))).toEqual(found);
    expect(found[0]?.rates[0]?.usd).toBe("1");
  });

  it.each([
    ["an array", []],
    ["null", null],
    ["a text", "x"],
  ])("throws at %s", (_name, list) => {
    expect(() => litellmVersions(list, origin)).toThrow();
  });
});

describe("the bundled selection", () => {
  const bundled = readLitellm();
  const known = (version: NewPriceVersion, id: string) => ({ ...version, id, knownFrom: new Date(0) });

  it("has each service of some models, and says from where it is", () => {
    const listed = new Set(bundled.flatMap(({ rates }) => rates.map(({ service }) => service)));
    expect([...listed].sort()).toEqual([...services].sort());
    expect(bundled.every(({ sourceVersion }) => /^[0-9a-f]{12}$/.test(sourceVersion))).toBe(true);
    expect(bundled.length).toBeGreaterThan(20);
  });

  it("agrees with the first list about standard rates, so that its services are taken", async () => {
    const versions = [...(await readSnapshot()), ...bundled].map((version, at) =>
      known(version, `v${String(at)}`),
    );
    const book = new PriceBook(versions, "test");
    for (const { provider, model, rates } of bundled) {
      for (const service of new Set(rates.map((rate) => rate.service))) {
        if (service === "standard") continue;
        const found = book.inForce(namesOf({ provider, model }), new Date("2026-11-21T00:00:00Z"), service);
        expect(found?.layer, `${model} ${service}`).toBe("litellm");
      }
      expect(book.inForce(namesOf({ provider, model }), new Date("2026-11-21T00:00:00Z"))?.layer).toBe(
        "list",
      );
    }
  });
});
