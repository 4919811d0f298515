import { z } from "zod";
import { printable } from "@/server/auth/schemas";

export const TenantName = z
  .string()
  .trim()
  .min(1, "must not be empty")
  .max(80)
  .regex(printable, "must be printable");

/** A zone that this runtime can reckon in; Postgres is asked as well before it is stored. */
export const TimeZone = z
  .string()
  .max(64)
  .regex(/^[A-Za-z][A-Za-z0-9_+\-/]*$/, "must be an IANA time zone")
  .refine(isKnownZone, "must be an IANA time zone such as Asia/Kolkata");

function isKnownZone(timeZone: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone });
    return true;
  } catch {
    return false;
  }
}

export const CreateTenantInput = z.strictObject({ name: TenantName, timeZone: TimeZone });
export type CreateTenantInput = z.input<typeof CreateTenantInput>;

export const UpdateTenantInput = z
  .strictObject({
    name: TenantName.optional(),
    timeZone: TimeZone.optional(),
    latencyBufferMinutes: z.int().min(15).max(2880).optional(),
  })
  .refine((input) => Object.keys(input).length > 0, "must change something");
export type UpdateTenantInput = z.input<typeof UpdateTenantInput>;
