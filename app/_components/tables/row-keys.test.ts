import { describe, expect, it } from "vitest";
import { movesRows, rowAfter } from "./row-keys";

describe("rowAfter", () => {
  it.each([
    ["ArrowDown", 0, 1],
    ["j", 1, 2],
    ["ArrowUp", 2, 1],
    ["k", 1, 0],
    ["Home", 2, 0],
    ["End", 0, 2],
    ["j", 2, undefined],
    ["k", 0, undefined],
    ["Enter", 1, undefined],
    ["toString", 1, undefined],
  ])("%s from %d", (key, at, next) => expect(rowAfter(key, at, 3)).toBe(next));
});

it("leaves Enter and letters to the page", () =>
  expect(["j", "ArrowUp", "Enter", "d", "constructor"].map(movesRows)).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]));
