import { z } from "zod";
import { Prisma } from "@/prisma/generated/client";
import { ExportState } from "./schemas";

export const whole = z.string().transform((text) => BigInt(text));
export const ExportRowShape = z.object({
  id: z.string(),
  meterId: z.string(),
  accountId: z.string(),
  customerId: z.string(),
  windowStart: z.date(),
  revision: z.number(),
  generation: z.number(),
  identifier: z.string(),
  value: whole,
  total: whole,
  state: ExportState,
  attempts: z.number(),
  createdAt: z.date(),
  triedAt: z.date().nullable(),
  unsureSince: z.date().nullable(),
  acceptedAt: z.date().nullable(),
  settledAt: z.date().nullable(),
  failureCode: z.string().nullable(),
  failure: z.string().nullable(),
});
export type ExportRow = z.infer<typeof ExportRowShape>;
export const exportColumns =
  Prisma.raw(`id, meter_id AS "meterId", account_id AS "accountId", customer_id AS "customerId",
  window_start AS "windowStart", revision, generation, identifier, value::text AS value, total::text AS total, state, attempts,
  created_at AS "createdAt", tried_at AS "triedAt", unsure_since AS "unsureSince", accepted_at AS "acceptedAt",
  settled_at AS "settledAt", failure_code AS "failureCode", failure`);
export const exportRows = (found: unknown) => z.array(ExportRowShape).parse(found);
