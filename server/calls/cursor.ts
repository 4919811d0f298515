import { z } from "zod";
import { DomainError } from "@/server/errors";
import type { CallRow } from "./call-row";
import { DecimalUsd, Instant, storableText } from "./schemas";

const Cursor = z.tuple([Instant, storableText(200), DecimalUsd.nullable()]);

export interface CallPosition {
  occurredAt: Date;
  id: string;
  costUsd: string | null;
}

/** Where a page ended, as an opaque text. */
export function cursorOf(row: CallRow): string {
  return Buffer.from(JSON.stringify([row.occurredAt, row.id, row.costUsd])).toString("base64url");
}

/** @throws DomainError INVALID_INPUT */
export function parseCursor(cursor: string): CallPosition {
  try {
    const [occurredAt, id, costUsd] = Cursor.parse(JSON.parse(Buffer.from(cursor, "base64url").toString()));
    return { occurredAt: new Date(occurredAt), id, costUsd };
  } catch (error) {
    throw new DomainError(
      "INVALID_INPUT",
      "This cursor is not one of ours; start again without it.",
      { field: "cursor" },
      { cause: error },
    );
  }
}
