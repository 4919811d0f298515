import { describe, expect, it } from "vitest";
import type { PromptChange } from "@/server/analytics/prompts/prompt-change";
import { latestChange, worstChange } from "./conclude";

const row = (version: string, over: Partial<PromptChange> | null) => ({
  version,
  change: over && ({ changedOn: "2026-11-01", change: "0.5", extraInRangeUsd: "1", ...over } as PromptChange),
});
const changed = (version: string, over: Partial<PromptChange>) => ({
  version,
  change: { changedOn: "2026-11-01", change: "0.5", extraInRangeUsd: "1", ...over } as PromptChange,
});

describe("worstChange", () => {
  it.each([
    ["no change", [], null],
    ["the one that costs most more", [changed("a", { extraInRangeUsd: "9.5" }), changed("b", { extraInRangeUsd: "10" })], "b"],
    ["one that saves", [changed("a", { extraInRangeUsd: "-4" })], null],
    ["one of which it is not known", [changed("a", { extraInRangeUsd: null, change: null })], null],
    ["noise", [changed("a", { extraInRangeUsd: "99", change: "0.049" })], null],
    ["just enough", [changed("a", { change: "0.05" })], "a"],
    ["it cost nothing before", [changed("a", { change: null })], "a"],
    ["the first of equals", [changed("a", {}), changed("b", {})], "a"],
  ])("%s", (_name, rows, version) => expect(worstChange(rows)?.version ?? null).toBe(version)); // prettier-ignore
});

describe("latestChange", () => {
  it.each([
    ["the first version changed nothing", [row("v1", null)], null],
    ["by day, whatever the order", [row("v2", { changedOn: "2026-10-02" }), row("v3", { changedOn: "2026-10-10" }), row("v1", null)], "v3"],
  ])("%s", (_name, versions, version) => expect(latestChange(versions)?.version ?? null).toBe(version)); // prettier-ignore
});
