import { describe, expect, it } from "vitest";
import { credentialOf } from "./credential";

const key = `tl_live_AAAAAAAA_${"0".repeat(49)}`;
const basic = (text: string) => `Basic ${Buffer.from(text).toString("base64")}`;

describe("credentialOf", () => {
  it.each([
    ["a bearer", { authorization: `Bearer ${key}` }, key],
    ["a bearer in other letters", { authorization: `bearer   ${key}` }, key],
    ["the password of Basic, as Langfuse's secret key", { authorization: basic(`pk-lf-1:${key}`) }, key],
    ["the user of Basic, as Segment's write key", { authorization: basic(`${key}:`) }, key],
    ["the user of Basic beside a password", { authorization: basic(`${key}:sk-lf-1`) }, key],
    ["Basic without a colon", { authorization: basic(key) }, key],
    ["x-api-key", { "x-api-key": key }, key],
    ["authorization before x-api-key", { authorization: `Bearer ${key}`, "x-api-key": "other" }, key],
    [
      "a foreign bearer as it is: whether it is one of ours is asked later",
      { authorization: "Bearer x" },
      "x",
    ],
    ["no header", {}, null],
    ["an empty x-api-key", { "x-api-key": "" }, null],
    ["Basic with a colon in the password", { authorization: basic(`a:b:${key}`) }, null],
    ["Basic without a key of ours", { authorization: basic("pk-lf-1:sk-lf-1") }, null],
    ["Basic that is not base64", { authorization: "Basic %%%" }, null],
    ["another scheme", { authorization: `Digest ${key}` }, null],
    ["two words", { authorization: `Bearer ${key} ${key}` }, null],
    ["a header of kilobytes", { authorization: `Bearer ${"x".repeat(7_000)}` }, null],
    ["an authorization of no use, though x-api-key were", { authorization: "x", "x-api-key": key }, null],
  ])("%s", (_, headers, expected) => expect(credentialOf(headers)).toBe(expected));
});
