import { describe, expect, it } from "vitest";
import { featureFacts } from "@/tests/factories/alert-facts";
import { usualParams } from "../schemas";
import type { Point } from "../series";
import { cacheHitRate } from "./cache-hit-rate";
import { costWithoutTraffic } from "./cost-without-traffic";
import { latencyCost } from "./latency-cost";

const midnight = new Date("2026-11-19T00:00:00Z");
/** Days of one hour with calls each. */
const days = (made: (daysBack: number) => Partial<Point>, history = 30) =>
  featureFacts(midnight, history * 24, ({ hour, daysBack }) => (hour === 12 ? made(daysBack) : 0));
const day = (calls: number, usdPerCall: number, more: Partial<Point> = {}): Partial<Point> => ({
  calls,
  costUsd: (calls * usdPerCall).toFixed(6),
  ...more,
});

describe("cost without traffic", () => {
  const params = usualParams("cost-without-traffic");
  const usual = day(100, 0.1);
  const found = (
    today: Partial<Point>,
    before: (daysBack: number) => Partial<Point> = () => usual,
    history = 30,
  ) =>
    costWithoutTraffic(
      days((daysBack) => (daysBack === 0 ? today : before(daysBack)), history),
      params,
      midnight,
    );

  it.each<[string, ReturnType<typeof found>, string | undefined]>([
    ["175 % of the week before", found(day(100, 0.175)), undefined],
    ["more than 175 %", found(day(100, 0.176)), "0.1"],
    ["twice, with as many more calls as are usual still", found(day(130, 0.2)), "0.1"],
    ["twice, with more calls than usual: traffic", found(day(131, 0.2)), undefined],
    ["twice, with fewer calls", found(day(60, 0.2)), "0.1"],
    ["too few calls to tell", found(day(49, 0.4)), undefined],
    ["twice next to nothing", found(day(100, 0.008), () => day(100, 0.004)), undefined],
    ["unpriced calls are in no mean", found({ ...day(100, 0.1), calls: 200, unpricedCalls: 100 }, () => ({ ...usual, calls: 200, unpricedCalls: 100 })), undefined],
    ["a mean that jumps about from day to day", found(day(100, 0.3), (back) => day(100, back % 2 ? 0.05 : 0.25)), undefined],
    ["a weekday as busy as that weekday is", found(day(300, 0.2), (back) => day(back % 7 === 0 ? 290 : 100, 0.1)), "0.1"],
    ["two days of history", found(day(100, 0.4), () => usual, 3), undefined],
    ["a feature that stopped", found({}), undefined],
  ])("%s", (_case, finding, expected) => expect(finding?.expected).toBe(expected)); // prettier-ignore

  it("tells a call's cost, and what the day cost more", () => {
    expect(found(day(100, 0.2))).toMatchObject({ actual: "0.2", impactUsd: "10", monthEndUsd: "120" });
  });
});

describe("latency against cost", () => {
  const params = usualParams("latency-cost");
  const slow = (calls: number, usd: number, ms: number) =>
    day(calls, usd, { latencyMs: calls * ms, latencyCalls: calls });
  const found = (
    today: Partial<Point>,
    before: (back: number) => Partial<Point> = () => slow(100, 0.1, 1_000),
    history = 30,
  ) =>
    latencyCost(
      days((back) => (back === 0 ? today : before(back)), history),
      params,
      midnight,
    );

  it.each<[string, ReturnType<typeof found>, RegExp | undefined]>([
    ["a little slower", found(slow(100, 0.1, 1_700)), undefined],
    ["far slower at the same cost: queueing", found(slow(100, 0.1, 1_800)), /calls wait: they take 1\.8 × as long/],
    ["dearer at the same pace: payload", found(slow(100, 0.2, 1_000)), /payloads have grown: a call costs 2 ×/],
    ["both", found(slow(100, 0.15, 1_400)), /payloads have grown/],
    ["too few calls", found(slow(49, 0.3, 3_000)), undefined],
    ["a day that costs next to nothing", found(slow(100, 0.009, 9_000), () => slow(100, 0.009, 1_000)), undefined],
    ["days that jump about", found(slow(100, 0.1, 2_500), (back) => slow(100, 0.1, back % 2 ? 200 : 2_000)), undefined],
    ["nobody told a latency", found(day(100, 0.3), () => day(100, 0.1)), undefined],
    ["six days of history", found(slow(100, 0.1, 9_000), () => slow(100, 0.1, 1_000), 7), undefined],
    ["seven", found(slow(100, 0.1, 9_000), () => slow(100, 0.1, 1_000), 8), /calls wait/],
  ])("%s", (_case, finding, says) => {
    if (says) expect(finding?.sentence).toMatch(says);
    else expect(finding).toBeNull();
  }); // prettier-ignore
});

describe("cache hit rate", () => {
  const params = usualParams("cache-hit-rate");
  const hits = (share: number, calls = 100) =>
    day(calls, 0.1, { inputTokens: 10_000, cacheReadTokens: 10_000 * share });
  const found = (
    today: Partial<Point>,
    before: (back: number) => Partial<Point> = () => hits(0.6),
    history = 30,
  ) =>
    cacheHitRate(
      days((back) => (back === 0 ? today : before(back)), history),
      params,
      midnight,
    );

  it.each<[string, ReturnType<typeof found>, string | undefined]>([
    ["fourteen points less", found(hits(0.46)), undefined],
    ["sixteen points less", found(hits(0.44)), "0.6"],
    ["none at all", found(hits(0)), "0.6"],
    ["more than ever", found(hits(0.9)), undefined],
    ["a share that scatters as far", found(hits(0.3), (back) => hits(back % 2 ? 0.4 : 0.8)), undefined],
    ["no cache, ever", found(hits(0), () => hits(0)), undefined],
    ["too few calls", found(hits(0, 19)), undefined],
    ["no input at all", found(day(100, 0.1)), undefined],
    ["two days of history", found(hits(0), () => hits(0.6), 3), undefined],
  ])("%s", (_case, finding, expected) => expect(finding?.expected).toBe(expected)); // prettier-ignore
});
