import type { Grouping } from "@/server/analytics/schemas";

interface GroupWords {
  noun: string;
  nouns: readonly [one: string, many: string];
  /** What calls without the tag are called. */
  without: string;
}

/** How the groups of each tag are spoken of. A tool call has no model to attribute. */
export const groupWords: Record<Grouping, GroupWords> = {
  feature: { noun: "Feature", nouns: ["feature", "features"], without: "Unattributed" },
  user: { noun: "User", nouns: ["user", "users"], without: "No user" },
  account: { noun: "Account", nouns: ["account", "accounts"], without: "No account" },
  model: { noun: "Model", nouns: ["model", "models"], without: "No model" },
  provider: { noun: "Provider", nouns: ["provider", "providers"], without: "No provider" },
  prompt: { noun: "Prompt", nouns: ["prompt", "prompts"], without: "No prompt" },
  promptVersion: { noun: "Version", nouns: ["version", "versions"], without: "No version" },
  team: { noun: "Team", nouns: ["team", "teams"], without: "No team" },
  environment: { noun: "Environment", nouns: ["environment", "environments"], without: "No environment" },
  kind: { noun: "Kind", nouns: ["kind", "kinds"], without: "No kind" },
  error: { noun: "Error class", nouns: ["error class", "error classes"], without: "No error" },
};
