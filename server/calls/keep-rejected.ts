import type { TenantPolicy } from "@/server/attribution/schemas";
import type { Ctx } from "@/server/context";
import { pseudonymise } from "@/server/privacy/pseudonym";
import { insertQuarantine, type QuarantinedCall } from "./insert-query";
import { CallInput, type Rejection } from "./schemas";
import { shelfId } from "./store";

const knownFields = Object.keys(CallInput.shape);
/** What a refused call may be kept with: our own fields, short, so that no prompt comes in by a side door. */
const maxValueLength = 300;

/** The item as far as it can be kept: fields of a call alone, cut short, people under their pseudonyms. */
function keepable(item: unknown, nameUser: (userId: string) => string): Record<string, unknown> {
  if (typeof item !== "object" || item === null) return {};
  const kept: Record<string, unknown> = {};
  for (const name of knownFields) {
    const value: unknown = Object.hasOwn(item, name) ? item[name as keyof typeof item] : undefined;
    if (name === "userId" && typeof value === "string") kept[name] = nameUser(cut(value));
    else if (typeof value === "string") kept[name] = cut(value);
    else if (typeof value === "number" && Number.isFinite(value)) kept[name] = value;
    else if (name === "usage" && typeof value === "object" && value !== null) kept[name] = numbersOf(value);
  }
  return kept;
}

const cut = (text: string) => text.toWellFormed().replaceAll("\0", "").slice(0, maxValueLength);

function numbersOf(usage: object): Record<string, number> {
  const numbers = Object.entries(usage).filter(
    (entry): entry is [string, number] => typeof entry[1] === "number" && Number.isFinite(entry[1]),
  );
  return Object.fromEntries(numbers.slice(0, 30).map(([name, value]) => [cut(name), value]));
}

/** Keeps refused calls aside for people to see, where the sender has no use for the answer. */
export async function keepRejected(
  ctx: Ctx,
  delivery: { source: string; keyId: string | null; calls: readonly unknown[] },
  rejected: readonly Rejection[],
  policy: TenantPolicy,
): Promise<void> {
  const { source, keyId, calls } = delivery;
  const nameUser = (userId: string) => pseudonymise(policy, ctx.tenant.id, userId);
  const shelved = rejected.map(({ index, id, code, field, message }): QuarantinedCall => {
    const call = JSON.stringify(keepable(calls[index], nameUser));
    const callId = id === null || id === "" ? "(none)" : cut(id);
    return { id: shelfId(`${code}\n${callId}\n${call}`), callId, keyId, code, field, message, call };
  });
  const batch = { tenantId: ctx.tenant.id, source, receivedAt: ctx.now };
  await ctx.db.ingest((db) => insertQuarantine(db, batch, shelved));
}
