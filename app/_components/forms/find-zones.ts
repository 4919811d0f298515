/** "new_york", "New York" and "america/new york" are the same search. */
const fold = (text: string) => text.toLowerCase().replaceAll(/[_/\s-]+/g, " ");

/** Every zone that this browser can reckon in, UTC first. */
export function allZones(): string[] {
  return ["UTC", ...Intl.supportedValuesOf("timeZone").filter((zone) => zone !== "UTC")];
}

/** Zones whose name contains all words of the query; those whose city starts with it come first. */
export function findZones(zones: readonly string[], query: string, limit: number): string[] {
  const words = fold(query).split(" ").filter(Boolean);
  const rank = (zone: string) => (fold(zone.split("/").at(-1) ?? zone).startsWith(words[0] ?? "") ? 0 : 1);
  return zones
    .filter((zone) => words.every((word) => fold(zone).includes(word)))
    .sort((a, b) => rank(a) - rank(b))
    .slice(0, limit);
}
