import { createHash } from "node:crypto";

/**
 * Gives each row the id of its call. A row without an id of its own is known by what it says and by how many the same came
 * before it in the file: the same file twice changes nothing, and rows that are alike are all kept.
 */
export class RowIds {
  // 16 bytes of digest a distinct row, as a Latin-1 string: about 100 bytes each, so 100 MB for a million rows.
  private readonly seen = new Map<string, number>();

  idOf(row: { id: string | null; content: string }): string {
    if (row.id !== null) return row.id;
    const digest = createHash("sha256").update(row.content).digest().toString("latin1").slice(0, 16);
    const earlier = this.seen.get(digest) ?? 0;
    this.seen.set(digest, earlier + 1);
    return `import-${createHash("sha256")
      .update(`${String(earlier)}\n${row.content}`)
      .digest("hex")
      .slice(0, 40)}`;
  }
}
