import { createHash } from "node:crypto";
import type { Db } from "@/server/db";
import { headText, type HashedHead, lineText } from "./canonical";
import { linesAfter } from "./line-queries";

const linesAtOnce = 5_000;

/** SHA-256, in hex, over head and lines as they are stored, in the order of the lines' numbers. */
export async function contentHash(db: Db, tenantId: string, head: HashedHead): Promise<string> {
  const hash = createHash("sha256").update(headText(tenantId, head));
  for (let after = 0, more = true; more;) {
    const lines = await linesAfter(db, { tenantId, ...head }, after, linesAtOnce);
    for (const line of lines) hash.update(lineText(line));
    after = lines.at(-1)?.n ?? after;
    more = lines.length === linesAtOnce;
  }
  return hash.digest("hex");
}
