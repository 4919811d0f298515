/**
 * What tells one series of many from the others. Tremor knows colours by its palette's names only; globals.css gives those
 * our tones. The classes are spelled out because Tailwind reads them here.
 */
export interface SeriesColour {
  tremor: "blue" | "orange" | "green" | "pink" | "violet" | "yellow" | "sky" | "red" | "gray" | "stone";
  background: string;
}

const slots = [
  { tremor: "blue", background: "bg-series-1" },
  { tremor: "orange", background: "bg-series-2" },
  { tremor: "green", background: "bg-series-3" },
  { tremor: "pink", background: "bg-series-4" },
  { tremor: "violet", background: "bg-series-5" },
  { tremor: "yellow", background: "bg-series-6" },
  { tremor: "sky", background: "bg-series-7" },
  { tremor: "red", background: "bg-series-8" },
] as const satisfies readonly SeriesColour[];

/** More series than this cannot be told apart. */
export const mostSeries = slots.length;

/** All the others together. */
export const restColour: SeriesColour = { tremor: "gray", background: "bg-series-rest" };

/** Calls without the tag. */
const noneColour: SeriesColour = { tremor: "stone", background: "hatched" };

/** FNV-1a. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const character of text) value = Math.imul(value ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return value;
}

/**
 * A colour for each key, of at most `mostSeries`. It follows from the key and not from its rank, so a feature keeps its
 * colour when the range or the order changes; only where two keys want the same does one of them step aside.
 */
export function coloursByKey(keys: readonly (string | null)[]): (key: string | null) => SeriesColour {
  const named = keys.filter((key): key is string => key !== null);
  const taken = new Map<number, string>();
  const colours = new Map<string, SeriesColour>();
  const inTurn = named.map((key) => ({ key, wish: hash(key) })).sort((a, b) => a.wish - b.wish);
  for (const { key, wish } of inTurn) {
    const free = slots.findIndex((_, step) => !taken.has((wish + step) % slots.length));
    if (free === -1) continue;
    const slot = (wish + free) % slots.length;
    taken.set(slot, key);
    colours.set(key, slots[slot] ?? restColour);
  }
  return (key) => (key === null ? noneColour : (colours.get(key) ?? restColour));
}
