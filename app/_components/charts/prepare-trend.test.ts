import { describe, expect, it } from "vitest";
import {
  callsMeasure,
  costMeasure,
  costPerCallMeasure,
  costPerMillionTokensMeasure,
  type TrendFigures,
} from "./measures";
import { prepareTrend, type TrendInput } from "./prepare-trend";

const point = (costUsd: string, over: Partial<TrendFigures> = {}): TrendFigures => ({
  costUsd,
  calls: 1,
  inputTokens: 100,
  outputTokens: 10,
  unpricedCalls: 0,
  ...over,
});
const idle = point("0", { calls: 0, inputTokens: 0, outputTokens: 0 });
const days = (count: number, from = 10) =>
  Array.from({ length: count }, (_, n) => `2026-11-${String(from + n)}`);

const prepare = (over: Partial<TrendInput<TrendFigures>> = {}) =>
  prepareTrend<TrendFigures>({
    measure: costMeasure,
    buckets: days(8),
    points: days(8).map(() => point("1")),
    timeZone: "America/New_York",
    now: new Date("2026-11-17T15:00:00Z"),
    finalThrough: "2026-11-17T14:00:00Z",
    ...over,
  });

describe("a trend", () => {
  it("knows a day without calls from a day it knows nothing of", () => {
    const { points } = prepare({ points: [null, idle, ...days(6).map(() => point("2"))] });
    expect(points.slice(0, 3).map(({ value }) => value)).toEqual([null, "0", "2"]);
    expect(points.slice(0, 2).map(({ calls }) => calls)).toEqual([null, 0]);
  });

  it("does not call unpriced calls free", () => {
    const unpriced = point("0", { calls: 4, unpricedCalls: 4 });
    const partly = point("3", { calls: 4, unpricedCalls: 1 });
    const { points } = prepare({ points: [unpriced, partly] });
    expect(points.slice(0, 2).map(({ value, unpricedCalls }) => [value, unpricedCalls])).toEqual([
      [null, 4],
      ["3", 1],
    ]);
  });

  it("leaves gaps where fewer points came than buckets", () =>
    expect(prepare({ points: [point("1")] }).points.map(({ value }) => value)).toEqual([
      "1",
      ...Array.from({ length: 7 }, () => null),
    ]));

  it("has a round end above everything that is drawn", () => {
    expect(prepare({ points: [point("118.2")] }).top).toBe(120);
    expect(prepare({ previous: { points: [point("238")] } }).top).toBe(240);
    expect(prepare({ points: [] }).top).toBe(1);
    expect(prepare({ measure: callsMeasure }).top).toBe(4);
  });
});

describe("the average", () => {
  const averages = (over: Partial<TrendInput<TrendFigures>>) =>
    prepare({ hasAverage: true, ...over }).points.map(({ average }) => average);

  it("begins with seven known days and leaves today, which is not over, out", () =>
    expect(averages({})).toEqual([null, null, null, null, null, null, "1", null]));
  it("counts idle days", () =>
    expect(averages({ points: [point("3.5"), ...days(6).map(() => idle)] })[6]).toBe("0.5"));
  it("adds exactly where floats would not", () =>
    expect(averages({ points: days(8).map(() => point("0.1")) })[6]).toBe("0.1"));
  it("is not known where a day is not", () => {
    expect(averages({ points: [null, ...days(7).map(() => point("1"))] })[6]).toBeNull();
    const unpriced = point("0", { calls: 2, unpricedCalls: 2 });
    expect(averages({ points: [unpriced, ...days(7).map(() => point("1"))] })[6]).toBeNull();
  });
  it("of a ratio is the ratio of the sums", () => {
    const cheap = point("1", { calls: 100 });
    const dear = point("1", { calls: 1 });
    const points = [dear, ...days(6).map(() => cheap)];
    expect(averages({ measure: costPerCallMeasure, points })[6]).toBe("0.011647254575707155");
  });
  it("reaches back to days that are not drawn", () => {
    const { points } = prepare({ hasAverage: true, lead: 6 });
    expect(points.map(({ bucket, average }) => [bucket, average])).toEqual([
      ["2026-11-16", "1"],
      ["2026-11-17", null],
    ]);
  });
});

describe("ratios", () => {
  it("are gaps where nothing can be divided by", () => {
    const unpriced = point("0", { calls: 3, unpricedCalls: 3 });
    const { points } = prepare({
      measure: costPerCallMeasure,
      points: [idle, unpriced, point("1", { calls: 4 })],
    });
    expect(points.slice(0, 3).map(({ value }) => value)).toEqual([null, null, "0.25"]);
  });
  it("leave out the tokens of calls that have no price, and are not known where those are not", () => {
    const measure = costPerMillionTokensMeasure;
    const some = { calls: 2, unpricedCalls: 1, inputTokens: 900, outputTokens: 200 };
    const { points } = prepare({
      measure,
      points: [
        point("1", { ...some, unpricedTokens: 600 }),
        point("1", some),
        point("1", { inputTokens: 990 }),
      ],
    });
    expect(points.slice(0, 3).map(({ value }) => value)).toEqual(["2000", null, "1000"]);
  });
});

describe("the compared stretch", () => {
  it("lies bucket by bucket beside the other, by its own names", () => {
    const { points, hasPrevious } = prepare({
      previous: { buckets: days(8, 20), points: [point("4"), null] },
    });
    expect(hasPrevious).toBe(true);
    expect(points.slice(0, 2).map(({ previous, previousTitle }) => [previous, previousTitle])).toEqual([
      ["4", "Fri, 20 Nov 2026"],
      [null, "Sat, 21 Nov 2026"],
    ]);
  });
  it("is not there when nothing is compared", () => expect(prepare().hasPrevious).toBe(false));
});
