import type { PolicyTag } from "@/server/attribution/schemas";
import type { Outputs } from "@/app/_trpc/client";
import type { CallsParams } from "../calls/search-params";
import { tagWords } from "./tag-words";

export type Origin = Outputs["reports"]["coverage"]["origins"]["callSite"][number];

/** The calls of a row, in the terms of Calls' address; null where no filter says just these. */
export function callsOfOrigin(origin: Origin, tag: PolicyTag): Partial<CallsParams> | null {
  const { dimension, kind, value, isRest } = origin;
  if (isRest) return null;
  const lacking = tagWords[tag].inCalls;
  const without = (...more: (typeof lacking)[]) => ({ without: [...new Set([lacking, ...more])] });
  if (dimension === "key") return value === null ? without("key") : { ...without(), key: [value] };
  if (value === null || value === "") return null;
  if (dimension === "source") return { ...without(), source: [value] };
  switch (kind) {
    case "route":
      return { ...without(), route: [value] };
    // What names a call site is the first of route, prompt and model that is there.
    case "prompt":
      return { ...without("route"), prompt: [value] };
    case "model":
      return { ...without("route", "prompt"), model: [value] };
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
