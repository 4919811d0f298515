import { expect, it } from "vitest";
import { heaviest } from "./conclude";

const row = (key: string | null, costShare: string | null, callShare: string | null) => ({
  key,
  costShare,
  callShare,
});

it.each([
  ["no rows", [], null],
  ["no whole", [row("a", null, null)], null],
  ["shares alike", [row("a", "0.6", "0.5"), row("b", "0.4", "0.5")], null],
  ["a trace that is dear", [row("a", "0.049", "0.001"), row("b", "0.951", "0.999")], null],
  ["just enough", [row("a", "0.05", "0.03")], "a"],
  ["the heaviest, not the dearest", [row("a", "0.6", "0.3"), row("b", "0.3", "0.1")], "b"],
  ["no calls", [row("a", "0.5", "0")], null],
  ["the first of equals", [row("a", "0.4", "0.2"), row("b", "0.2", "0.1")], "a"],
])("finds what costs most for what it does: %s", (_name, rows, key) =>
  expect(heaviest(rows)?.key ?? null).toBe(key),
);

it("says how many times its share", () =>
  expect(heaviest([row(null, "0.6", "0.15")])).toEqual({
    key: null,
    costShare: 0.6,
    callShare: 0.15,
    weight: expect.closeTo(4, 9) as number,
  }));
