import { inheritedTags, type SpanTags } from "@/server/traces/schemas";
import type { AttributeValue, DecodedSpan } from "./decoded";
import { fieldOf, objectOf } from "./read";
import { fromResource, type TagName } from "./tag-names";

const aiSdkPrompt = "ai.telemetry.metadata.langfusePrompt";
export const otherTagNames = [aiSdkPrompt];

/** As the ledger takes a tag: longer ones are no names of anything. */
const maxTagBytes = 256;

export interface TagReader {
  chains: Record<TagName, readonly string[]>;
  /** Attributes that the tenant mapped: a resource may carry them too. */
  mapped: ReadonlySet<string>;
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
  const leftOut: TagName[] = [];
  const read = (tag: TagName): string | undefined => {
    for (const name of reader.chains[tag]) {
      const value = textOf(attributeOf(span, name, reader));
      if (value === undefined) continue;
      if (isStorable(value)) return value;
      leftOut.push(tag);
      return undefined;
    }
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

function attributeOf(
  { attributes, resource }: DecodedSpan,
  name: string,
  { mapped }: TagReader,
): AttributeValue | undefined {
  const own = attributes.get(name);
  if (own !== undefined || !(fromResource.has(name) || mapped.has(name))) return own;
  return resource.get(name);
}

function textOf(value: AttributeValue | undefined): string | undefined {
  if (value === undefined || value === null) return undefined;
  return typeof value === "string" ? value : String(value);
}

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
