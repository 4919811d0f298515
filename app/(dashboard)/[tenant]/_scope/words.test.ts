import { describe, expect, it } from "vitest";
import { choiceWords, stretchWords } from "./words";

const now = new Date("2026-11-21T14:22:31Z");

describe("stretchWords", () => {
  it.each([
    ["2026-11-01", "2026-11-22", "1 – 21 Nov"],
    ["2026-10-01", "2026-11-01", "Oct 2026"],
    ["2026-10-23", "2026-11-22", "23 Oct – 21 Nov"],
    ["2026-11-21", "2026-11-22", "21 Nov"],
    ["2025-12-01", "2026-11-22", "1 Dec 2025 – 21 Nov"],
    ["2025-02-03", "2025-02-10", "3 – 9 Feb 2025"],
    ["2026-09-23", "2026-10-22T14:15:00.000Z", "23 Sept – 22 Oct, 14:15"],
    ["2026-11-20", "2026-11-20T14:15:00.000Z", "20 Nov, until 14:15"],
    ["2026-11-20T14:00:00Z", "2026-11-20T15:00:00Z", "20 Nov, 14:00 – 15:00"],
    ["2026-11-20T15:00:00Z", "2026-11-21T15:00:00Z", "20 Nov, 15:00 – 21 Nov, 15:00"],
    ["2025-11-20T15:00:00Z", "2025-11-21T15:00:00Z", "20 Nov 2025, 15:00 – 21 Nov 2025, 15:00"],
  ])("%s to %s", (from, to, words) => expect(stretchWords({ from, to }, "UTC", now)).toBe(words));

  it("in the zone of the tenant", () =>
    expect(
      stretchWords({ from: "2026-11-20T18:30:00Z", to: "2026-11-20T19:30:00Z" }, "Asia/Kolkata", now),
    ).toBe("21 Nov, 00:00 – 01:00"));
});

it.each([
  ["7d", {}, "Last 7 days"],
  ["all", {}, "Last 26 months"],
  ["all", { anyTime: true }, "Any time"],
] as const)("%s with %o", (choice, offers, words) =>
  expect(choiceWords(choice, offers, "UTC", now)).toBe(words),
);
