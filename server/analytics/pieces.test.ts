import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays } from "@/server/calendar/local-day";
import { type Built, cutIntoPieces, type Piece } from "./pieces";
import { resolveRange } from "./range";
import type { Granularity } from "./schemas";

const all: Built = { days: true, monthsTo: "2026-11-01", blocksTo: "2026-11-21", recentTo: null };
const nothingSummed = { monthsTo: null, blocksTo: null, recentTo: null };
const inWords = (piece: Piece) => {
  if (piece.grain === "slot") return `slot ${piece.from.toISOString()} ${piece.to.toISOString()}`;
  if (piece.grain === "block") return `block of ${String(piece.size)}: ${piece.blocks.join(" ")}`;
  return `${piece.grain} ${piece.first} ${piece.last}`;
};
const cut = (from: string, to: string, granularity: Granularity = "total", built = all, timeZone = "UTC") =>
  cutIntoPieces(resolveRange(from, to, timeZone), granularity, built, timeZone).map(inWords);

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
    expect(cut("2026-10-01", "2026-11-01", "total", { ...all, days: false })).toEqual([
      "slot 2026-10-01T00:00:00.000Z 2026-11-01T00:00:00.000Z",
    ]);
    expect(
      cutIntoPieces(
        resolveRange("2026-10-01", "2026-11-01", "UTC"),
        "total",
        { days: true, ...nothingSummed },
        "UTC",
      ),
    ).toEqual([{ grain: "day", first: "2026-10-01", last: "2026-10-31" }]);
  });

  const withBlocks = (from: string, to: string, built: Built = all) =>
    cutIntoPieces(resolveRange(from, to, "UTC"), "total", built, "UTC", true);

  it.each([
    ["whole blocks and the days around them", ["2026-11-03", "2026-11-17"], ["day 2026-11-03 2026-11-03", "day 2026-11-16 2026-11-16", "block of 4: 2026-11-04", "block of 8: 2026-11-08"]],
    ["a block that begins and ends with the range", ["2026-11-04", "2026-11-08"], ["block of 4: 2026-11-04"]],
    ["a day too few", ["2026-11-04", "2026-11-07"], ["day 2026-11-04 2026-11-06"]],
    ["none that lies whole in it", ["2026-11-05", "2026-11-11"], ["day 2026-11-05 2026-11-10"]],
    ["narrow ones on both sides of wide ones, whatever the month", ["2026-08-23", "2026-11-21"], ["day 2026-08-23 2026-08-23", "day 2026-11-20 2026-11-20", "block of 4: 2026-08-24 2026-11-16", "block of 8: 2026-08-28 2026-11-08", "block of 16: 2026-09-05 2026-10-23", "block of 32: 2026-09-21"]],
  ] as const)("with blocks: %s", (_, [from, to], pieces) => {
    expect(withBlocks(from, to).map(inWords)).toEqual(pieces);
  }); // prettier-ignore

  it("have only those wide blocks that are summed, and the narrowest at any time", () => {
    const until = (blocksTo: string | null) =>
      withBlocks("2026-11-04", "2026-11-20", { ...all, blocksTo }).map(inWords);
    const narrowest = ["block of 4: 2026-11-04 2026-11-08 2026-11-12 2026-11-16"];
    expect(until("2026-11-16")).toEqual(["block of 4: 2026-11-04 2026-11-16", "block of 8: 2026-11-08"]);
    expect(until("2026-11-15")).toEqual(narrowest);
    expect(until(null)).toEqual(narrowest);
  });

  it.each([
    ["the day under way beside them", ["2026-08-24", "2026-11-22"], ["block of 89: 2026-08-24", "day 2026-11-21 2026-11-21"]],
    ["a day before them", ["2026-08-23", "2026-11-21"], ["day 2026-08-23 2026-08-23", "block of 89: 2026-08-24"]],
    ["what that is compared with", ["2026-05-26", "2026-08-23"], ["block of 89: 2026-05-26"]],
    ["a month, and days around it", ["2026-10-21", "2026-11-22"], ["day 2026-10-21 2026-10-22", "block of 29: 2026-10-23", "day 2026-11-21 2026-11-21"]],
    ["blocks, where they are fewer", ["2026-08-20", "2026-11-24"], ["block of 32: 2026-10-23", "block of 64: 2026-08-20"]],
    ["blocks, where none lies whole in it", ["2026-08-25", "2026-11-20"], ["day 2026-08-25 2026-08-27", "block of 4: 2026-11-16", "block of 8: 2026-08-28 2026-11-08", "block of 16: 2026-09-05 2026-10-23", "block of 32: 2026-09-21"]],
  ] as const)("with recent days: %s", (_, [from, to], pieces) => {
    const recent = { ...all, blocksTo: "2026-12-01", recentTo: "2026-11-21" };
    expect(withBlocks(from, to, recent).map(inWords)).toEqual(pieces);
  }); // prettier-ignore

  it("with blocks are each day of the range once, and few", () => {
    const daysFrom = (first: string, count: number) =>
      Array.from({ length: count }, (_, at) => addDays(first, at));
    const unitsOf = (piece: Piece): string[][] => {
      if (piece.grain === "block") return piece.blocks.map((block) => daysFrom(block, piece.size));
      if (piece.grain !== "day") throw new RangeError(`No ${piece.grain} here`);
      const days = daysFrom(piece.first, 400).filter((day) => day <= piece.last);
      return days.map((day) => [day]);
    };
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 800 }), fc.integer({ min: 1, max: 400 }), fc.integer({ min: 0, max: 60 }), (begin, length, running) => {
        const first = addDays("2024-01-01", begin);
        const end = addDays(first, length);
        const summed = { ...all, blocksTo: addDays(end, 20 - running) };
        const units = withBlocks(first, end, summed).flatMap(unitsOf);
        expect(units.flat().sort()).toEqual(daysFrom(first, length));
        const recent = withBlocks(first, end, { ...summed, recentTo: addDays(end, running - 30) }).flatMap(unitsOf);
        expect(recent.flat().sort()).toEqual(units.flat().sort());
        expect(recent.length).toBeLessThanOrEqual(units.length);
        // Three days and one block of each size at either end.
        if (running <= 20) expect(units.length).toBeLessThanOrEqual(Math.floor(length / 64) + 14);
      }),
      { seed: 20261122 },
    ); // prettier-ignore
  });

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
