import { anthropic, openai, type TenantProfile } from "./profile";

const always = (id: string) => ({ id, versions: [{ version: "v1", sinceDaysAgo: 1_000 }] });

/** The second tenant: small, elsewhere, and invisible to the first. */
export const globex: TenantProfile = {
  slug: "globex",
  name: "Globex",
  timeZone: "Asia/Kolkata",
  days: 90,
  users: 30,
  accounts: ["hooli", "umbrella", "soylent"],
  unattributedShare: 0.01,
  errorShare: 0.02,
  features: [
    {
      name: "claims-assistant", team: "claims", weight: 5, rhythm: "office", models: [openai("gpt-4o")],
      prompt: always("claim-answer"), inputTokens: { median: 2_100, sigma: 0.5 }, outputTokens: { median: 380, sigma: 0.5 },
    },
    {
      name: "call-summary", team: "claims", weight: 3, rhythm: "office", models: [anthropic("claude-haiku-4-5")],
      prompt: always("summarise-call"), inputTokens: { median: 3_600, sigma: 0.5 }, outputTokens: { median: 240, sigma: 0.4 },
    },
    {
      name: "policy-search", team: "sales", weight: 2, rhythm: "consumer", models: [openai("gpt-4o-mini")],
      prompt: always("policy-answer"), inputTokens: { median: 1_500, sigma: 0.5 }, outputTokens: { median: 180, sigma: 0.5 },
    },
  ], // prettier-ignore
};
