import { anthropic, google, openai, type TenantProfile } from "./profile";
import { stories } from "./stories";
import { usageStories } from "./usage-stories";

const always = (id: string, version = "v1") => ({ id, versions: [{ version, sinceDaysAgo: 1_000 }] });
const { heavierPrompt, priceChange, risingCache, unattributed } = stories;
const { conversions, unmatchedNames } = usageStories;
const leading = (feature: keyof typeof conversions, share: number) => ({
  event: conversions[feature],
  share,
});

/** The demo's main tenant: twelve features of six teams, eight models of three providers. */
export const acme: TenantProfile = {
  slug: "demo",
  name: "Acme AI",
  timeZone: "America/New_York",
  days: 90,
  users: 400,
  accounts: [
    "northwind", "tailspin", "contoso", "fabrikam", "litware", "proseware", "adatum", "woodgrove", "lucerne", "alpine", "blue-yonder", "coho",
    "graphic-design", "humongous", "margie", "munson", "nod", "school-of-fine-art", "southridge", "trey", "wide-world", "wingtip", "relecloud", "bellows",
  ], // prettier-ignore
  unattributedShare: unattributed.share,
  errorShare: 0.018,
  features: [
    {
      name: "support-chat", team: "support", weight: 26, rhythm: "consumer", models: [openai("gpt-4o", 7), openai("gpt-4o-mini", 3)],
      prompt: { id: "support-answer", versions: [{ version: "v6", sinceDaysAgo: 1_000 }, { version: "v7", sinceDaysAgo: 52 }] },
      inputTokens: { median: 1_450, sigma: 0.6 }, outputTokens: { median: 210, sigma: 0.6 }, cacheReadShare: [0.3, 0.35],
      usage: { share: 0.12, conversion: leading("support-chat", 0.6) },
    },
    {
      name: risingCache.feature, team: "platform", weight: 17, rhythm: "office", models: [openai("gpt-4o", 1), google("gemini-2.5-flash", 1)],
      prompt: always("doc-answer", "v2"), inputTokens: { median: 4_200, sigma: 0.5 }, outputTokens: { median: 260, sigma: 0.5 },
      cacheReadShare: risingCache.share,
      usage: { share: 0.15, name: unmatchedNames.told },
    },
    {
      name: "doc-index", team: "platform", weight: 11, rhythm: "steady", kind: "embedding", models: [openai("text-embedding-3-small")],
      prompt: always("doc-chunk"), inputTokens: { median: 900, sigma: 0.4 }, outputTokens: { median: 0, sigma: 0 },
    },
    {
      name: priceChange.feature, team: "support", weight: 14, rhythm: "steady", models: [openai(priceChange.model)],
      prompt: always("triage", "v3"), inputTokens: { median: 620, sigma: 0.4 }, outputTokens: { median: 24, sigma: 0.3 },
    },
    {
      name: "code-review", team: "engineering", weight: 9, rhythm: "office", models: [anthropic("claude-sonnet-4-5", 4), anthropic("claude-haiku-4-5", 1)],
      prompt: { id: "review-diff", versions: [{ version: "v1", sinceDaysAgo: 1_000 }, { version: "v2", sinceDaysAgo: 66 }] },
      inputTokens: { median: 6_800, sigma: 0.8 }, outputTokens: { median: 640, sigma: 0.6 }, cacheReadShare: [0.4, 0.45],
      usage: { share: 0.25, conversion: { event: "Comment Accepted", share: 0.5 } },
    },
    {
      name: heavierPrompt.feature, team: "growth", weight: 7, rhythm: "office", models: [openai("gpt-4o")],
      prompt: {
        id: heavierPrompt.promptId,
        versions: [{ version: heavierPrompt.before, sinceDaysAgo: 1_000 }, { version: heavierPrompt.after, sinceDaysAgo: heavierPrompt.daysAgo }],
      },
      inputTokens: { median: 1_100, sigma: 0.4 }, outputTokens: { median: 340, sigma: 0.4 },
      usage: { share: 0.5, conversion: leading("email-drafts", 0.45) },
    },
    {
      name: "meeting-notes", team: "product", weight: 5, rhythm: "office", models: [google("gemini-2.5-flash", 3), google("gemini-2.5-pro", 1)],
      prompt: always("summarise", "v4"), inputTokens: { median: 11_000, sigma: 0.5 }, outputTokens: { median: 720, sigma: 0.4 },
      usage: { share: 0.4, conversion: { event: "Notes Shared", share: 0.3 }, leadsTo: { feature: usageStories.eventsOnly.feature, share: 0.15 } },
    },
    {
      name: stories.nightlyBatch.feature, team: "growth", weight: 4, rhythm: "nightly", models: [anthropic("claude-haiku-4-5")], batch: true,
      prompt: always("score-lead"), inputTokens: { median: 1_300, sigma: 0.3 }, outputTokens: { median: 60, sigma: 0.2 },
    },
    {
      name: stories.retryLoop.feature, team: "research", weight: 4, rhythm: "office", models: [google("gemini-2.5-pro", 2), anthropic("claude-sonnet-4-5", 1)],
      prompt: always("research-plan", "v5"), inputTokens: { median: 5_400, sigma: 0.7 }, outputTokens: { median: 900, sigma: 0.6 },
      reasoningShare: 0.45, stepsOfRun: 8,
      usage: { share: 0.12, conversion: leading("research-agent", 0.4) },
    },
    {
      name: "contract-review", team: "product", weight: 2, rhythm: "office", models: [anthropic("claude-sonnet-4-5")],
      prompt: always("find-clauses", "v2"), inputTokens: { median: 18_000, sigma: 0.5 }, outputTokens: { median: 1_300, sigma: 0.5 }, cacheReadShare: [0.2, 0.2],
      usage: { share: 1, conversion: leading("contract-review", 0.12) },
    },
    {
      name: stories.unusedFeatures.features[0], team: "growth", weight: 0.04, rhythm: "consumer", models: [google("gemini-2.5-flash")],
      prompt: always("logo"), inputTokens: { median: 300, sigma: 0.4 }, outputTokens: { median: 500, sigma: 0.4 },
    },
    {
      name: stories.unusedFeatures.features[1], team: "product", weight: 0.03, rhythm: "office", models: [openai("gpt-4o-mini")],
      prompt: always("tour"), inputTokens: { median: 700, sigma: 0.3 }, outputTokens: { median: 150, sigma: 0.3 },
      usage: { share: 0.9, conversion: { event: "Tour Finished", share: 0.3 } },
    },
  ], // prettier-ignore
};
