import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import type { FileRow } from "./read-rows";

const maxLineCharacters = 1_000_000;
const maxDepth = 4;

/** {"usage":{"inputTokens":3}} as usage.inputTokens → "3". Lists and nulls are left out. */
function flatten(value: object, prefix: string, into: Map<string, string>, depth: number): void {
  for (const [name, inner] of Object.entries(value) as [string, unknown][]) {
    const path = prefix + name;
    if (typeof inner === "string") into.set(path, inner);
    else if (typeof inner === "number" || typeof inner === "boolean") into.set(path, String(inner));
    else if (typeof inner === "object" && inner !== null && !Array.isArray(inner) && depth < maxDepth)
      flatten(inner, `${path}.`, into, depth + 1);
  }
}

/** Rows of a file with one JSON object a line, streamed. */
export async function* readJsonl(file: string): AsyncGenerator<FileRow> {
  const source = createReadStream(file);
  let line = 0;
  for await (const text of createInterface({ input: source, crlfDelay: Infinity })) {
    line += 1;
    const bytes = source.bytesRead;
    if (text.trim() === "") continue;
    if (text.length > maxLineCharacters) {
      yield { line, bytes, fault: "is longer than a million characters" };
      continue;
    }
    yield { line, bytes, ...valuesOf(text) };
  }
}

function valuesOf(text: string): { values: Map<string, string> } | { fault: string } {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return { fault: "is not JSON" };
  }
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed))
    return { fault: "is not a JSON object" };
  const values = new Map<string, string>();
  flatten(parsed, "", values, 1);
  return { values };
}
