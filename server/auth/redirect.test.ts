import { describe, expect, test } from "vitest";
import { safeRedirect } from "./redirect";

const baseUrl = "http://localhost:3000";

describe("after signing in the browser goes", () => {
  test.each([
    ["/acme/overview?range=7d#top", "http://localhost:3000/acme/overview?range=7d#top"],
    ["http://localhost:3000/acme", "http://localhost:3000/acme"],
    ["acme", "http://localhost:3000/acme"],
    ["", "http://localhost:3000/"],
  ])("to %j, which is ours", (url, target) => expect(safeRedirect({ url, baseUrl })).toBe(target));

  test.each([
    "https://evil.example",
    "http://evil.example:3000",
    "//evil.example",
    "///evil.example",
    "////evil.example/%2f..",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "\u0000//evil.example",
    " //evil.example",
    "https:evil.example",
    "https:/evil.example",
    "http:\\\\evil.example",
    "https://localhost:3000",
    "http://localhost:3000@evil.example",
    "http://localhost:3000.evil.example",
    "http://localhost.evil.example:3000",
    "http://evil.example#http://localhost:3000",
    "http://evil.example?http://localhost:3000",
    "http://localhost:3001/acme",
    "http://127.0.0.1:3000",
    "http://[::1]:3000",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x",
    "file:///etc/passwd",
    "blob:http://localhost:3001/x",
    "http://",
    "http://%zz",
    "ftp://localhost:3000",
  ])("never to %j", (url) => {
    expect(new URL(safeRedirect({ url, baseUrl })).origin).toBe(baseUrl);
  });
});
