import { expect, it } from "vitest";
import { isSameView } from "./same-view";

it.each([
  ["range=7d&f=feature%3Aa", "f=feature:a&range=7d", true],
  ["f=feature:a&f=feature:b", "f=feature:b&f=feature:a", true],
  ["f=feature:a", "f=feature:a&f=feature:b", false],
  ["", "range=30d", false],
])("%s and %s", (one, other, isSame) =>
  expect(isSameView({ screen: "calls", query: one }, { screen: "calls", query: other })).toBe(isSame),
);

it("another screen is another view", () =>
  expect(isSameView({ screen: "calls", query: "" }, { screen: "users", query: "" })).toBe(false));
