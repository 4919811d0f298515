import { type Grouping, groupings, type SpendFilter } from "@/server/analytics/schemas";
import { callKinds, priceStatuses, storableText } from "@/server/calls/schemas";

/** Tags that only the list of calls knows: no roll-up has them. */
export const callOnlyTags = ["route", "source", "key", "run", "status", "attempt"] as const;
export const callTags = [...groupings, ...callOnlyTags] as const;
export type FilterTag = (typeof callTags)[number];

/** Tags of a few values that are known beforehand, and that every call has. */
export const closedValues: Partial<Record<FilterTag, readonly string[]>> = {
  kind: callKinds,
  status: priceStatuses,
  attempt: ["first", "retry"],
};

export const operators = ["is", "not", "contains"] as const;
export type Operator = (typeof operators)[number];

/** A part of one of a few known values says nothing that the values do not. */
export const operatorsOf = (tag: FilterTag): readonly Operator[] =>
  closedValues[tag] ? ["is", "not"] : operators;

/** One chip. */
export interface FilterPart {
  tag: FilterTag;
  operator: Operator;
  /** Null: calls without the tag. */
  value: string | null;
}

/** As many values of a tag as a report takes, and as many words (server/analytics/schemas.ts). */
const most = { is: 100, not: 100, contains: 20 } as const satisfies Record<Operator, number>;
const Value = storableText(256);

/**
 * A chip as an address writes it: `feature:chat`, `-user:x` (is not), `prompt:~mail` (contains), `team:` (without a team),
 * `-team:` (with any). A value that begins with ~ or = has a = before it.
 */
export function writeFilterPart({ tag, operator, value }: FilterPart): string {
  if (operator === "contains") return `${tag}:~${value ?? ""}`;
  const text = value === null ? "" : /^[~=]/.test(value) ? `=${value}` : value;
  return `${operator === "not" ? "-" : ""}${tag}:${text}`;
}

/** Null for what is no filter by one of these tags. */
export function readFilterPart(text: string, tags: readonly FilterTag[]): FilterPart | null {
  const [, minus, name, rest] = /^(-?)([a-zA-Z]+):([^]*)$/.exec(text) ?? [];
  const tag = tags.find((one) => one === name);
  if (tag === undefined || rest === undefined) return null;
  const operator = minus === "-" ? "not" : "is";
  const closed = closedValues[tag];
  if (closed) return closed.includes(rest) ? { tag, operator, value: rest } : null;
  if (rest === "") return { tag, operator, value: null };
  if (rest.startsWith("~")) {
    const word = rest.slice(1);
    return operator === "is" && Value.safeParse(word).success
      ? { tag, operator: "contains", value: word }
      : null;
  }
  const value = rest.startsWith("=") ? rest.slice(1) : rest;
  return Value.safeParse(value).success ? { tag, operator, value } : null;
}

export const isSamePart = (one: FilterPart, other: FilterPart) =>
  writeFilterPart(one) === writeFilterPart(other);

/** The chips of an address, each once, and what of it is none. */
export function readFilter(
  texts: readonly string[],
  tags: readonly FilterTag[],
): { parts: FilterPart[]; ignored: string[] } {
  const parts: FilterPart[] = [];
  const ignored: string[] = [];
  for (const text of texts) {
    const part = readFilterPart(text, tags);
    if (!part) ignored.push(text);
    else if (parts.some((one) => isSamePart(one, part))) continue;
    else if (alike(parts, part).length >= most[part.operator]) ignored.push(text);
    else parts.push(part);
  }
  return { parts, ignored };
}

const alike = (parts: readonly FilterPart[], { tag, operator }: Omit<FilterPart, "value">) =>
  parts.filter((one) => one.tag === tag && one.operator === operator);

const isText = (value: string | null): value is string => value !== null;

/** What one tag must be, in the terms of the reports; values of an operator are alternatives. */
export function conditionOf(parts: readonly FilterPart[], tag: FilterTag) {
  const of = (operator: Operator) => {
    const values = alike(parts, { tag, operator }).map(({ value }) => value);
    return values.length > 0 ? values : undefined;
  };
  const [is, not, contains] = [of("is"), of("not"), of("contains")?.filter(isText)];
  if (!not && !contains) return is;
  return { ...(is && { is }), ...(not && { not }), ...(contains && { contains }) };
}

/** The chips in the terms of reports.*; tags that no roll-up has are left to whoever asks for them. */
export function toSpendFilter(parts: readonly FilterPart[]): SpendFilter {
  const named = groupings.filter((tag) => parts.some((part) => part.tag === tag));
  return Object.fromEntries(named.map((tag) => [tag, conditionOf(parts, tag)]));
}

/** One value of a tag among the chips: it takes the place of others that the tag is said to be. */
export function withOnly(parts: readonly FilterPart[], tag: FilterTag, value: string | null): FilterPart[] {
  return [...parts.filter((part) => part.tag !== tag), { tag, operator: "is", value }];
}

export const tagLabels = {
  feature: "Feature",
  user: "User",
  account: "Account",
  model: "Model",
  provider: "Provider",
  prompt: "Prompt",
  promptVersion: "Prompt version",
  team: "Team",
  environment: "Environment",
  kind: "Kind",
  error: "Error",
  route: "Route",
  source: "Source",
  key: "Key id",
  run: "Run",
  status: "Price status",
  attempt: "Attempt",
} as const satisfies Record<FilterTag, string>;

/** As a chip says it: "Feature", "is not", "chat". */
export function partWords({ tag, operator, value }: FilterPart): {
  label: string;
  relation: string;
  value: string;
} {
  const label = tagLabels[tag];
  if (value === null) return { label, relation: "is", value: operator === "not" ? "any" : "none" };
  return { label, relation: relations[operator], value };
}

export const relations = { is: "is", not: "is not", contains: "contains" } as const satisfies Record<
  Operator,
  string
>;

export const isGrouping = (tag: FilterTag): tag is Grouping => groupings.some((name) => name === tag);
