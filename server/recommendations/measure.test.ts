import { describe, expect, it } from "vitest";
import { measure } from "./measure";
import type { MeasuredDay } from "./schemas";

const days = (count: number, calls: number, costUsd: (day: number) => string): MeasuredDay[] =>
  Array.from({ length: count }, (_, n) => ({ day: `2026-10-${String(n + 1).padStart(2, "0")}`, calls, costUsd: costUsd(n) })); // prettier-ignore
/** Now a little more, now a little less than that. */
const about = (usd: number) => (day: number) => String(usd + (day % 2 === 0 ? 0.5 : -0.5));
const range = (count: number) => ({ first: "2026-11-01", last: "2026-11-14", days: count });
const baseline = { days: days(30, 100, about(10)) };

describe("what the days since come to", () => {
  it("the fall of the cost per call at the calls there really were", () => {
    // $10 for 100 calls before; now 200 calls a day for $12: $8 a day less than they would have cost.
    const told = measure(baseline, days(14, 200, about(12)), range(14));
    expect(told).toMatchObject({ calls: 2_800, costUsd: "168", expectedUsd: "280", savingUsd: "112", isSeen: true }); // prettier-ignore
    expect(Number(told?.lowUsd)).toBeGreaterThan(90);
    expect(Number(told?.highUsd)).toBeLessThan(134);
  });

  it.each([
    ["thirteen days are too few", baseline, days(13, 100, about(5)), 13],
    ["too few calls since", baseline, days(14, 1, about(5)), 14],
    ["nineteen calls before", { days: days(19, 1, about(5)) }, days(14, 100, about(5)), 14],
    ["no call since", baseline, [], 14],
    ["all on one day", baseline, days(1, 500, about(5)), 14],
    ["nothing before", { days: [] }, days(14, 100, about(5)), 14],
  ])("nothing is said: %s", (_name, before, after, count) => {
    expect(measure(before, after, range(count))).toBeNull();
  });

  it.each([
    [
      "the cost per call has risen: 0, and the interval says by how much",
      days(14, 100, about(11)),
      "0",
      false,
    ],
    ["just as before", days(14, 100, about(10)), "0", false],
    ["fourteen days, a clear fall", days(14, 100, about(5)), "70", true],
  ])("%s", (_name, after, savingUsd, isSeen) => {
    const told = measure(baseline, after, range(14));
    expect(told?.isSeen).toBe(isSeen);
    expect(told?.savingUsd).toBe(savingUsd);
  });

  it("does not call it seen while the days differ more than it fell", () => {
    const restless = { days: days(30, 100, (day) => String(day % 2 === 0 ? 20 : 0)) };
    const told = measure(restless, days(14, 100, (day) => String(day % 2 === 0 ? 18 : 0)), range(14)); // prettier-ignore
    expect(told).toMatchObject({ savingUsd: "14", isSeen: false });
    expect(Number(told?.lowUsd)).toBeLessThan(0);
  });

  it("claims no more than what was paid less, whatever was forecast", () => {
    const told = measure(baseline, days(14, 100, () => "0"), range(14)); // prettier-ignore
    expect(told?.savingUsd).toBe(told?.expectedUsd);
  });
});
