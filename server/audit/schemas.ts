import { z } from "zod";

export const ListAuditInput = z.strictObject({
  /** The sequence number after which (going back in time) to continue, from the page before. */
  cursor: z
    .string()
    .regex(/^[1-9]\d{0,17}$/, "must be a cursor from an earlier page")
    .nullish(),
  limit: z.int().min(1).max(200).default(50),
});
export type ListAuditInput = z.input<typeof ListAuditInput>;
