import { describe, expect, test } from "vitest";
import { SessionClaims, sessionTokens } from "./session-cookie";

const plain = "next-auth.session-token";
const secure = `__Secure-${plain}`;

describe("the session cookie", () => {
  test.each([
    ["no header", null, []],
    ["an empty one", "", []],
    ["others only", "theme=dark; a=b", []],
    ["a plain one", `${plain}=abc`, ["abc"]],
    ["a signed-out one", `${plain}=`, []],
    ["the protected one before the plain one", `${plain}=p; ${secure}=s`, ["s", "p"]],
    ["pieces in any order", `${plain}.1=b; ${plain}.0=a; ${plain}.2=c`, ["abc"]],
    ["a gap: what comes after is not ours", `${plain}.0=a; ${plain}.2=c`, ["a"]],
    ["look-alikes", `x${plain}=a; ${plain}x=b; ${plain}.x=c`, []],
    ["garbage", ";;=;=a;b;\u0000", []],
  ])("%s", (_, header, tokens) => expect(sessionTokens(header)).toEqual(tokens));

  test("claims are a person and a version, nothing else is believed", () => {
    const personId = "0b9e9f0e-3a5c-4f0c-8f4a-1d2c3b4a5968";
    const forged = { personId, sessionVersion: 1, role: "owner", sub: "x" };
    expect(SessionClaims.parse(forged)).toEqual({ personId, sessionVersion: 1 });
    expect(SessionClaims.safeParse({ personId: { not: "" }, sessionVersion: 1 }).success).toBe(false);
  });
});
