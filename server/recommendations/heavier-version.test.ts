import { describe, expect, it } from "vitest";
import { addDays } from "@/server/calendar/local-day";
import { heavierVersion, type VersionDay } from "./heavier-version";

const last = "2026-11-19";
const first = addDays(last, -29);
const looked = { first, last, days: Array.from({ length: 30 }, (_, n) => addDays(first, n)) };

const day = (version: string | null, ago: number, inputTokens = 10_000, more: Partial<VersionDay> = {}): VersionDay => ({
  version,
  day: addDays(last, -ago),
  calls: 10,
  unpricedCalls: 0,
  errorCalls: 0,
  inputTokens,
  costUsd: String(inputTokens / 10_000),
  ...more,
}); // prettier-ignore
/** Days from so many ago to so many ago, both included. */
const days = (
  version: string | null,
  from: number,
  to: number,
  inputTokens?: number,
  more?: Partial<VersionDay>,
) => Array.from({ length: from - to + 1 }, (_, n) => day(version, from - n, inputTokens, more));

describe("a version that has grown", () => {
  it("costs what it is beyond the former version, on the days looked at alone", () => {
    const told = heavierVersion([...days("1", 60, 41), ...days("2", 40, 0, 20_000)], looked);
    // 30 of its 41 days, $2 a day in place of $1.
    expect(told).toMatchObject({ version: "2", savingUsd: "30", lowUsd: "30", highUsd: "30" });
    expect(told?.evidence).toMatchObject({
      previousVersion: "1",
      changedOn: addDays(last, -40),
      calls: 300,
      costUsd: "60",
      before: { calls: 70, inputTokensPerCall: 1_000, costPerCallUsd: "0.1", successRate: "1" },
      after: { calls: 70, inputTokensPerCall: 2_000, costPerCallUsd: "0.2", successRate: "1" },
    });
  });

  it.each<[string, VersionDay[]]>([
    ["no calls at all", []],
    ["a prompt's first version", days("1", 20, 0, 20_000)],
    ["the version before had no call in the week before", [...days("1", 40, 30), ...days("2", 20, 0, 20_000)]],
    ["nobody uses it in the last week", [...days("1", 30, 20), ...days("2", 19, 10, 20_000)]],
    ["the last week went back to the one before", [...days("1", 30, 20), ...days("2", 19, 7, 20_000), ...days("1", 6, 0)]],
    ["it began 90 days ago", [...days("1", 96, 90), ...days("2", 89, 0, 20_000)]],
    ["30 % more, not above", [...days("1", 30, 20), ...days("2", 19, 0, 13_000)]],
    ["much more, and clearly better", [...days("1", 30, 20, 10_000, { errorCalls: 5 }), ...days("2", 19, 0, 20_000)]],
  ])("is none: %s", (_name, told) => expect(heavierVersion(told, looked)).toBeNull()); // prettier-ignore

  it.each<[string, VersionDay[], string | null]>([
    ["began 89 days ago", [...days("1", 95, 89), ...days("2", 88, 0, 20_000)], "1"],
    ["its calls name no version", [...days("1", 30, 20), ...days(null, 19, 0, 20_000)], "1"],
    ["those before named none", [...days(null, 30, 20), ...days("2", 19, 0, 20_000)], null],
    ["of two before it, that of more calls", [...days("0", 30, 20, 10_000, { calls: 2 }), ...days("1", 30, 20), ...days("2", 19, 0, 20_000)], "1"],
    ["tried out beside the one before, and taken over", [...days("1", 30, 5), ...days("2", 10, 0, 20_000, { calls: 20, inputTokens: 40_000 })], "1"],
  ])("is one: %s", (_name, told, previousVersion) => {
    expect(heavierVersion(told, looked)?.evidence.previousVersion).toBe(previousVersion);
  }); // prettier-ignore

  it("costs nothing that nobody knows: calls without a price are in neither side", () => {
    const told = heavierVersion(
      [...days("1", 30, 20), ...days("2", 19, 0, 20_000, { unpricedCalls: 5, costUsd: "1" })],
      looked,
    );
    // Twenty days of five priced calls at 20 cents, before ten.
    expect(told?.savingUsd).toBe("10");
  });
});
