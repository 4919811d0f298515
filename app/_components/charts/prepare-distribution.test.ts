import { describe, expect, it } from "vitest";
import { bucketName, type DistributionInput, prepareDistribution } from "./prepare-distribution";

const input = (over: Partial<DistributionInput> = {}): DistributionInput => ({
  buckets: [
    { from: "0.01", to: "0.02", count: 0 },
    { from: "0.1", to: "0.2", count: 30, costUsd: "4.1" },
    { from: "1", to: "2", count: 9, costUsd: "12.2" },
    { from: "5", to: "10", count: 1, costUsd: "7" },
  ],
  markers: [
    { name: "p50", value: "0.15" },
    { name: "p99", value: "1" },
  ],
  kind: "usd",
  label: "Cost per user",
  nouns: ["user", "users"],
  ...over,
});

describe("prepareDistribution", () => {
  const spread = prepareDistribution(input());
  it("reaches from the least bucket with anything in it to the last", () =>
    expect(spread?.axis).toMatchObject({ from: 0.1, to: 10 }));
  it("puts bars where their bounds are, as high as their counts", () => {
    expect(spread?.bars.map(({ start, height, share }) => [start, height, share])).toEqual([
      [0, 30 / 32, 0.75],
      [0.5, 9 / 32, 0.225],
      [expect.closeTo(0.849485, 5), 1 / 32, 0.025],
    ]);
    expect(spread?.bars.at(-1)?.end).toBe(1);
  });
  it("counts and adds exactly", () => expect([spread?.count, spread?.costUsd]).toEqual([40, "23.3"]));
  it("marks percentiles where they are", () =>
    expect(spread?.markers.at(-1)).toEqual({ name: "p99", value: "1", at: 0.5 }));
  it("marks nothing that is not known or has no place", () => {
    const markers = [
      { name: "p50", value: "0" },
      { name: "p90", value: null },
    ];
    expect(prepareDistribution(input({ markers }))?.markers).toEqual([]);
  });
  it("tells zeros beside the axis and counts them", () => {
    const zero = { label: "$0", count: 60 };
    expect(prepareDistribution(input({ zero }))).toMatchObject({
      count: 100,
      top: 60,
      zero: { label: "$0", count: 60, share: 0.6, height: 1 },
    });
    expect(prepareDistribution(input({ zero: { label: "$0", count: 0 } }))?.zero).toBeNull();
  });
  it("draws buckets from zero and without an end, too", () => {
    const buckets = [
      { from: "0", to: "0.1", count: 1 },
      { from: "0.1", to: "1", count: 2 },
      { from: "1", to: null, count: 3 },
    ];
    const open = prepareDistribution(input({ buckets }));
    expect(open?.bars.map(({ start, end }) => [start, end])).toEqual([
      [0, expect.closeTo(0.188, 3)],
      [expect.closeTo(0.188, 3), expect.closeTo(0.812, 3)],
      [expect.closeTo(0.812, 3), 1],
    ]);
    expect(buckets.map((bucket) => bucketName("usd", bucket))).toEqual([
      "$0 – $0.1",
      "$0.1 – $1",
      "$1 and more",
    ]);
  });
  it("is nothing where nobody spent", () => expect(prepareDistribution(input({ buckets: [] }))).toBeNull());
});
