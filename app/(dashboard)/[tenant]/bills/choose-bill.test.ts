import { describe, expect, it } from "vitest";
import { chooseBill, trendMonths } from "./choose-bill";

const billed = [
  { provider: "anthropic", months: ["2026-11", "2026-10", "2026-09"] },
  { provider: "openai", months: ["2026-11"] },
];

describe("chooseBill", () => {
  it.each([
    ["the newest month that is over", {}, { provider: "anthropic", month: "2026-10" }],
    ["the running one where there is no other", { provider: "openai" }, { provider: "openai", month: "2026-11" }],
    ["what is asked for", { provider: "anthropic", month: "2026-09" }, { provider: "anthropic", month: "2026-09" }],
    ["another month than one that nobody read", { month: "2025-01" }, { provider: "anthropic", month: "2026-10" }],
    ["another provider than one that is not here", { provider: "x" }, { provider: "anthropic", month: "2026-10" }],
  ])("takes %s", (_, asked, chosen) => {
    expect(chooseBill(billed, { provider: null, month: null, ...asked }, "2026-11")).toEqual(chosen);
  }); // prettier-ignore

  it("takes nothing where there is no bill", () => {
    expect(chooseBill([], { provider: null, month: null }, "2026-11")).toBeNull();
  });
});

it("shows the trend of the newest six months in their order", () => {
  const months = ["2026-11", "2026-10", "2026-09", "2026-08", "2026-07", "2026-06", "2026-05"];
  expect(trendMonths(months)).toEqual(["2026-06", "2026-07", "2026-08", "2026-09", "2026-10", "2026-11"]);
});
