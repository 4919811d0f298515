/** A body as the items that it brings, and how many of its lines could not be read. */
export type Delivery = { ok: true; items: unknown[]; badLines: number } | { ok: false; reason: string };

const notJson = (where: string): Delivery => ({ ok: false, reason: `The ${where} is not valid JSON.` });

function parse(text: string): { value: unknown } | null {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return null;
  }
}

const isObject = (value: unknown) => typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * A JSON array, one object, or an object a line: told apart by looking, because LiteLLM sends all three as
 * application/json. Lines that cannot be read do not cost the others anything; a body without a good one is refused.
 */
export function readDelivery(text: string): Delivery {
  const body = text.replace(/^\uFEFF/, "").trim();
  if (body === "") return { ok: false, reason: "The body is empty." };
  const whole = parse(body);
  if (whole && Array.isArray(whole.value)) return { ok: true, items: whole.value, badLines: 0 };
  if (whole && isObject(whole.value)) return { ok: true, items: [whole.value], badLines: 0 };
  if (whole) return { ok: false, reason: "Send an object, an array of objects, or one object a line." };
  return body.startsWith("{") ? readLines(body) : notJson("body");
}

function readLines(body: string): Delivery {
  const lines = body.split("\n").filter((line) => line.trim() !== "");
  const read = lines.map(parse);
  const items = read.flatMap((line) => (line && isObject(line.value) ? [line.value] : []));
  if (items.length === 0) return notJson("body");
  return { ok: true, items, badLines: lines.length - items.length };
}
