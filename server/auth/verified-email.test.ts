import { describe, expect, test } from "vitest";
import { primaryVerifiedEmail, vouchedEmail } from "./verified-email";

describe("GitHub's addresses", () => {
  const proved = { email: "Ann@Example.com", primary: true, verified: true };
  test.each([
    ["primary and proved", [proved], "ann@example.com"],
    ["primary, not proved", [{ ...proved, verified: false }], null],
    ["proved, not primary", [{ ...proved, primary: false }], null],
    ["none", [], null],
    ["an error object", { message: "Bad credentials" }, null],
  ])("%s", (_, emails, email) => expect(primaryVerifiedEmail(emails)).toBe(email));
});

describe("a provider's word", () => {
  test.each([
    ["verified", { email: "a@example.com", email_verified: true }, "a@example.com"],
    ["unverified", { email: "a@example.com", email_verified: false }, null],
    ["the word true", { email: "a@example.com", email_verified: "true" }, null],
    ["silent", { email: "a@example.com" }, null],
    ["no address", { email_verified: true }, null],
    ["nothing", undefined, null],
  ])("%s", (_, profile, email) => expect(vouchedEmail(profile)).toBe(email));
});
