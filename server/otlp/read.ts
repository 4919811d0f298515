import type { Attributes } from "./decoded";

/** The first of these that holds a scalar, as text. */
export function textOf(attributes: Attributes, names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = attributes.get(name);
    if (value !== undefined && value !== null) return typeof value === "string" ? value : String(value);
  }
  return undefined;
}

/**
 * The first of these that is there, as a number. What is no count of anything (a list, "many") is NaN, which the ledger
 * refuses: a figure about money is never passed over in silence (reliability P22).
 */
export function countOf(attributes: Attributes, names: readonly string[]): number | undefined {
  for (const name of names) {
    const value = attributes.get(name);
    if (value === undefined) continue;
    if (typeof value === "number") return value;
    return typeof value === "string" && /^-?\d{1,19}(\.\d+)?$/.test(value) ? Number(value) : Number.NaN;
  }
  return undefined;
}

/** JSON in an attribute is a few hundred bytes; what is much longer is no usage object. */
const longestJson = 64 * 1024;

/** The JSON object that this attribute holds as text, or undefined. */
export function objectOf(attributes: Attributes, name: string): object | undefined {
  const text = attributes.get(name);
  if (typeof text !== "string" || text.length > longestJson || !text.startsWith("{")) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

export function fieldOf(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return undefined;
  return (value as Record<string, unknown>)[name];
}
