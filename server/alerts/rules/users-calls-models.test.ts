import { describe, expect, it } from "vitest";
import { Calendar, dayNumber } from "../calendar";
import { usualParams } from "../schemas";
import { nothing, type Point, Series } from "../series";
import { callOutlier } from "./call-outlier";
import { unattributedShare } from "./unattributed-share";
import { unpricedModel } from "./unpriced-model";
import { userRunaway } from "./user-runaway";

const now = new Date("2026-11-18T12:00:00Z");
const calendar = new Calendar("UTC", now);
const today = dayNumber("2026-11-18");
const feature = { kind: "feature" as const, key: "chat" };

describe("user runaway", () => {
  const params = usualParams("user-runaway");
  /** Dollars by day, today first; nothing where there is no call. */
  const found = (...usd: (number | null)[]) => {
    const points = usd.flatMap((amount, back): [number, Point][] =>
      amount === null ? [] : [[today - back, { ...nothing, costUsd: String(amount), calls: 5 }]],
    );
    const facts = {
      calendar,
      subject: { kind: "user" as const, key: "ann" },
      days: new Series(new Map(points)),
    };
    return userRunaway(facts, params, now);
  };
  const week = (usd: number) => Array.from({ length: 7 }, () => usd);

  it.each<[string, ReturnType<typeof found>, string | null | undefined]>([
    ["ten times the own mean", found(20, ...week(2)), undefined],
    ["more than ten times", found(20.01, ...week(2)), "2"],
    ["more than ten times next to nothing", found(10, ...week(0.5)), undefined],
    ["days without a call are zeros", found(21, 2, null, 2, null, 2, null, null), "0.857143"],
    ["the day itself is in no mean", found(1_000, ...week(2)), "2"],
    ["eight days ago is no matter", found(24, null, null, null, null, null, null, null, 100), undefined],
    ["seen on two days before: below the floor", found(24.99, 1, 1), undefined],
    ["seen on two days before: at the floor", found(25, 1, 1), null],
    ["a new user, below the floor", found(24.99), undefined],
    ["a new user, at the floor", found(25), null],
    ["seen on three days, for nothing", found(25, 0, 0, 0), "0"],
    ["a user who left", found(null, ...week(2)), undefined],
  ])("%s", (_case, finding, expected) => expect(finding?.expected).toBe(expected)); // prettier-ignore

  it("names the whole day, however far it has come", () => {
    expect(found(30, ...week(2))).toMatchObject({
      severity: "critical",
      window: { from: new Date("2026-11-18T00:00:00Z"), to: new Date("2026-11-19T00:00:00Z") },
      sentence: "User ann cost $30.00 in a day, 15 × the own mean of $2.00.",
    });
  });
});

describe("call outlier", () => {
  const params = usualParams("call-outlier");
  const found = (costs: string[], medianUsd: string | null = "0.5", calls = 20) => {
    const dear = costs.map((costUsd, at) => ({ callId: `call-${String(at)}`, costUsd }));
    return callOutlier({ calendar, subject: feature, dear, calls, medianUsd }, params, now);
  };

  it.each<[string, ReturnType<typeof found>, string | null | undefined]>([
    ["ten times the median", found(["5"]), undefined],
    ["more than ten times", found(["5.000000001"]), "0.5"],
    ["more than ten times next to nothing", found(["1.99"], "0.1"), undefined],
    ["more than ten times, at the minimum of dollars", found(["2"], "0.1"), "0.1"],
    ["nineteen others: below the floor", found(["24.99"], "0.1", 19), undefined],
    ["nineteen others: at the floor", found(["25"], "0.1", 19), null],
    ["no other at all", found(["25"], null, 0), null],
    ["no call that dear", found([]), undefined],
  ])("%s", (_case, finding, expected) => expect(finding?.expected).toBe(expected)); // prettier-ignore

  it("names the calls, ten at most, and what they cost beyond the median", () => {
    const finding = found(Array.from({ length: 12 }, () => "10"));
    expect(finding?.callIds).toHaveLength(10);
    expect(finding).toMatchObject({ actual: "10", impactUsd: "114" });
    expect(finding?.sentence).toContain("12 such calls cost $120.00.");
  });
});

describe("unattributed share", () => {
  const params = usualParams("unattributed-share");
  const midnight = new Date("2026-11-19T00:00:00Z");
  const found = (missing: number, calls: number, usd = "10", day = today) => {
    const without = new Series(new Map([[day, { ...nothing, calls: missing, costUsd: usd }]]));
    const all = new Series(new Map([[day, { ...nothing, calls }]]));
    return unattributedShare({ calendar, without, all }, params, midnight);
  };

  it.each<[string, ReturnType<typeof found>, string | undefined]>([
    ["5 %", found(50, 1_000), undefined],
    ["more than 5 %", found(51, 1_000), "0.051"],
    ["too few calls", found(50, 99), undefined],
    ["that cost next to nothing", found(500, 1_000, "0.99"), undefined],
    ["none", found(0, 1_000), undefined],
    ["no calls", found(0, 0), undefined],
    ["six days ago", found(60, 1_000, "10", today - 6), "0.06"],
    ["seven days ago", found(60, 1_000, "10", today - 7), undefined],
  ])("%s", (_case, finding, share) => expect(finding?.actual).toBe(share)); // prettier-ignore
});

describe("unpriced model", () => {
  const hour = calendar.hourOf(now) - 1;
  const found = (calls: number, at = hour, params = usualParams("unpriced-model")) => {
    const facts = { calendar, model: "in-house/router", calls: new Map([[at, { calls, tokens: 700 }]]) };
    return unpricedModel(facts, params, now);
  };

  it.each<[string, ReturnType<typeof found>, boolean]>([
    ["one call", found(1), true],
    ["fewer than it takes", found(4, hour, { minCalls: 5 }), false],
    ["as many as it takes", found(5, hour, { minCalls: 5 }), true],
    ["in another hour", found(9, hour - 1), false],
  ])("%s", (_case, finding, isFound) => expect(finding !== null).toBe(isFound));
});
