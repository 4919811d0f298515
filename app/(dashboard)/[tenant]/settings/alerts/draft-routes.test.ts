import { expect, it } from "vitest";
import { everything } from "@/server/delivery/schemas";
import { draftOf, routesInWords, routesOf, toggled } from "./draft-routes";

it.each([
  ["", []],
  [" , ,\n", []],
  ["search", ["search"]],
  ["search, sales\nsearch ,", ["search", "sales"]],
])("of the teams %j are %j", (teams, names) => {
  expect(routesOf({ ...draftOf(everything), teams }).teams).toEqual(names);
});

it("a draft of routes is those routes", () => {
  const routes = { teams: ["a", "b c"], severities: ["critical" as const], rules: ["spike" as const] };
  expect(routesOf(draftOf(routes))).toEqual(routes);
});

it.each([
  [["a"], "b", true, ["a", "b"]],
  [["a", "b"], "b", true, ["a", "b"]],
  [["a", "b"], "a", false, ["b"]],
  [["a"], "b", false, ["a"]],
])("%j with %s: %s", (list, one, isIn, result) => {
  expect(toggled(list, one, isIn)).toEqual(result);
});

it.each([
  [everything, "every incident"],
  [{ ...everything, teams: ["search"] }, "team search"],
  [{ ...everything, teams: ["search", "sales"], severities: ["critical" as const] }, "teams search, sales · critical"],
  [{ ...everything, severities: ["critical" as const, "warning" as const] }, "critical or warning"],
  [{ ...everything, rules: ["budget" as const, "spike" as const] }, "budget, spike"],
])("%j in words is %s", (routes, words) => {
  expect(routesInWords(routes)).toBe(words);
}); // prettier-ignore
