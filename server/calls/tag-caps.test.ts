import { describe, expect, it } from "vitest";
import { CallInput } from "./schemas";
import { cappedTags, foldTags } from "./tag-caps";

const call = CallInput.parse({
  id: "c",
  occurredAt: "2026-11-20T00:00:00Z",
  provider: "openai",
  model: "gpt-4o",
  userId: "u1",
  feature: "chat",
  prompt: { id: "p", version: "3" },
  tags: { plan: "pro", city: "Oslo" },
});
const fold = (refused: string[], input = call) =>
  foldTags(input, cappedTags(input), ({ tag, value }) => !refused.includes(`${tag}=${value}`));

describe("foldTags", () => {
  it("hands the same call back when every value fits", () => expect(fold([])).toBe(call));
  it.each([
    { refused: "feature=chat", becomes: { feature: "__other__" } },
    { refused: "model=gpt-4o", becomes: { model: "__other__" } },
    { refused: "prompt=p", becomes: { prompt: { id: "__other__" } } },
    { refused: "promptVersion=3", becomes: { prompt: { id: "p", version: "__other__" } } },
    { refused: "tags.plan=pro", becomes: { tags: { plan: "__other__", city: "Oslo" } } },
    { refused: "tags=plan", becomes: { tags: { city: "Oslo", __other__: "__other__" } } },
  ])("replaces $refused and nothing else", ({ refused, becomes }) => {
    expect(fold([refused])).toEqual({ ...call, ...becomes });
  });
  it("takes a bare hash for the prompt", () => {
    const hashed = { ...call, prompt: { hash: "abc" } };
    expect(fold(["prompt=abc"], hashed).prompt).toEqual({ id: "__other__" });
  });
  it("never asks about ids of people and requests", () => {
    expect(cappedTags(call).map(({ tag }) => tag)).not.toContain("userId");
  });
});
