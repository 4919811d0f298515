import type { Ctx } from "@/server/context";
import type { StatementKey } from "./line-queries";
import { type StatementUsage, usageAfter, wholeLinesAfter } from "./usage-queries";

const rowsAtOnce = 2_000;

/**
 * What a statement's lines of usage are made of, some rows at a time: by day and by price, then lines of which nothing more
 * is kept. Their costs sum to the lines of kinds usage and late, exactly.
 */
export async function* usageByPrice(ctx: Ctx, key: StatementKey): AsyncIterable<StatementUsage[]> {
  for (const read of [usageAfter, wholeLinesAfter]) {
    for (let after = 0, more = true; more;) {
      const rows = await ctx.db.read((db) => read(db, key, after, rowsAtOnce));
      if (rows.length > 0) yield rows;
      after = rows.at(-1)?.n ?? after;
      more = rows.length === rowsAtOnce;
    }
  }
}
