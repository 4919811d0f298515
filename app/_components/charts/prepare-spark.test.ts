import { describe, expect, it } from "vitest";
import { prepareSpark } from "./prepare-spark";

describe("prepareSpark", () => {
  it("stands on zero and reaches its highest", () =>
    expect(prepareSpark({ values: ["1", "2", "0"] })).toEqual({
      final: "M0.0000 0.5000L0.5000 0.0000L1.0000 1.0000",
      provisional: "",
      last: { x: 1, y: 0 },
    }));
  it("breaks at gaps and ends where knowledge does", () =>
    expect(prepareSpark({ values: ["1", null, "1", null] })).toMatchObject({
      final: "M0.0000 0.0000h0M0.6667 0.0000h0",
      last: { x: 2 / 3, y: 1 },
    }));
  it("joins what is not final to what is", () =>
    expect(prepareSpark({ values: ["4", "4", "1"], provisional: 1 })).toMatchObject({
      final: "M0.0000 0.0000L0.5000 0.0000",
      provisional: "M0.5000 0.0000L1.0000 0.7500",
    }));
  it.each([
    ["idle all the time", ["0", "0"], { x: 1, y: 0 }],
    ["one value", ["3"], { x: 0.5, y: 1 }],
    ["nothing known", [null, null], null],
    ["nothing at all", [], null],
  ])("draws %s", (_name, values, last) => {
    const spark = prepareSpark({ values });
    expect(spark.last).toEqual(last);
    expect(JSON.stringify(spark)).not.toMatch(/NaN|Infinity/);
  });
});
