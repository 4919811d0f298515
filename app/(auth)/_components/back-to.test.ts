import { describe, expect, it } from "vitest";
import { safePath } from "./back-to";

describe("safePath", () => {
  it.each([
    ["a page of ours", "/demo/calls?order=dearest", "/demo/calls?order=dearest"],
    ["nothing", undefined, "/"],
    ["two values", ["/a", "/b"], "/"],
    ["another site", "https://evil.example/x", "/"],
    ["another site without a scheme", "//evil.example", "/"],
    ["with a backslash", "/\\evil.example", "/"],
    ["with a tab in between", "/\t/evil.example", "/"],
    ["hidden behind dots", "/.//evil.example", "/"],
    ["a script", "javascript:alert(1)", "/"],
  ])("%s", (_case, wanted, path) => expect(safePath(wanted, "/")).toBe(path));
});
