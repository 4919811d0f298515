import { describe, expect, it } from "vitest";
import { neverUrls, ownUrls } from "@/tests/malformed/hostile-urls";
import { readBaseUrl } from "./base-url";

describe("a base URL is taken", () => {
  it.each([
    ["https://cloud.langfuse.com", "https://cloud.langfuse.com"],
    ["https://cloud.langfuse.com/", "https://cloud.langfuse.com"],
    ["  https://us.cloud.langfuse.com ", "https://us.cloud.langfuse.com"],
    ["https://Example.COM:8443/langfuse/", "https://example.com:8443/langfuse"],
    ["https://example.com:443", "https://example.com"],
    ["https://xn--bcher-kva.example", "https://xn--bcher-kva.example"],
    ["https://1.1.1.1", "https://1.1.1.1"],
    ["https://[2606:4700:4700::1111]/x", "https://[2606:4700:4700::1111]/x"],
  ])("%s", (text, url) => {
    expect(readBaseUrl(text, false)).toEqual({ ok: true, url });
  });
});

describe("a base URL is refused", () => {
  it.each(neverUrls)("%j, always", (text) => {
    expect(readBaseUrl(text, false)).toMatchObject({ ok: false });
    expect(readBaseUrl(text, true)).toMatchObject({ ok: false });
  });

  it.each(ownUrls)("%j, unless private sources are allowed", (text) => {
    expect(readBaseUrl(text, false)).toMatchObject({ ok: false });
    expect(readBaseUrl(text, true)).toMatchObject({ ok: true });
  });

  it("by a sentence that repeats nothing of it", () => {
    const secret = "sk-lf-canary";
    const refused = readBaseUrl(`https://pk:${secret}@example.com`, false);
    expect(JSON.stringify(refused)).not.toContain(secret);
  });
});
