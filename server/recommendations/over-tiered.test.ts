import { describe, expect, it } from "vitest";
import { TenantBook } from "@/server/contracts/tenant-book";
import { PriceBook } from "@/server/prices/book";
import { readBundled } from "@/server/prices/bundled";
import { cheaperModel } from "./over-tiered";

const knownFrom = new Date("2026-01-01T00:00:00Z");
const versions = (await readBundled()).map((version, n) => ({ ...version, id: String(n), knownFrom }));
const book = new TenantBook(new PriceBook(versions, "test"));
const used = ["freshInputTokens", "cacheReadTokens", "visibleOutputTokens"] as const;
const call = (provider: string, model: string) => ({
  provider,
  model,
  feature: null,
  region: null,
  batch: false,
  serviceTier: null,
  occurredAt: new Date("2026-11-01T00:00:00Z"),
});

describe("a cheaper model of the same provider", () => {
  it.each([
    ["the provider's smaller one", "openai", "gpt-4o", [], { model: "gpt-4o-mini", isInUse: false }],
    ["of a dated name", "openai", "gpt-4o-2024-08-06", [], { model: "gpt-4o-mini", isInUse: false }],
    ["of Anthropic", "anthropic", "claude-opus-4-5", [], { model: "claude-haiku-4-5", isInUse: false }],
    ["of Google", "google", "gemini-2.5-pro", [], { model: "gemini-2.5-flash", isInUse: false }],
    ["one in use goes first", "openai", "gpt-4o", [{ provider: "openai", model: "gpt-4.1-mini" }], { model: "gpt-4.1-mini", isInUse: true }],
    ["one in use at another provider is none", "openai", "gpt-4o", [{ provider: "anthropic", model: "claude-haiku-4-5" }], { model: "gpt-4o-mini", isInUse: false }],
    ["one in use that is dearer is none", "openai", "gpt-4o", [{ provider: "openai", model: "gpt-4-turbo" }], { model: "gpt-4o-mini", isInUse: false }],
    ["the smallest has none", "openai", "gpt-4o-mini", [], null],
    ["nor has one that nobody prices", "in-house", "router-7b", [], null],
    ["nor one whose price nobody knows, whatever is in use", "openai", "gpt-unheard-of", [{ provider: "openai", model: "gpt-4o-mini" }], null],
  ])("%s", (_name, provider, model, inUse, expected) => {
    expect(cheaperModel(book, call(provider, model), used, inUse)).toEqual(expected);
  }); // prettier-ignore

  it("is cheaper on every bucket that is used, and has a rate for each", () => {
    const mini = [{ provider: "openai", model: "text-embedding-3-small" }];
    // An embedding model is cheaper to read with, and cannot say a word.
    expect(cheaperModel(book, call("openai", "gpt-4o"), used, mini)?.model).toBe("gpt-4o-mini");
  });
});
