import { describe, expect, it } from "vitest";
import { addDays } from "@/server/calendar/local-day";
import { blockDays, blockOf } from "./blocks";

describe("the block of a day", () => {
  it.each([
    ["2000-01-01", "2000-01-01"],
    ["2000-01-04", "2000-01-01"],
    ["2000-01-05", "2000-01-05"],
    ["1999-12-31", "1999-12-28"],
    ["2026-02-28", "2026-02-25"],
    ["2026-03-01", "2026-03-01"],
  ])("of %s begins on %s", (day, block) => {
    expect(blockOf(day)).toBe(block);
  });

  it("holds four days, whatever month or year they are of", () => {
    const days = Array.from({ length: 1_600 }, (_, at) => addDays("2023-12-01", at));
    const sizes = new Map<string, number>();
    for (const block of days.map(blockOf)) sizes.set(block, (sizes.get(block) ?? 0) + 1);
    const whole = [...sizes.values()].slice(1, -1);
    expect(whole.every((size) => size === blockDays)).toBe(true);
  });
});
