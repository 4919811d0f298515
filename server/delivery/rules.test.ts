import { describe, expect, it } from "vitest";
import type { RuleId, Severity } from "@/server/incidents/schemas";
import { backOffMs, givesUp } from "./back-off";
import { changeInWords, figureInWords, stretchInWords, usdInWords } from "./figures";
import { guaranteeOf } from "./guarantee";
import { goesTo } from "./route";
import { everything } from "./schemas";

it.each<[RuleId, Severity, string]>([
  ["week-over-week", "info", "at_most_once"],
  ["week-over-week", "warning", "at_most_once"],
  ["week-over-week", "critical", "at_least_once"],
  ["budget", "info", "at_least_once"],
  ["daily-pace", "warning", "at_least_once"],
  ["forecast", "warning", "at_least_once"],
  ["spike", "critical", "at_least_once"],
])("%s, %s: %s", (rule, severity, guarantee) => {
  expect(guaranteeOf({ rule, severity })).toBe(guarantee);
});

describe("routes", () => {
  const incident = { rule: "spike", severity: "warning", teams: ["search", "core"] } as const;
  it.each([
    ["everything", everything, true],
    ["the rule", { ...everything, rules: ["spike" as const] }, true],
    ["another rule", { ...everything, rules: ["budget" as const] }, false],
    ["the severity", { ...everything, severities: ["warning" as const] }, true],
    ["another severity", { ...everything, severities: ["critical" as const, "info" as const] }, false],
    ["one of the teams", { ...everything, teams: ["core", "x"] }, true],
    ["another team", { ...everything, teams: ["x"] }, false],
    ["the team and another rule", { ...everything, teams: ["core"], rules: ["budget" as const] }, false],
  ])("%s", (_name, routes, goes) => {
    expect(goesTo(routes, incident)).toBe(goes);
  });

  it("what is nobody's goes to no team", () => {
    expect(goesTo({ ...everything, teams: ["core"] }, { ...incident, teams: [] })).toBe(false);
    expect(goesTo(everything, { ...incident, teams: [] })).toBe(true);
  });
});

describe("another try", () => {
  it.each([
    [1, 10_000],
    [2, 20_000],
    [3, 40_000],
    [7, 640_000],
    [8, 900_000],
    [100, 900_000],
  ])("the wait after the %i. is %i ms", (attempts, ms) => {
    expect(backOffMs(attempts)).toBe(ms);
  });

  const now = new Date("2026-11-20T12:00:00Z");
  const hours = (count: number) => new Date(now.getTime() - count * 3_600_000);
  it.each([
    [9, hours(0), false],
    [10, hours(0), true],
    [1, hours(24), false],
    [1, new Date(hours(24).getTime() - 1), true],
  ])("after %i tries since %s: %s", (attempts, createdAt, gives) => {
    expect(givesUp({ attempts, createdAt }, now)).toBe(gives);
  });
});

describe("figures", () => {
  it.each([
    ["0", "$0.00"],
    ["0.001", "< $0.01"],
    ["41.2", "$41.20"],
    ["1194.204999", "$1,194.20"],
    ["-3", "−$3.00"],
    ["123456789012345678.12", "$123,456,789,012,345,678.12"],
  ])("%s USD is %s", (usd, words) => {
    expect(usdInWords(usd)).toBe(words);
  });

  it.each([
    ["0.0512", "share", "5.1 %"],
    ["1", "share", "100 %"],
    ["2.5", "ratio", "2.50 ×"],
    ["1", "calls", "1 call"],
    ["1200", "calls", "1,200 calls"],
    ["850", "ms", "850 ms"],
    ["1500", "ms", "1.5 s"],
    ["26", "hours", "26 hours"],
  ] as const)("%s %s is %s", (value, unit, words) => {
    expect(figureInWords(value, unit)).toBe(words);
  });

  it.each([
    ["25.28", "41.2", "+63 %"],
    ["100", "50", "−50 %"],
    ["3", "3", "+0 %"],
    ["0", "3", null],
    [null, "3", null],
  ])("from %s to %s is %s", (expected, actual, words) => {
    expect(changeInWords(expected, actual)).toBe(words);
  });

  it.each([
    ["2026-11-13T05:00:00Z", "2026-11-20T05:00:00Z", "13 Nov 2026 to 19 Nov 2026 (America/New_York)"],
    ["2026-11-13T05:00:00Z", "2026-11-14T05:00:00Z", "13 Nov 2026 (America/New_York)"],
    ["2026-11-13T19:00:00Z", "2026-11-13T20:00:00Z", "13 Nov 2026, 14:00 to 15:00 (America/New_York)"],
    ["2026-11-14T04:30:00Z", "2026-11-14T05:30:00Z", "13 Nov 2026, 23:30 to 14 Nov 2026, 00:30 (America/New_York)"],
  ])("%s to %s", (from, to, words) => {
    expect(stretchInWords({ from: new Date(from), to: new Date(to) }, "America/New_York")).toBe(words);
  }); // prettier-ignore
});
