import type { z } from "zod";
import { maxAgeDays, maxAheadMinutes, UsageEvent, type UsageRejection, UserWord } from "./schemas";

export type Admission<T> = { ok: true; item: T } | { ok: false; rejection: UsageRejection };
type Fault = Pick<UsageRejection, "code" | "field" | "message">;

// JSON.parse makes these own keys, which a schema passes over in silence (reliability P58).
const poisonous = ["__proto__", "constructor", "prototype"];

function textAt(item: unknown, key: string): string | null {
  const value: unknown = typeof item === "object" && item !== null ? Reflect.get(item, key) : null;
  return typeof value === "string" ? value.slice(0, 200) : null;
}

function check<T>(schema: z.ZodType<T>, item: unknown): { item: T } | Fault {
  const poison = poisonous.find(
    (key) => typeof item === "object" && item !== null && Object.hasOwn(item, key),
  );
  if (poison !== undefined) return { code: "INVALID", field: poison, message: "this name is not allowed" };
  const parsed = schema.safeParse(item);
  if (parsed.success) return { item: parsed.data };
  const issue = parsed.error.issues[0];
  if (issue?.code === "unrecognized_keys")
    return { code: "INVALID", field: issue.keys[0]?.slice(0, 300) ?? null, message: "is not a field of it" };
  const field = issue?.path.map(String).join(".") ?? "";
  return {
    code: "INVALID",
    field: field === "" ? null : field,
    message: issue?.message ?? "is not an object",
  };
}

function outsideWindow(field: string, instant: string, now: Date, anyAge: boolean): Fault | null {
  const ageMs = now.getTime() - Date.parse(instant);
  if (ageMs < -maxAheadMinutes * 60_000)
    return { code: "TOO_NEW", field, message: `is more than ${maxAheadMinutes} minutes ahead of our clock` };
  if (!anyAge && ageMs > maxAgeDays * 86_400_000)
    return { code: "TOO_OLD", field, message: `is more than ${maxAgeDays} days ago` };
  return null;
}

/** Checks one event. Never throws: what is wrong with it is said in its rejection. */
export function admitEvent(item: unknown, index: number, now: Date): Admission<UsageEvent> {
  const reject = (fault: Fault) => ({
    ok: false as const,
    rejection: { index, id: textAt(item, "id"), ...fault },
  });
  const checked = check(UsageEvent, item);
  if (!("item" in checked)) return reject(checked);
  const fault = outsideWindow("occurredAt", checked.item.occurredAt, now, false);
  return fault ? reject(fault) : { ok: true, item: checked.item };
}

/** A word may be of any age: it tells what was so since then. One from the future would outlast all that follow. */
export function admitWord(item: unknown, index: number, now: Date): Admission<UserWord> {
  const reject = (fault: Fault) => ({
    ok: false as const,
    rejection: { index, id: textAt(item, "userId"), ...fault },
  });
  const checked = check(UserWord, item);
  if (!("item" in checked)) return reject(checked);
  const fault = checked.item.at === undefined ? null : outsideWindow("at", checked.item.at, now, true);
  return fault ? reject(fault) : { ok: true, item: checked.item };
}
