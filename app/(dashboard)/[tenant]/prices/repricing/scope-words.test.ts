import { expect, it } from "vitest";
import { scopeWords } from "./scope-words";

const days = { from: "2026-10-31T23:00:00Z", to: "2026-11-20T23:00:00Z" };

it.each([
  [days, "All models, 1 Nov 2026 – 20 Nov 2026"],
  [{ ...days, provider: "openai", model: "gpt-4o" }, "openai / gpt-4o, 1 Nov 2026 – 20 Nov 2026"],
  [{ ...days, feature: null }, "All models of no feature, 1 Nov 2026 – 20 Nov 2026"],
  [
    { ...days, feature: "chat", onlyUnpriced: true },
    "All models of chat, 1 Nov 2026 – 20 Nov 2026, unpriced calls only",
  ],
  [{ from: "2026-11-19T23:00:00Z", to: "2026-11-20T23:00:00Z" }, "All models, 20 Nov 2026"],
])("%o is %s", (scope, words) => {
  expect(scopeWords(scope, "Europe/Berlin")).toBe(words);
});
