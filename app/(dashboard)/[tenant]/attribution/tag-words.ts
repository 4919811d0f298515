import type { PolicyTag, SettableField } from "@/server/attribution/schemas";
import type { missingTags } from "../calls/search-params";

interface TagWords {
  label: string;
  /** As the address of Calls names it. */
  inCalls: (typeof missingTags)[number];
  /** What a rule fills it by; null: no rule can. */
  settable: SettableField | null;
}

export const tagWords: Record<PolicyTag, TagWords> = {
  feature: { label: "Feature", inCalls: "feature", settable: "feature" },
  userId: { label: "User", inCalls: "user", settable: null },
  accountId: { label: "Account", inCalls: "account", settable: "accountId" },
  team: { label: "Team", inCalls: "team", settable: "team" },
  environment: { label: "Environment", inCalls: "environment", settable: "environment" },
  prompt: { label: "Prompt", inCalls: "prompt", settable: "promptId" },
};

/** "feature and team", for sentences. */
export function listTags(tags: readonly PolicyTag[]): string {
  const names = tags.map((tag) => tagWords[tag].label.toLowerCase());
  const last = names.at(-1) ?? "";
  return names.length < 2 ? last : `${names.slice(0, -1).join(", ")} and ${last}`;
}
