import { describe, expect, it } from "vitest";
import { wilson } from "@/server/analytics/wilson";
import { Usd } from "@/server/prices/decimal";
import { signOfWaiting } from "./batchable";
import { isBloated, type VersionSums } from "./bloated";
import { cacheSaving, isCacheable, type PromptUse } from "./cacheable";
import { subjectKey } from "./subject-key";

describe("whether nobody waits for the answers", () => {
  const all = { calls: 1_000, withoutUser: 500 };
  it.each([
    ["every call names a user", { calls: 100, withoutUser: 0, atNight: 0 }, all, null],
    ["95 of 100 name none", { calls: 100, withoutUser: 95, atNight: 0 }, all, { sign: "withoutUser", signShare: "0.95" }],
    ["94 of 100", { calls: 100, withoutUser: 94, atNight: 0 }, all, null],
    ["too few to tell", { calls: 99, withoutUser: 99, atNight: 99 }, all, null],
    ["an organisation that names hardly anybody", { calls: 100, withoutUser: 100, atNight: 0 }, { calls: 1_000, withoutUser: 501 }, null],
    ["four of five at night, whoever is named", { calls: 100, withoutUser: 0, atNight: 80 }, all, { sign: "atNight", signShare: "0.8" }],
    ["79 of 100 at night", { calls: 100, withoutUser: 0, atNight: 79 }, all, null],
    ["a share is cut, never rounded up", { calls: 300, withoutUser: 299, atNight: 0 }, all, { sign: "withoutUser", signShare: "0.9966" }],
  ])("%s", (_name, of, everything, expected) => {
    expect(signOfWaiting(of, everything)).toEqual(expected);
  }); // prettier-ignore
});

describe("whether a version has grown for nothing", () => {
  const sums = (more: Partial<VersionSums> = {}): VersionSums => ({
    calls: 100,
    unpricedCalls: 0,
    errorCalls: 5,
    inputTokens: 100_000,
    costUsd: "1",
    ...more,
  });
  it.each([
    ["as it was", sums(), sums(), false],
    ["30 % more", sums(), sums({ inputTokens: 130_000 }), false],
    ["a token more than that", sums(), sums({ inputTokens: 130_001 }), true],
    ["twice as many calls, each as before", sums(), sums({ calls: 200, errorCalls: 10, inputTokens: 200_000 }), false],
    ["much more, and clearly better", sums({ errorCalls: 40 }), sums({ inputTokens: 200_000, errorCalls: 2 }), false],
    ["much more, and hardly better", sums(), sums({ inputTokens: 200_000, errorCalls: 3 }), true],
    ["much more, and worse", sums(), sums({ inputTokens: 200_000, errorCalls: 30 }), true],
    ["19 calls with a price since", sums(), sums({ inputTokens: 200_000, unpricedCalls: 81 }), false],
    ["19 calls with a price before", sums({ unpricedCalls: 81 }), sums({ inputTokens: 200_000 }), false],
    ["20 on both sides", sums({ unpricedCalls: 80 }), sums({ inputTokens: 200_000, unpricedCalls: 80 }), true],
  ])("%s", (_name, before, after, expected) => expect(isBloated(before, after)).toBe(expected)); // prettier-ignore
});

describe("whether a prompt's beginning could be cached", () => {
  const use = (more: Partial<PromptUse> = {}): PromptUse => ({
    calls: 100,
    following: 40,
    inputTokens: 400_000,
    freshTokens: 400_000,
    readTokens: 0,
    prefixTokens: 2_048,
    ...more,
  });
  it.each([
    ["just so", use(), true],
    ["99 calls", use({ calls: 99 }), false],
    ["39 of 100 follow another", use({ following: 39 }), false],
    ["half of the shortest is a token too short", use({ prefixTokens: 2_047 }), false],
    ["a quarter is read already", use({ readTokens: 100_000 }), false],
    ["a token less than a quarter is", use({ readTokens: 99_999 }), true],
  ])("%s", (_name, told, expected) => expect(isCacheable(told)).toBe(expected));

  const million = (usd: string) => new Usd(usd).div(1_000_000);
  const amounts = (told: PromptUse, premiums: Parameters<typeof cacheSaving>[1]) => {
    const { saving, low, high } = cacheSaving(told, premiums);
    return [saving, low, high].map((usd) => usd.toFixed());
  };

  it("saves what a read costs less, on the calls that hit", () => {
    // Half of 4,000 tokens, $2.25 a million less, on 60 of 80 following calls; a half of them; all 4,000 on all of them.
    const told = use({ following: 80, prefixTokens: 4_000 });
    expect(amounts(told, { read: million("-2.25"), write: null })).toEqual(["0.27", "0.18", "0.72"]);
  });

  it("less what writing costs more, on those that miss", () => {
    const told = use({ following: 80, prefixTokens: 4_000 });
    // 40, 60 and 20 misses × the same tokens × $0.75 a million.
    expect(amounts(told, { read: million("-2.25"), write: million("0.75") })).toEqual(["0.21", "0.09", "0.66"]); // prettier-ignore
  });
});

it("a share's interval is Wilson's", () => {
  // Newcombe 1998, table I: 81 of 263, and the extremes.
  const { low, high } = wilson(81, 263);
  expect([low.toFixed(4), high.toFixed(4)]).toEqual(["0.2553", "0.3662"]);
  expect(wilson(0, 20).low).toBe(0);
  expect(wilson(0, 20).high.toFixed(4)).toBe("0.1611");
  expect(wilson(20, 20).high).toBeCloseTo(1, 12);
  expect(wilson(0, 0)).toEqual({ low: 0, high: 1 });
});

it("what a recommendation is about is spelt alike every day, and unlike any other", () => {
  const subject = { feature: 'a","b', provider: "p", model: "m", prompt: null, version: "1", cause: null };
  expect(subjectKey("batch", subject)).toBe(subjectKey("batch", { ...subject, version: "2" }));
  expect(subjectKey("prompt", subject)).not.toBe(subjectKey("prompt", { ...subject, version: "2" }));
  expect(subjectKey("batch", subject)).not.toBe(subjectKey("batch", { ...subject, feature: "a", provider: "b" })); // prettier-ignore
  expect(subjectKey("retry", { ...subject, feature: null })).not.toBe(subjectKey("retry", { ...subject, feature: "" })); // prettier-ignore
});
