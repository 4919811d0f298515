import { describe, expect, it } from "vitest";
import { changeOfTotals } from "./breakdown-change";

const figures = (costUsd: string, calls: number, unpricedCalls = 0) => ({ costUsd, calls, unpricedCalls });

describe("changeOfTotals", () => {
  it.each([
    ["dearer", figures("3", 2), figures("2", 2), "up"],
    ["new", figures("3", 2), figures("0", 0), "new"],
    ["gone", figures("0", 0), figures("2", 2), "gone"],
    ["free of charge before", figures("3", 2), figures("0", 2), "up"],
    ["not priced before, so not known", figures("3", 2), figures("0", 2, 2), "unknown"],
    ["not priced now, so not known", figures("0", 2, 2), figures("3", 2), "unknown"],
    ["idle both times", figures("0", 0), figures("0", 0), "unknown"],
    ["not compared", figures("3", 2), null, "unknown"],
    ["not there and not compared", figures("0", 0), null, "unknown"],
  ])("%s", (_name, current, previous, kind) => expect(changeOfTotals(current, previous).kind).toBe(kind));
});
