import { z } from "zod";
import { Month } from "@/server/periods/schemas";
import { AccountId, DifferenceClass, ExportState } from "./schemas";

/** Which hours of usage: all of what is said must hold. */
const scope = {
  meterId: z.uuid().optional(),
  accountId: AccountId.optional(),
  /** By the instant at which Stripe bills the hour, in the tenant's zone. */
  month: Month.optional(),
};
const page = {
  /** As the answer before gave it. */
  cursor: z.string().max(200).optional(),
  limit: z.int().min(1).max(200).default(50),
};

export const ListWindowsInput = z.strictObject({ ...scope, state: ExportState.optional(), ...page });
export type ListWindowsInput = z.input<typeof ListWindowsInput>;

export const SumWindowsInput = z.strictObject(scope);
export type SumWindowsInput = z.input<typeof SumWindowsInput>;

export const ListDifferencesInput = z.strictObject({ ...scope, class: DifferenceClass.optional(), ...page });
export type ListDifferencesInput = z.input<typeof ListDifferencesInput>;
