import { describe, expect, it } from "vitest";
import { whyCauses, type WhyPart } from "../why-schemas";
import { Usd, usdText } from "@/server/prices/decimal";
import type { RatesOf } from "./split-work";
import type { Usage } from "./usage";
import { explain, halved, halvedBook, sameBook, unlisted, used } from "./usage-samples";

describe("one thing changed, and all of the change is told of it", () => {
  it.each<[string, Usage[], Usage[], WhyPart["cause"], RatesOf?]>([
    ["more calls", [used()], [used({ calls: 150 })], "volume"],
    ["fewer calls", [used()], [used({ calls: 40 })], "volume"],
    ["a new feature", [used()], [used(), used({ feature: "search", model: "small" })], "volume"],
    ["a feature that is gone", [used(), used({ feature: "search" })], [used()], "volume"],
    ["the first calls ever", [], [used()], "volume"],
    ["a new prompt version of twice the tokens", [used()], [used({ version: "v4", each: { freshInputTokens: 2_000, visibleOutputTokens: 200 } })], "promptVersion"],
    ["a version that ramps up", [used({ calls: 90 }), used({ calls: 10, version: "v4", each: { freshInputTokens: 3_000 } })], [used({ calls: 40 }), used({ calls: 60, version: "v4", each: { freshInputTokens: 3_000 } })], "promptVersion"],
    ["another prompt", [used()], [used({ prompt: "farewell", each: { freshInputTokens: 500 } })], "promptVersion"],
    ["a shift to the small model", [used({ calls: 80 }), used({ calls: 20, model: "small" })], [used({ calls: 30 }), used({ calls: 70, model: "small" })], "modelMix"],
    ["another model", [used()], [used({ model: "small" })], "modelMix"],
    ["a model nobody has listed, reported at a price of its own", [used()], [used({ model: "ours", costUsd: "9" })], "modelMix"],
    ["longer input", [used()], [used({ each: { freshInputTokens: 1_500 } })], "tokens"],
    ["shorter output", [used()], [used({ each: { visibleOutputTokens: 10 } })], "tokens"],
    ["more tool units", [used({ kind: "tool", model: "", each: { toolUnits: 1, freshInputTokens: 0, visibleOutputTokens: 0 }, costUsd: "1" })], [used({ kind: "tool", model: "", each: { toolUnits: 3, freshInputTokens: 0, visibleOutputTokens: 0 }, costUsd: "3" })], "tokens"],
    ["more read from the cache", [used({ each: { freshInputTokens: 900, cacheReadTokens: 100 } })], [used({ each: { freshInputTokens: 300, cacheReadTokens: 700 } })], "cache"],
    ["the first reads from a cache", [used()], [used({ each: { freshInputTokens: 300, cacheReadTokens: 700 } })], "cache"],
    ["a lower list price", [used()], [used({ rates: halved })], "price", halvedBook],
    ["a new price for a version that is new as well", [used({ version: "v3" })], [used({ version: "v4", rates: halved })], "price", halvedBook],
    ["the list's price as before, but half of it paid (batches)", [used()], [used({ rates: halved })], "price"],
    ["a reported cost that doubles, of a model nobody has listed", [used({ costUsd: "5" })], [used({ costUsd: "10" })], "price", unlisted],
    ["a fee for each call, of nothing counted", [used({ kind: "tool", each: { freshInputTokens: 0, visibleOutputTokens: 0 }, costUsd: "1" })], [used({ kind: "tool", each: { freshInputTokens: 0, visibleOutputTokens: 0 }, costUsd: "2" })], "price"],
    ["calls answered for nothing", [used()], [used({ costUsd: "0" })], "price"],
    ["a retry loop", [used()], [used({ calls: 4_500, requests: 100 })], "retries"],
    ["retries that end", [used({ calls: 300, requests: 100 })], [used()], "retries"],
    ["failures that cost nothing and are not tried again", [used()], [used({ freeCalls: 40 })], "retries"],
    ["nothing but attempts of requests that began before", [used({ calls: 0, requests: 0 })], [used({ calls: 30, requests: 0 })], "retries"],
    ["a model without a price takes over a part", [used()], [used({ calls: 75 }), used({ calls: 25, model: "ours", unpricedCalls: 25 })], "unpriced"],
    ["a price arrives", [used({ unpricedCalls: 100 })], [used()], "unpriced"],
    ["shares of calls that another feature counts", [used()], [used(), used({ feature: "b", calls: 0, requests: 0, costUsd: "2" })], "volume"],
  ])("%s", (_case, before, after, cause, ratesOf = sameBook) => {
    const { delta, causes } = explain(before, after, ratesOf);
    expect(causes.filter(({ usd }) => usd !== "0")).toEqual([expect.objectContaining({ cause, usd: delta })]);
    expect(causes.map((told) => told.cause).sort()).toEqual([...whyCauses].sort());
  }); // prettier-ignore
});

const usdOfCauses = (before: Usage[], after: Usage[], ratesOf?: RatesOf) =>
  Object.fromEntries(
    explain(before, after, ratesOf)
      .causes.filter(({ usd }) => usd !== "0")
      .map(({ cause, usd }) => [cause, usd]),
  );

describe("several things changed at once", () => {
  it("shares what they do together equally", () => {
    // 100 calls at $0.014, then 200 at $0.007: 100 more at the mean of both prices, half a price at the mean of both volumes.
    expect(usdOfCauses([used()], [used({ calls: 200, rates: halved })], halvedBook)).toEqual({
      volume: "1.05",
      price: "-1.05",
    });
  });

  it("takes every order of three factors", () => {
    // Twice the calls, three times the tokens, half the price: $1 becomes $3.
    const call = { freshInputTokens: 1_000, visibleOutputTokens: 0 };
    const before = [used({ each: call })];
    const after = [used({ each: { ...call, freshInputTokens: 3_000 }, calls: 200, rates: halved })];
    // A factor's change × what the others make of it: both before (2 of 6 orders), one of them after (1 each), both (2).
    // Calls: (2 + 3 + ½ + 2·3·½) ÷ 6. Tokens: 2 × (2 + 2 + ½ + 2·2·½) ÷ 6. Price: −½ × (2 + 2 + 3 + 2·2·3) ÷ 6.
    expect(usdOfCauses(before, after, halvedBook)).toEqual({
      volume: "1.416666666666666667",
      tokens: "2.166666666666666666",
      price: "-1.583333333333333333",
    });
  });

  it("counts attempts beyond the calmer rate as retries at what they did cost, however many requests there were", () => {
    const before = [used({ calls: 110, requests: 100 })];
    const after = [used({ calls: 880, requests: 200 })];
    // 4.4 attempts a request instead of 1.1: three quarters of the cost. The rest is 200 × 1.1 calls instead of 110.
    expect(usdOfCauses(before, after)).toEqual({ retries: "9.24", volume: "1.54" });
  });

  it("tells a new feature's retries apart from its requests", () => {
    expect(usdOfCauses([], [used({ calls: 300, requests: 100 })])).toEqual({ retries: "2.8", volume: "1.4" });
  });

  it("does not take failures that cost nothing for calls: an outage that is tried again costs what it did", () => {
    const outage = used({ calls: 200, requests: 100, freeCalls: 100 });
    expect(explain([used()], [outage])).toMatchObject({ delta: "0", parts: [] });
  });

  it("sees the model's new price in a version that is new as well, and the version in what is left", () => {
    const v4 = used({
      version: "v4",
      each: { freshInputTokens: 2_000, visibleOutputTokens: 200 },
      rates: halved,
    });
    const { price, promptVersion } = usdOfCauses([used()], [v4], halvedBook);
    expect([price, promptVersion]).toEqual(["-1.05", "1.05"]);
  });

  it("leaves the parts of one feature to it, whatever others do", () => {
    const { parts } = explain(
      [used(), used({ feature: "search" })],
      [used({ calls: 150 }), used({ feature: "search", each: { freshInputTokens: 2_000 } })],
    );
    expect(parts.map(({ cause, usd, work }) => [cause, usd, work?.feature])).toEqual([
      ["tokens", "1", "search"],
      ["volume", "0.7", "chat"],
    ]);
  });

  it("adds up where averages have no end", () => {
    const { delta, parts } = explain(
      [used({ calls: 3 }), used({ calls: 7, version: "v2", costUsd: "0.000000000000000001" })],
      [
        used({ calls: 7, each: { freshInputTokens: 333 } }),
        used({ calls: 11, model: "small", version: "v4" }),
      ],
    );
    expect(sum(parts)).toBe(delta);
  });
});

describe("an average call", () => {
  const averaged = (before: Usage[], after: Usage[], ratesOf?: RatesOf) =>
    explain(before, after, ratesOf, "costPerCall");

  it("does not change with the number of calls", () =>
    expect(averaged([used()], [used({ calls: 333 })])).toMatchObject({ delta: "0", parts: [] }));

  it("changes with the share of each feature", () => {
    const { delta, causes } = averaged(
      [used({ calls: 50 }), used({ calls: 50, feature: "search", model: "small" })],
      [used({ calls: 25 }), used({ calls: 75, feature: "search", model: "small" })],
    );
    expect(delta).toBe("-0.0029");
    expect(causes[0]).toMatchObject({ cause: "volume", usd: "-0.0029" });
  });

  it("changes with the cache, whatever the volume does", () => {
    const { causes } = averaged(
      [used({ each: { freshInputTokens: 900, cacheReadTokens: 100 } })],
      [used({ calls: 500, each: { freshInputTokens: 300, cacheReadTokens: 700 } })],
    );
    expect(causes.filter(({ usd }) => usd !== "0")).toEqual([{ cause: "cache", usd: "-0.0054", parts: 1 }]);
  });

  it("is of priced calls: what is unpriced is in neither side of it", () => {
    const unpriced = used({ model: "ours", unpricedCalls: 100 });
    expect(averaged([used()], [used(), unpriced])).toMatchObject({ delta: "0", parts: [] });
  });

  it("is not there without a priced call", () =>
    expect(averaged([], [used()])).toMatchObject({ delta: null, parts: [] }));
});

describe("what is to be seen", () => {
  const first = (before: Usage[], after: Usage[], ratesOf?: RatesOf) =>
    explain(before, after, ratesOf).parts[0];

  it("of a version: who gave way to whom", () =>
    expect(
      first([used()], [used({ version: "v4", each: { freshInputTokens: 2_000, visibleOutputTokens: 200 } })]),
    ).toEqual({
      cause: "promptVersion",
      usd: "1.4",
      work: { feature: "chat", kind: "llm", isRest: false },
      prompt: "greeting",
      between: "versions",
      lost: { name: "v3", share: [1, 0], tokensPerCall: 1_100, costPerCallUsd: "0.014" },
      gained: { name: "v4", share: [0, 1], tokensPerCall: 2_200, costPerCallUsd: "0.028" },
    }));

  it("of a price: the rates that changed, and the level", () =>
    expect(first([used()], [used({ rates: halved })], halvedBook)).toMatchObject({
      model: "large",
      work: null,
      features: ["chat"],
      level: 0.5,
      listed: [
        { bucket: "freshInputTokens", usdPerMillion: ["10", "5"] },
        { bucket: "cacheReadTokens", usdPerMillion: ["1", "0.5"] },
        { bucket: "visibleOutputTokens", usdPerMillion: ["40", "20"] },
      ],
    }));

  it("of tokens: an average call of the same mix", () =>
    expect(
      first(
        [used({ calls: 50 }), used({ calls: 50, model: "small", each: { freshInputTokens: 100 } })],
        [used({ calls: 50, each: { freshInputTokens: 2_000 } }), used({ calls: 50, model: "small", each: { freshInputTokens: 100 } })],
      ),
    ).toMatchObject({ cause: "tokens", input: [550, 1_050], output: [100, 100] })); // prettier-ignore

  it("of the cache: its hit rate", () =>
    expect(
      first(
        [used({ each: { freshInputTokens: 900, cacheReadTokens: 100 } })],
        [used({ each: { freshInputTokens: 300, cacheReadTokens: 700 } })],
      ),
    ).toMatchObject({ cause: "cache", hitRate: [0.1, 0.7] }));

  it("of retries: attempts for each request", () =>
    expect(first([used()], [used({ calls: 4_500, requests: 100 })])).toMatchObject({
      attemptsPerRequest: [1, 45],
      requests: [100, 100],
    }));

  it("of a missing price: how many calls, of which models", () =>
    expect(
      first([used()], [used({ calls: 75 }), used({ calls: 25, model: "ours", unpricedCalls: 25 })]),
    ).toMatchObject({ unpricedCalls: [0, 25], calls: [100, 100], models: ["ours"] }));

  it("of a mix of models: who gave way to whom", () =>
    expect(first([used()], [used({ calls: 30 }), used({ calls: 70, model: "small" })])).toMatchObject({
      lost: { name: "large", share: [1, 0.3] },
      gained: { name: "small", share: [0, 0.7] },
    }));
});

describe("more than can be told apart", () => {
  it("takes the cheapest features for one, and loses nothing of them", () => {
    const features = Array.from({ length: 200 }, (_, i) => used({ feature: `f${String(i)}`, calls: 1 + i }));
    const doubled = features.map(({ feature, calls }) => used({ feature, calls: calls * 2 }));
    const { delta, parts, notes } = explain(features, doubled);
    expect(notes).toEqual(["manyFeatures"]);
    expect(parts.filter(({ work }) => work?.isRest)).toHaveLength(1);
    expect(sum(parts)).toBe(delta);
  });

  it("takes the cheapest versions of a prompt for one", () => {
    const versions = Array.from({ length: 100 }, (_, i) => used({ version: `hash${String(i)}`, calls: 1 + i }));
    const { parts, notes } = explain(versions, versions.map((usage) => ({ ...usage, version: `${usage.version}b` })));
    expect(notes).toEqual(["manyVersions"]);
    expect(parts).toEqual([]);
  }); // prettier-ignore
});

const sum = (parts: { usd: string }[]) =>
  usdText(parts.reduce((total, { usd }) => total.plus(usd), new Usd(0)));
