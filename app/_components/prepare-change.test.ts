import { describe, expect, it } from "vitest";
import { prepareChange } from "./prepare-change";

describe("prepareChange", () => {
  it.each([
    ["more", { current: "1.3", previous: "1" }, { kind: "up", fraction: 0.3, difference: "0.3" }],
    ["less", { current: "1", previous: "4" }, { kind: "down", fraction: -0.75, difference: "-3" }],
    ["the same", { current: "0.10", previous: "0.1" }, { kind: "same", fraction: 0, difference: "0" }],
    [
      "the same nothing",
      { current: "0", previous: "0.000000000000000000" },
      { kind: "same", fraction: null, difference: "0" },
    ],
    ["from nothing", { current: "2", previous: "0" }, { kind: "up", fraction: null, difference: "2" }],
    [
      "beyond floats",
      { current: "9007199254740993.000000000000000001", previous: "9007199254740993" },
      { kind: "up", fraction: 1.1102230246251564e-34, difference: "0.000000000000000001" },
    ],
    ["nothing compared", { current: "2", previous: undefined }, { kind: "unknown" }],
    ["not known before", { current: "2", previous: null }, { kind: "unknown" }],
    ["not known now", { current: null, previous: "2" }, { kind: "unknown" }],
    ["new", { current: "2", previous: "0", wasThere: false }, { kind: "new" }],
    ["new, its cost not known", { current: null, previous: null, wasThere: false }, { kind: "new" }],
    ["gone", { current: "0", previous: "2", isThere: false }, { kind: "gone" }],
    ["never there", { current: "0", previous: "0", isThere: false, wasThere: false }, { kind: "unknown" }],
    ["a negative base", { current: "1", previous: "-2" }, { kind: "up", fraction: 1.5, difference: "3" }],
  ])("%s", (_name, input, change) => {
    const found = prepareChange(input);
    expect(found).toEqual(
      "fraction" in change && change.fraction !== null
        ? { ...change, fraction: expect.closeTo(change.fraction, 12) as number }
        : change,
    );
  });
});
