import { describe, expect, test } from "vitest";
import { Email, Password, SignInInput } from "./schemas";

describe("an e-mail address", () => {
  test("is trimmed and lowered", () => expect(Email.parse("  Ann@Example.COM ")).toBe("ann@example.com"));
  test.each([
    ["a letter that lowers into ASCII", "mar\u212A@example.com"],
    ["two addresses", "a@example.com,b@example.com"],
    ["a line break", "a@example.com\r\nBcc: b@example.com"],
    ["a NUL", "a\u0000@example.com"],
  ])("is not %s", (_, text) => expect(Email.safeParse(text).success).toBe(false));
});

test.each([
  ["11 characters", "a".repeat(11), false],
  ["12 characters", "a".repeat(12), true],
  ["256 characters", "a".repeat(256), true],
  ["257 characters", "a".repeat(257), false],
])("a new password of %s", (_, password, isFine) =>
  expect(Password.safeParse(password).success).toBe(isFine),
);

test.each([
  [{ email: { not: "" }, password: "x" }],
  [{ email: "a@example.com", password: ["x"] }],
  [null],
  ["x"],
])("signing in with %j is not a try", (input) => expect(SignInInput.safeParse(input).success).toBe(false));
