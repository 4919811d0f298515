import { z } from "zod";
import { DomainError } from "@/server/errors";

export interface Position {
  /** An instant, or a day. */
  at: Date;
  id: string;
}

const Parts = z.tuple([z.iso.datetime().transform((text) => new Date(text)), z.uuid()]);

export const cursorOf = ({ at, id }: Position): string => `${at.toISOString()}_${id}`;

/** @throws DomainError INVALID_INPUT */
export function parseCursor(cursor: string): Position {
  const parts = Parts.safeParse(cursor.split("_"));
  if (parts.success) return { at: parts.data[0], id: parts.data[1] };
  throw new DomainError("INVALID_INPUT", "This cursor is not one of ours; start again without it.", {
    field: "cursor",
  });
}
