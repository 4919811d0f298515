import { describe, expect, it } from "vitest";
import { type GroupRow, prepareTopList } from "./prepare-top-list";

const row = (key: string | null, costUsd: string, calls = 1, unpricedCalls = 0): GroupRow => ({
  key,
  costUsd,
  calls,
  unpricedCalls,
});

describe("prepareTopList", () => {
  it("puts the dearest first, by value and not by text", () =>
    expect(
      prepareTopList([row("a", "9"), row("b", "10.5")], { costUsd: "19.5", calls: 2 }, 5).rows.map(
        (one) => one.key,
      ),
    ).toEqual(["b", "a"]));

  it("accumulates to the whole", () => {
    const { rows, rest } = prepareTopList(
      [row("a", "6"), row("b", "3"), row("c", "1")],
      { costUsd: "10", calls: 3 },
      5,
    );
    expect(rows.map((one) => one.cumulative)).toEqual([0.6, 0.9, 1]);
    expect(rest).toBeNull();
  });

  it("says what it leaves out, exactly", () => {
    const total = { costUsd: "0.600000000000000003", calls: 12 };
    expect(prepareTopList([row("a", "0.4"), row("b", "0.1"), row("c", "0.1")], total, 2).rest).toEqual({
      costUsd: "0.100000000000000003",
      calls: 10,
      share: expect.closeTo(1 / 6, 6) as number,
    });
  });

  it("counts calls without the tag as a row", () => {
    const list = prepareTopList([row("a", "3"), row(null, "1")], { costUsd: "4", calls: 2 }, 5);
    expect(list.rows.map((one) => one.key)).toEqual(["a", null]);
    expect(list.unattributedShare).toBe(0.25);
  });

  it("has no shares of nothing, but still an order", () => {
    const { rows } = prepareTopList(
      [row("few", "0", 1, 1), row("many", "0", 9, 9)],
      { costUsd: "0", calls: 10 },
      5,
    );
    expect(rows.map((one) => [one.key, one.share, one.length])).toEqual([
      ["many", null, 0],
      ["few", null, 0],
    ]);
  });
});
