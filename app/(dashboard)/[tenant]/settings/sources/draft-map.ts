import type { AttributeMap, mappableTags } from "@/server/attribution/schemas";

export interface MapLine {
  attribute: string;
  tag: (typeof mappableTags)[number];
}

/** A map as lines of a form, in one order. */
export function linesOf(map: AttributeMap): MapLine[] {
  return Object.entries(map)
    .map(([attribute, tag]) => ({ attribute, tag }))
    .sort((one, other) => (one.attribute < other.attribute ? -1 : 1));
}

/** Lines as a map; blank ones are none. Says which attribute is there twice, for the later line would win in silence. */
export function mapOf(
  lines: readonly MapLine[],
): { ok: true; map: AttributeMap } | { ok: false; twice: string } {
  const map = new Map<string, MapLine["tag"]>();
  for (const { attribute, tag } of lines) {
    const name = attribute.trim();
    if (name === "") continue;
    if (map.has(name)) return { ok: false, twice: name };
    map.set(name, tag);
  }
  return { ok: true, map: Object.fromEntries(map) };
}
