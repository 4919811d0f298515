import type { CallFilter } from "@/server/calls/schemas";
import { conditionOf, type FilterPart, type FilterTag } from "../_scope/filters";

const fieldOf = {
  feature: "feature",
  user: "userId",
  account: "accountId",
  model: "model",
  provider: "provider",
  prompt: "promptId",
  promptVersion: "promptVersion",
  team: "team",
  environment: "environment",
  kind: "kind",
  error: "errorClass",
  route: "route",
  source: "source",
  key: "keyId",
  run: "runId",
  status: "priceStatus",
} as const satisfies Record<Exclude<FilterTag, "attempt">, keyof CallFilter>;

function attempts(parts: readonly FilterPart[]): Pick<CallFilter, "onlyRetries" | "onlyFirstAttempts"> {
  const of = (operator: FilterPart["operator"]) =>
    parts.filter((part) => part.tag === "attempt" && part.operator === operator).map(({ value }) => value);
  const [is, not] = [of("is"), of("not")];
  const isWanted = (value: string) => (is.length === 0 || is.includes(value)) && !not.includes(value);
  return {
    ...(!isWanted("first") && { onlyRetries: true }),
    ...(!isWanted("retry") && { onlyFirstAttempts: true }),
  };
}

/** Chips in the terms of calls.list. */
export function toCallFilter(parts: readonly FilterPart[]): CallFilter {
  const tags = (Object.keys(fieldOf) as (keyof typeof fieldOf)[]).filter((tag) =>
    parts.some((part) => part.tag === tag),
  );
  const conditions = Object.fromEntries(tags.map((tag) => [fieldOf[tag], conditionOf(parts, tag)]));
  return { ...conditions, ...attempts(parts) };
}
