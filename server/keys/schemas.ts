import { z } from "zod";
import { printable } from "@/server/auth/schemas";
import { Scope } from "@/server/auth/permissions";

export const KeyName = z
  .string()
  .trim()
  .min(1, "must not be empty")
  .max(80)
  .regex(printable, "must be printable");

const Pin = z.string().trim().min(1).max(64).regex(printable, "must be printable");

/** Tags that the key sets on all its calls (server/auth/permissions.ts, Pins). */
export const KeyPins = z.strictObject({ environment: Pin.optional(), team: Pin.optional() });

export const CreateKeyInput = z.strictObject({
  name: KeyName,
  scopes: z
    .array(Scope)
    .min(1, "must name one scope or more")
    .max(8)
    .transform((chosen) => [...new Set(chosen)]),
  pins: KeyPins.default({}),
  /** An instant with its offset; null is a key that lasts until it is revoked. */
  expiresAt: z.iso.datetime({ offset: true }).nullable().default(null),
});
export type CreateKeyInput = z.input<typeof CreateKeyInput>;

export const RevokeKeyInput = z.strictObject({ id: z.uuid() });
export type RevokeKeyInput = z.input<typeof RevokeKeyInput>;
