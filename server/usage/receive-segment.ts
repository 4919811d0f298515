import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { DomainError } from "@/server/errors";
import { identifyUsers } from "./identify";
import { recordUsage } from "./record";
import { maxItemsPerBatch, type UsageRejection } from "./schemas";
import { readSegment, type SegmentType } from "./segment";

/** Of one message, as its senders are told to keep to. */
export const maxMessageBytes = 32 * 1024;
/** Of a whole batch. */
export const maxBatchBytes = 500 * 1024;

export interface SegmentAnswer {
  accepted: number;
  duplicates: number;
  /** Pages, screens, groups and aliases: taken, and nothing of them kept. */
  ignored: number;
  rejected: Pick<UsageRejection, "index" | "field" | "message">[];
}

interface Places<T> {
  items: T[];
  /** Where each stood in the batch. */
  indices: number[];
}

/**
 * What a Segment-style sender posts: one message, or `{"batch": […]}`. Good messages are stored whatever the others are.
 * @param type what the path says; undefined for a batch, whose messages say it themselves
 * @throws DomainError FORBIDDEN, INVALID_INPUT (no message at all), UNAVAILABLE (send again)
 */
export async function receiveSegment(
  ctx: Ctx,
  { body, type }: { body: Uint8Array; type: SegmentType | undefined },
): Promise<SegmentAnswer> {
  requireRight(ctx.actor, "usage:write");
  const messages = messagesOf(body, type === undefined);
  const answer: SegmentAnswer = { accepted: 0, duplicates: 0, ignored: 0, rejected: [] };
  const events: Places<unknown> = { items: [], indices: [] };
  const words: Places<unknown> = { items: [], indices: [] };
  messages.forEach((item, index) => {
    const message = isTooLarge(item)
      ? { kind: "fault" as const, message: "is larger than 32 KB" }
      : readSegment(item, type, ctx.now);
    if (message.kind === "ignored") answer.ignored += 1;
    else if (message.kind === "fault") answer.rejected.push({ index, field: null, message: message.message });
    else {
      const { items, indices } = message.kind === "event" ? events : words;
      items.push(withoutGaps(message.kind === "event" ? message.event : message.word));
      indices.push(index);
    }
  });
  for (const part of parts(events)) {
    const stored = await recordUsage(ctx, { events: part.items }, { source: "segment" });
    add(answer, part, stored);
  }
  for (const part of parts(words)) {
    const stored = await identifyUsers(ctx, { users: part.items });
    add(answer, part, { ...stored, duplicates: 0 });
  }
  answer.rejected.sort((one, other) => one.index - other.index);
  return answer;
}

function messagesOf(body: Uint8Array, isBatch: boolean): unknown[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(new TextDecoder().decode(body));
  } catch (cause) {
    throw new DomainError("INVALID_INPUT", "The body is not valid JSON.", {}, { cause });
  }
  if (!isBatch) return [parsed];
  const batch = typeof parsed === "object" && parsed !== null && "batch" in parsed ? parsed.batch : null;
  if (!Array.isArray(batch))
    throw new DomainError("INVALID_INPUT", 'Send {"batch": […]}.', { field: "batch" });
  return batch as unknown[];
}

function isTooLarge(item: unknown): boolean {
  try {
    return Buffer.byteLength(JSON.stringify(item)) > maxMessageBytes;
  } catch {
    // Nested deeper than can be written out (reliability P26).
    return true;
  }
}

const withoutGaps = (item: object) =>
  Object.fromEntries(
    (Object.entries(item) as [string, unknown][]).filter(([, value]) => value !== undefined),
  );

function* parts<T>({ items, indices }: Places<T>): Generator<Places<T>> {
  for (let from = 0; from < items.length; from += maxItemsPerBatch) {
    const to = from + maxItemsPerBatch;
    yield { items: items.slice(from, to), indices: indices.slice(from, to) };
  }
}

function add(
  answer: SegmentAnswer,
  { indices }: Places<unknown>,
  stored: { accepted: number; duplicates: number; rejected: readonly UsageRejection[] },
): void {
  answer.accepted += stored.accepted;
  answer.duplicates += stored.duplicates;
  for (const { index, field, message } of stored.rejected)
    answer.rejected.push({ index: indices[index] ?? index, field, message });
}
