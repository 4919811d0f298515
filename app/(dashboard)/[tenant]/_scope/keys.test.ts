import { describe, expect, it } from "vitest";
import { actionOf, type Pressed, rangeKeys } from "./keys";

const press = (key: string, more: Partial<Pressed> = {}) =>
  actionOf({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...more });

describe("keys", () => {
  it.each([
    ["d", { kind: "range", range: "today" }],
    ["E", { kind: "range", range: "yesterday" }],
    ["w", { kind: "range", range: "7d" }],
    ["t", { kind: "range", range: "30d" }],
    ["m", { kind: "range", range: "mtd" }],
    ["p", { kind: "range", range: "last-month" }],
    ["y", { kind: "range", range: "12mo" }],
    ["a", { kind: "range", range: "all" }],
    ["c", { kind: "calendar" }],
    ["ArrowLeft", { kind: "shift", by: -1 }],
    ["ArrowRight", { kind: "shift", by: 1 }],
    ["x", { kind: "compare" }],
    ["i", { kind: "interval" }],
    ["Escape", { kind: "clear" }],
  ])("%s", (key, action) => expect(press(key)).toEqual(action));

  it.each(["b", "1", "Enter", "ArrowUp", "Tab", "?", "/"])("%s does nothing", (key) =>
    expect(press(key)).toBeNull(),
  );

  it.each(["ctrlKey", "metaKey", "altKey", "shiftKey"] as const)("leaves %s to the browser", (modifier) => {
    for (const key of ["a", "c", "w", "ArrowLeft"]) expect(press(key, { [modifier]: true })).toBeNull();
  });

  it("no letter twice", () => {
    const letters = [...Object.values(rangeKeys), "c", "x", "i"];
    expect(new Set(letters).size).toBe(letters.length);
  });
});
