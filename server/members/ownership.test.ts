import { expect, test } from "vitest";
import { leavesNoOwner, rightFor } from "./ownership";

test.each([
  ["the only owner", ["a"], "a", true],
  ["one of two", ["a", "b"], "a", false],
  ["somebody else", ["a"], "b", false],
])("leaving no owner: %s", (_, owners, personId, isSo) => expect(leavesNoOwner(owners, personId)).toBe(isSo));

test("owners are only touched by owners", () => {
  expect(rightFor("viewer", "admin")).toBe("members:write");
  expect(rightFor("owner", "viewer")).toBe("owners:write");
  expect(rightFor("viewer", "owner")).toBe("owners:write");
});
