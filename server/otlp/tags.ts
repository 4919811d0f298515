import type { AttributeMap } from "@/server/attribution/schemas";
import { inheritedTags, type SpanTags } from "@/server/traces/schemas";
import type { Attributes, DecodedSpan } from "./decoded";
import { fieldOf, objectOf } from "./read";
import { chainsOf, fromResource, type TagName } from "./tag-names";

const aiSdkPrompt = "ai.telemetry.metadata.langfusePrompt";
export const otherTagNames = [aiSdkPrompt];

/** As the ledger takes a tag: longer ones are no names of anything. */
const maxTagBytes = 256;

/** Where a name of an attribute stands in the order of names that tell a tag. */
interface Place {
  tag: TagName;
  /** The lower the better. */
  rank: number;
  isOfResource: boolean;
}
/** By the name of an attribute: a span has a dozen of them, and a tag may go by as many names. */
export type TagReader = ReadonlyMap<string, readonly Place[]>;

/** @param map the tenant's own names, which go before ours and may stand in a resource too */
export function tagReader(map: AttributeMap): TagReader {
  const places = new Map<string, Place[]>();
  for (const [tag, names] of Object.entries(chainsOf(map)) as [TagName, readonly string[]][]) {
    names.forEach((name, rank) => {
      const isOfResource = fromResource.has(name) || Object.hasOwn(map, name);
      places.set(name, [...(places.get(name) ?? []), { tag, rank, isOfResource }]);
    });
  }
  return places;
}

export interface ReadTags {
  /** The span's own. */
  tags: SpanTags;
  region: string | undefined;
  tier: string | undefined;
  runId: string | undefined;
  session: string | undefined;
  promptHash: string | undefined;
  /** Tags that were there but cannot be stored: too long, or holding what is no text. */
  leftOut: TagName[];
}

export function readTags(span: DecodedSpan, reader: TagReader): ReadTags {
  const found = new Map<TagName, { rank: number; text: string }>();
  collect(found, span.attributes, reader, false);
  collect(found, span.resource, reader, true);
  const leftOut: TagName[] = [];
  const read = (tag: TagName): string | undefined => {
    const text = found.get(tag)?.text;
    if (text === undefined || isStorable(text)) return text;
    leftOut.push(tag);
    return undefined;
  };
  const tags: SpanTags = {};
  for (const tag of inheritedTags) {
    const value = read(tag);
    if (value !== undefined) tags[tag] = value;
  }
  if (tags.promptId === undefined) addAiSdkPrompt(tags, span);
  return {
    tags,
    region: read("region"),
    tier: read("tier"),
    runId: read("runId"),
    session: read("session"),
    promptHash: read("promptHash"),
    leftOut,
  };
}

/** Keeps of each tag the text of the best name so far; of one name, what came first. */
function collect(
  found: Map<TagName, { rank: number; text: string }>,
  attributes: Attributes,
  reader: TagReader,
  isResource: boolean,
): void {
  for (const [name, value] of attributes) {
    if (value === null) continue;
    for (const { tag, rank, isOfResource } of reader.get(name) ?? none) {
      if (isResource && !isOfResource) continue;
      const best = found.get(tag);
      if (best === undefined || rank < best.rank) found.set(tag, { rank, text: String(value) });
    }
  }
}
const none: readonly Place[] = [];

/** A character has three bytes of UTF-8 at most, so only long texts need counting. */
function isStorable(text: string): boolean {
  const fits = text.length * 3 <= maxTagBytes || Buffer.byteLength(text) <= maxTagBytes;
  return fits && text.isWellFormed() && !text.includes("\0");
}

/** Langfuse's prompts under the AI SDK 4 to 6 are one attribute of JSON. */
function addAiSdkPrompt(tags: SpanTags, { attributes }: DecodedSpan): void {
  const prompt = objectOf(attributes, aiSdkPrompt);
  if (prompt === undefined) return;
  const name = fieldOf(prompt, "name");
  const version = fieldOf(prompt, "version");
  if (typeof name !== "string" || name === "" || !isStorable(name)) return;
  tags.promptId = name;
  if (typeof version === "number") tags.promptVersion = String(version);
}
