import { describe, expect, it } from "vitest";
import { costMeasure, costPerCallMeasure, type TrendFigures } from "./measures";
import { prepareSeries, rankedAt, type SeriesInput } from "./prepare-series";
import { mostSeries, restColour } from "./series-colours";

const point = (costUsd: string, over: Partial<TrendFigures> = {}): TrendFigures => ({
  costUsd,
  calls: 2,
  inputTokens: 100,
  outputTokens: 10,
  unpricedCalls: 0,
  ...over,
});
const line = (key: string | null, ...points: (TrendFigures | null)[]) => ({ key, isRest: false, points });
const input = (
  series: SeriesInput<TrendFigures>["series"],
  over: Partial<SeriesInput<TrendFigures>> = {},
) => ({
  measure: costMeasure,
  buckets: ["2026-11-15", "2026-11-16", "2026-11-17"],
  series,
  names: { without: "No team", rest: "All others" },
  timeZone: "UTC",
  now: new Date("2026-11-17T12:00:00Z"),
  finalThrough: "2026-11-17T00:00:00Z",
  ...over,
});

describe("stacked series", () => {
  const trend = prepareSeries(
    input([
      line("core", null, point("3"), point("0.1")),
      line(null, null, point("1"), point("0.2")),
      { key: null, isRest: true, points: [null, point("0.5", { unpricedCalls: 1 }), point("0.3")] },
    ]),
    true,
  );
  it("are named, and told from calls without the tag and from the rest", () =>
    expect(trend.series.map(({ name, isRest, total }) => [name, isRest, total])).toEqual([
      ["core", false, "3.1"],
      ["No team", false, "1.2"],
      ["All others", true, "0.8"],
    ]));
  it("add up exactly, and to a gap where nothing is known", () =>
    expect(trend.points.map(({ total }) => total)).toEqual([null, "4.5", "0.6"]));
  it("say what the sum lacks", () => expect(trend.points.map((one) => one.unpricedCalls)).toEqual([0, 1, 0]));
  it("reach as high as their sum", () => expect(trend.top).toBe(6));
  it("are ranked for each bucket by what they are there", () =>
    expect(rankedAt(trend, 2).map(({ series, value }) => [series.name, value])).toEqual([
      ["All others", "0.3"],
      ["No team", "0.2"],
      ["core", "0.1"],
    ]));
  it("have nothing to rank in a gap", () => expect(rankedAt(trend, 0)).toEqual([]));
});

describe("more series than colours", () => {
  const many = Array.from({ length: mostSeries + 3 }, (_, n) =>
    line(`f${String(n)}`, point("1"), null, point("2")),
  );
  const trend = prepareSeries(
    input([...many, { key: null, isRest: true, points: [point("4"), null, null] }]),
    true,
  );
  it("join the rest, so that no two look alike", () => {
    expect(trend.series).toHaveLength(mostSeries + 1);
    expect(new Set(trend.series.map(({ colour }) => colour.tremor)).size).toBe(mostSeries + 1);
    expect(trend.series.at(-1)).toMatchObject({ isRest: true, colour: restColour, total: "13" });
    expect(trend.points.map(({ values }) => values.at(-1))).toEqual(["7", null, "6"]);
  });
  it("lose nothing of the total", () => expect(trend.points[0]?.total).toBe("15"));
});

describe("lines", () => {
  const trend = prepareSeries(
    input(
      [line("v1", point("2"), point("2"), null), line("v2", null, point("0", { calls: 0 }), point("8"))],
      {
        measure: costPerCallMeasure,
      },
    ),
    false,
  );
  it("are gaps where nothing was called", () =>
    expect(trend.points.map(({ values }) => values)).toEqual([
      ["1", null],
      ["1", null],
      [null, "4"],
    ]));
  it("together are the ratio of the sums, and the axis holds the highest of them", () => {
    expect(trend.points.map(({ total }) => total)).toEqual(["1", "1", "4"]);
    expect(trend.top).toBe(4);
  });
});
