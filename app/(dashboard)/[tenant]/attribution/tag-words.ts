import type { PolicyTag, SettableField } from "@/server/attribution/schemas";
import type { FilterTag } from "../_scope/filters";

interface TagWords {
  label: string;
  /** Within a sentence. */
  one: string;
  /** As the address of Calls names it. */
  inCalls: FilterTag;
  /** What a rule fills it by; null: no rule can. */
  settable: SettableField | null;
}

export const tagWords: Record<PolicyTag, TagWords> = {
  feature: { label: "Feature", one: "a feature", inCalls: "feature", settable: "feature" },
  userId: { label: "User", one: "a user", inCalls: "user", settable: null },
  accountId: { label: "Account", one: "an account", inCalls: "account", settable: "accountId" },
  team: { label: "Team", one: "a team", inCalls: "team", settable: "team" },
  environment: {
    label: "Environment",
    one: "an environment",
    inCalls: "environment",
    settable: "environment",
  },
  prompt: { label: "Prompt", one: "a prompt", inCalls: "prompt", settable: "promptId" },
};

/** "a feature and a team" */
export function listTags(tags: readonly PolicyTag[]): string {
  const names = tags.map((tag) => tagWords[tag].one);
  const last = names.at(-1) ?? "";
  return names.length < 2 ? last : `${names.slice(0, -1).join(", ")} and ${last}`;
}
