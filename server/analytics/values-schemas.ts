import { z } from "zod";
import { storableText } from "@/server/calls/schemas";
import { groupings, Stretch } from "./schemas";

/** So many are suggested at most: a list is for choosing from, not for reading. */
export const mostValues = 50;

export const ValuesInput = Stretch.extend({
  tag: z.enum(groupings),
  /** A part of the value, whatever its case; left out: any. */
  search: storableText(256).optional(),
  limit: z.int().min(1).max(mostValues).default(20),
});
export type ValuesInput = z.infer<typeof ValuesInput>;
