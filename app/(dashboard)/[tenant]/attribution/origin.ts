import type { PolicyTag } from "@/server/attribution/schemas";
import type { Outputs } from "@/app/_trpc/client";
import type { FilterPart, FilterTag } from "../_scope/filters";
import { tagWords } from "./tag-words";

export type Origin = Outputs["reports"]["coverage"]["origins"]["callSite"][number];

const is = (tag: FilterTag, value: string | null): FilterPart => ({ tag, operator: "is", value });

/** The calls of a row, as chips of Calls; null where none say just these. */
export function callsOfOrigin(origin: Origin, tag: PolicyTag): FilterPart[] | null {
  const { dimension, kind, value, isRest } = origin;
  if (isRest) return null;
  const lacking = tagWords[tag].inCalls;
  const without = (...more: FilterTag[]) => [...new Set([lacking, ...more])].map((name) => is(name, null));
  if (dimension === "key") return value === null ? without("key") : [...without(), is("key", value)];
  if (value === null || value === "") return null;
  if (dimension === "source") return [...without(), is("source", value)];
  switch (kind) {
    case "route":
      return [...without(), is("route", value)];
    // What names a call site is the first of route, prompt and model that is there.
    case "prompt":
      return [...without("route"), is("prompt", value)];
    case "model":
      return [...without("route", "prompt"), is("model", value)];
    case null:
      return null;
  }
}

/** The condition that a rule for these calls begins with; null where none says just these. */
export function conditionOfOrigin(origin: Origin): { field: RuleOrigin; value: string } | null {
  const { dimension, kind, value, isRest } = origin;
  if (isRest || value === null || value === "") return null;
  if (dimension === "key") return { field: "keyId", value };
  if (dimension === "source") return { field: "source", value };
  return kind && { field: kind === "prompt" ? "promptId" : kind, value };
}

export const ruleOrigins = ["route", "promptId", "model", "keyId", "source"] as const;
export type RuleOrigin = (typeof ruleOrigins)[number];
