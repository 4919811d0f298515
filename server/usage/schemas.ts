import { z } from "zod";
import { DecimalUsd, Instant, storableText } from "@/server/calls/schemas";

export const maxItemsPerBatch = 1_000;
/** As live calls: what is older comes through an importer. */
export const maxAgeDays = 35;
export const maxAheadMinutes = 5;

const name = storableText(256);

/** A person used something. */
export const UsageEvent = z
  .strictObject({
    id: storableText(200),
    occurredAt: Instant,
    userId: name.optional(),
    accountId: name.optional(),
    /** The very name that calls carry: cost is joined to usage by it. */
    feature: name.optional(),
    event: storableText(200).default("used"),
  })
  .refine(({ userId, accountId }) => userId ?? accountId, "needs a userId or an accountId");
export type UsageEvent = z.infer<typeof UsageEvent>;

/** What the tenant's app says of one of its users. What it leaves out stays as it was. */
export const UserWord = z.strictObject({
  userId: name,
  accountId: name.optional(),
  plan: name.optional(),
  mrrUsd: DecimalUsd.optional(),
  signedUpAt: Instant.optional(),
  /** When this was so; now, if left out. */
  at: Instant.optional(),
});
export type UserWord = z.infer<typeof UserWord>;

/** Each item is checked by itself, so that one bad one does not cost the good ones. */
const batchOf = (what: string) =>
  z
    .array(z.unknown())
    .min(1, `send at least one ${what}`)
    .max(maxItemsPerBatch, `send at most ${String(maxItemsPerBatch)} ${what}s at once`);
export const RecordUsageInput = z.strictObject({ events: batchOf("event") });
export type RecordUsageInput = z.infer<typeof RecordUsageInput>;
export const IdentifyInput = z.strictObject({ users: batchOf("user") });
export type IdentifyInput = z.infer<typeof IdentifyInput>;

export const usageRejectionCodes = ["INVALID", "TOO_OLD", "TOO_NEW"] as const;

export interface UsageRejection {
  /** Position in the batch. */
  index: number;
  id: string | null;
  code: (typeof usageRejectionCodes)[number];
  field: string | null;
  message: string;
}

export interface RecordUsageAnswer {
  accepted: number;
  duplicates: number;
  rejected: UsageRejection[];
}

export interface IdentifyAnswer {
  accepted: number;
  rejected: UsageRejection[];
}
