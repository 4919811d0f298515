import { describe, expect, it } from "vitest";
import type { WhyPart, WhyWork } from "@/server/analytics/why-schemas";
import { partPlace, partSentence, partTitle, userGroupWords, workWords } from "./words";

const work: WhyWork = { feature: "email-drafts", kind: "llm", isRest: false };
const share = (name: string | null, change: [number, number], tokens: number, usd: string) => {
  return { name, share: change, tokensPerCall: tokens, costPerCallUsd: usd } as const;
};
const version: WhyPart = {
  cause: "promptVersion", usd: "41.2", work, prompt: "email-draft", between: "versions",
  lost: share("v3", [1, 0.25], 1440.4, "0.0067"), gained: share("v4", [0, 0.75], 2890, "0.0135"),
}; // prettier-ignore
const price: WhyPart = {
  cause: "price", usd: "-8", work: null, provider: "openai", model: "gpt-4o", features: ["chat", null], level: 0.8,
  listed: [{ bucket: "freshInputTokens", usdPerMillion: ["2.5", "2"] }, { bucket: "cacheReadTokens", usdPerMillion: [null, "1"] }],
}; // prettier-ignore

describe("a part in words", () => {
  it.each<[string, WhyPart, string, string | null, string]>([
    ["a version", version, "email-draft v3 → v4", "email-drafts", "v3: 1,440 tokens and $0.0067 a call. v4: 2,890 tokens and $0.0135 a call. Share of v4 0% → 75%."],
    ["prompts", { ...version, prompt: null, between: "prompts", lost: share(null, [1, 0], 10, "0.1") }, "prompts no prompt → v4", "email-drafts", "no prompt: 10 tokens and $0.10 a call. v4: 2,890 tokens and $0.0135 a call. Share of v4 0% → 75%."],
    ["models", { cause: "modelMix", usd: "1", work, lost: share("gpt-4o", [0.8, 0.3], 10, "0.1"), gained: share("gpt-4o-mini", [0.2, 0.7], 12, "0.01") }, "gpt-4o → gpt-4o-mini", "email-drafts", "gpt-4o: 10 tokens and $0.10 a call. gpt-4o-mini: 12 tokens and $0.01 a call. Share of gpt-4o-mini 20% → 70%."],
    ["a price", price, "gpt-4o", "chat, calls without a feature", "The same work is 20% cheaper. Per million: input $2.50 → $2.00, cache reads not listed → $1.00."],
    ["a level of prices", { ...price, level: 3, listed: [] }, "gpt-4o", "chat, calls without a feature", "The same work is 3× as dear, at the same listed rates: other batches, service tiers or input lengths, or calls that were not billed."],
    ["volume", { cause: "volume", usd: "1", work, requests: [1200, 1240] }, "email-drafts", null, "1,200 → 1,240 requests."],
    ["a new feature", { cause: "volume", usd: "1", work, requests: [0, 1] }, "email-drafts", null, "New: 1 request, none before."],
    ["a feature that is gone", { cause: "volume", usd: "1", work, requests: [12, 0] }, "email-drafts", null, "Gone: 12 requests before, none since."],
    ["tokens", { cause: "tokens", usd: "1", work, input: [1440.4, 2890], output: [10, 12_345] }, "email-drafts", null, "1,440 → 2,890 input and 10 → 12.3K output tokens a call, at the same prompts and models."],
    ["the cache", { cause: "cache", usd: "-1", work, hitRate: [null, 0.6] }, "email-drafts", null, "– → 60% of the input was read from the cache."],
    ["retries", { cause: "retries", usd: "1", work, attemptsPerRequest: [1.0234, 45], requests: [40, 42] }, "email-drafts", null, "1.02 → 45 attempts that cost something for each of 40 → 42 requests."],
    ["unpriced", { cause: "unpriced", usd: "-1", work, unpricedCalls: [0, 120], calls: [426, 442], models: ["acme-7b"] }, "email-drafts", null, "0 → 120 of 426 → 442 calls have no price (acme-7b): what they cost is unknown."],
  ])("%s", (_case, part, title, place, sentence) =>
    expect([partTitle(part), partPlace(part), partSentence(part, "cost")]).toEqual([title, place, sentence])); // prettier-ignore

  it.each([
    [{ ...work, kind: "tool" }, "email-drafts, tool calls"],
    [{ ...work, kind: null }, "email-drafts"],
    [{ ...work, feature: null }, "calls without a feature"],
    [{ feature: null, kind: null, isRest: true }, "all other features"],
  ])("names %j", (named, words) => expect(workWords(named)).toBe(words));

  it("names people", () =>
    expect([userGroupWords("gone", 5, "user"), userGroupWords("new", 1, "account"), userGroupWords("without", 0, "user")]).toEqual(["5 users who stopped", "1 account who came", "Calls without a user"])); // prettier-ignore
});
