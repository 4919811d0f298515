import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { listDayReads } from "./bill-query";
import { BillReadsInput } from "./schemas";

/** Each read of each of the days, and whether it said something else than the one before of the same connection. */
export async function billReads(ctx: Ctx, input: BillReadsInput) {
  requireRight(ctx.actor, "sources:read");
  const { provider, first, last } = BillReadsInput.parse(input);
  const reads = await ctx.db.read((db) =>
    listDayReads(db, { tenantId: ctx.tenant.id, provider, first, last }),
  );
  const said = new Map<string, string>();
  return {
    reads: reads.map(({ pullId, stream, day, readAt, digest, fileKind }) => {
      const key = `${stream} ${day}`;
      const before = said.get(key);
      said.set(key, digest);
      const connectionId = fileKind === null ? stream : null;
      return {
        pullId,
        connectionId,
        day,
        readAt: readAt.toISOString(),
        isChange: before !== undefined && before !== digest,
      };
    }),
  };
}
