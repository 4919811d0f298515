import type { CallInput } from "./schemas";

/** Stands for every value beyond a tag's cap. The call itself is never dropped, nor is its cost. */
export const otherValue = "__other__";

/** A tag and one of its values; free tags are named `tags.<key>`. */
export interface TagValue {
  tag: string;
  value: string;
}

/**
 * Most values of a tag in a day. People, accounts, runs and requests are ids and have none: a report by user must know
 * every user.
 */
const fieldCaps = {
  feature: 500,
  team: 500,
  environment: 100,
  route: 1_000,
  region: 200,
  tier: 100,
  errorClass: 500,
  provider: 100,
  model: 1_000,
} as const satisfies Partial<Record<keyof CallInput, number>>;
const cappedFields = Object.keys(fieldCaps) as (keyof typeof fieldCaps)[];
/** `tags` counts the names of free tags; the values of each count under `tags.<name>`. */
const caps: Record<string, number> = { ...fieldCaps, prompt: 5_000, promptVersion: 5_000, tags: 100 };
const freeTagCap = 500;

export function capOf(tag: string): number {
  return caps[tag] ?? freeTagCap;
}

/** The capped tags of a call. The name of a free tag is itself a value, of `tags`. */
export function cappedTags(call: CallInput): TagValue[] {
  const found: TagValue[] = [];
  for (const tag of cappedFields) {
    const value = call[tag];
    if (value !== undefined) found.push({ tag, value });
  }
  const { id, hash, version = id === undefined ? undefined : hash } = call.prompt ?? {};
  const prompt = id ?? hash;
  if (prompt !== undefined) found.push({ tag: "prompt", value: prompt });
  if (version !== undefined) found.push({ tag: "promptVersion", value: version });
  for (const key in call.tags) {
    found.push({ tag: "tags", value: key });
    const value = call.tags[key];
    if (value !== undefined) found.push({ tag: `tags.${key}`, value });
  }
  return found;
}

/**
 * The call with every one of its `tags` that `fits` refuses replaced; the same object if it refuses none. A value beyond
 * its cap must change neither a price nor what a repeat is, so this comes after both.
 */
export function foldTags(
  call: CallInput,
  tags: readonly TagValue[],
  fits: (tag: TagValue) => boolean,
): CallInput {
  const refused = tags.filter((tag) => !fits(tag));
  if (refused.length === 0) return call;
  const folded: CallInput = { ...call, ...(call.tags && { tags: { ...call.tags } }) };
  for (const { tag, value } of refused) {
    if (tag === "tags") foldName(folded, value);
    else if (tag.startsWith("tags.")) foldValue(folded, tag.slice("tags.".length));
    else if (tag === "prompt") folded.prompt = { id: otherValue };
    else if (tag === "promptVersion") folded.prompt = { ...folded.prompt, version: otherValue };
    else Object.assign(folded, { [tag]: otherValue });
  }
  return folded;
}

/** No sender's own name begins with an underscore (schemas.ts), so this one cannot clash. */
function foldName(call: CallInput, name: string): void {
  const kept = Object.entries(call.tags ?? {}).filter(([key]) => key !== name);
  call.tags = Object.fromEntries([...kept, [otherValue, otherValue]]);
}

function foldValue(call: CallInput, name: string): void {
  if (call.tags && Object.hasOwn(call.tags, name)) call.tags[name] = otherValue;
}
