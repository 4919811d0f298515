import { describe, expect, it } from "vitest";
import { cutIntoPieces, type Piece } from "./pieces";
import { resolveRange } from "./range";
import type { Granularity } from "./schemas";

const all = { days: true, monthsTo: "2026-11-01" };
const cut = (from: string, to: string, granularity: Granularity = "total", built = all, timeZone = "UTC") =>
  cutIntoPieces(resolveRange(from, to, timeZone), granularity, built, timeZone).map((piece: Piece) =>
    piece.grain === "slot"
      ? `slot ${piece.from.toISOString()} ${piece.to.toISOString()}`
      : `${piece.grain} ${piece.first} ${piece.last}`,
  );

describe("the pieces of a range", () => {
  it.each([
    ["days", ["2026-11-03", "2026-11-10"], ["day 2026-11-03 2026-11-09"]],
    ["a whole month that is summed", ["2026-10-01", "2026-11-01"], ["month 2026-10-01 2026-10-01"]],
    [
      "months and the days around them",
      ["2025-11-21", "2026-11-22"],
      ["day 2025-11-21 2025-11-30", "month 2025-12-01 2026-10-01", "day 2026-11-01 2026-11-21"],
    ],
    ["a month that is not over", ["2026-11-01", "2026-12-01"], ["day 2026-11-01 2026-11-30"]],
    ["a year's turn", ["2025-12-01", "2026-02-01"], ["month 2025-12-01 2026-01-01"]],
    ["no whole month", ["2026-09-02", "2026-10-31"], ["day 2026-09-02 2026-10-30"]],
    [
      "a month's end that lacks a day",
      ["2026-09-01", "2026-10-31"],
      ["month 2026-09-01 2026-09-01", "day 2026-10-01 2026-10-30"],
    ],
    [
      "ragged ends",
      ["2026-11-03T10:15:00Z", "2026-11-06T07:30:00Z"],
      [
        "slot 2026-11-03T10:15:00.000Z 2026-11-04T00:00:00.000Z",
        "day 2026-11-04 2026-11-05",
        "slot 2026-11-06T00:00:00.000Z 2026-11-06T07:30:00.000Z",
      ],
    ],
    [
      "within a day",
      ["2026-11-03T10:15:00Z", "2026-11-03T12:00:00Z"],
      ["slot 2026-11-03T10:15:00.000Z 2026-11-03T12:00:00.000Z"],
    ],
    [
      "over one midnight",
      ["2026-11-03T23:00:00Z", "2026-11-04T01:00:00Z"],
      ["slot 2026-11-03T23:00:00.000Z 2026-11-04T01:00:00.000Z"],
    ],
  ] as const)("%s", (_, [from, to], pieces) => {
    expect(cut(from, to)).toEqual(pieces);
  });

  it("by hour are quarter hours, by day never months", () => {
    expect(cut("2026-10-01", "2026-11-01", "hour")).toEqual([
      "slot 2026-10-01T00:00:00.000Z 2026-11-01T00:00:00.000Z",
    ]);
    expect(cut("2026-10-01", "2026-11-01", "day")).toEqual(["day 2026-10-01 2026-10-31"]);
    expect(cut("2026-10-01", "2026-11-01", "month")).toEqual(["month 2026-10-01 2026-10-01"]);
  });

  it("are quarter hours alone while days are built anew, and days alone before months are", () => {
    expect(cut("2026-10-01", "2026-11-01", "total", { days: false, monthsTo: "2026-11-01" })).toEqual([
      "slot 2026-10-01T00:00:00.000Z 2026-11-01T00:00:00.000Z",
    ]);
    expect(
      cutIntoPieces(
        resolveRange("2026-10-01", "2026-11-01", "UTC"),
        "total",
        { days: true, monthsTo: null },
        "UTC",
      ),
    ).toEqual([{ grain: "day", first: "2026-10-01", last: "2026-10-31" }]);
  });

  it.each([
    ["whole blocks and the days around them", ["2026-11-03", "2026-11-15"], ["day 2026-11-03 2026-11-03", "block 2026-11-04 2026-11-08", "day 2026-11-12 2026-11-14"]],
    ["a block that begins and ends with the range", ["2026-11-04", "2026-11-08"], ["block 2026-11-04 2026-11-04"]],
    ["a day too few", ["2026-11-04", "2026-11-07"], ["day 2026-11-04 2026-11-06"]],
    ["none that lies whole in it", ["2026-11-05", "2026-11-11"], ["day 2026-11-05 2026-11-10"]],
    ["months, and blocks beside them", ["2026-09-20", "2026-11-12"], ["day 2026-09-20 2026-09-20", "block 2026-09-21 2026-09-25", "day 2026-09-29 2026-09-30", "month 2026-10-01 2026-10-01", "day 2026-11-01 2026-11-03", "block 2026-11-04 2026-11-08"]],
  ] as const)("with blocks: %s", (_, [from, to], pieces) => {
    const told = cutIntoPieces(resolveRange(from, to, "UTC"), "total", all, "UTC", true);
    expect(told.map((piece) => (piece.grain === "slot" ? "" : `${piece.grain} ${piece.first} ${piece.last}`))).toEqual(pieces);
  }); // prettier-ignore

  it("have no blocks but in a total", () => {
    for (const granularity of ["day", "month", "hour"] as const) {
      const pieces = cutIntoPieces(resolveRange("2026-11-01", "2026-11-20", "UTC"), granularity, all, "UTC", true); // prettier-ignore
      expect(pieces.some(({ grain }) => grain === "block")).toBe(false);
    }
  });

  it("follow the zone's own days", () => {
    expect(cut("2026-03-07T18:30:00Z", "2026-03-09T00:00:00Z", "total", all, "Asia/Kolkata")).toEqual([
      "day 2026-03-08 2026-03-08",
      "slot 2026-03-08T18:30:00.000Z 2026-03-09T00:00:00.000Z",
    ]);
    expect(cut("2026-03-08", "2026-03-09", "total", all, "America/New_York")).toEqual([
      "day 2026-03-08 2026-03-08",
    ]);
  });
});
