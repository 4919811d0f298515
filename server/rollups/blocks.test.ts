import { describe, expect, it } from "vitest";
import { addDays } from "@/server/calendar/local-day";
import { blockOf, blockSizes, blocksOver } from "./blocks";

describe("the block of a day", () => {
  it.each([
    [4, "2000-01-01", "2000-01-01"],
    [4, "2000-01-04", "2000-01-01"],
    [4, "2000-01-05", "2000-01-05"],
    [4, "1999-12-31", "1999-12-28"],
    [4, "2026-02-28", "2026-02-25"],
    [4, "2026-03-01", "2026-03-01"],
    [8, "2026-03-01", "2026-02-25"],
    [64, "2000-03-04", "2000-01-01"],
    [64, "2000-03-05", "2000-03-05"],
  ] as const)("of %i days, of %s begins on %s", (size, day, block) => {
    expect(blockOf(day, size)).toBe(block);
  });

  it.each(blockSizes)("holds %i days, whatever month or year they are of", (size) => {
    const days = Array.from({ length: 1_600 }, (_, at) => addDays("2023-12-01", at));
    const sizes = new Map<string, number>();
    for (const block of days.map((day) => blockOf(day, size))) sizes.set(block, (sizes.get(block) ?? 0) + 1);
    const whole = [...sizes.values()].slice(1, -1);
    expect(whole.every((days) => days === size)).toBe(true);
  });

  it.each(blockSizes.slice(1))("of %i days is two of half of them", (size) => {
    const block = blockOf("2026-11-22", size);
    const half = blockSizes.find((other) => other === size / 2) ?? 4;
    expect([blockOf(block, half), blockOf(addDays(block, size - 1), half)]).toEqual([
      block,
      addDays(block, size / 2),
    ]);
  });
});

describe("blocks to be summed", () => {
  it.each([
    ["that ended since", 8, "2026-11-20", "2026-11-12", [], ["2026-11-08"]],
    ["that ended with the day before", 8, "2026-11-16", "2026-11-15", [], ["2026-11-08"]],
    ["but not the running one", 8, "2026-11-19", "2026-11-17", [], []],
    ["of days that changed", 8, "2026-11-19", "2026-11-19", ["2026-11-01", "2026-10-28", "2026-11-18"], ["2026-10-23", "2026-10-31"]],
    ["each once", 4, "2026-11-12", "2026-11-01", ["2026-11-01", "2026-11-05"], ["2026-10-31", "2026-11-04", "2026-11-08"]],
    ["none where there never was a day", 4, "2026-11-12", null, [], []],
  ] as const)("%s", (_, size, today, since, changed, blocks) => {
    expect(blocksOver(size, today, since, changed)).toEqual(blocks);
  }); // prettier-ignore
});
