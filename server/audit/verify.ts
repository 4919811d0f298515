import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { emptyChain, followChain } from "./chain";
import { entriesAfter } from "./queries";

const pageSize = 1_000;

/** Recomputes the tenant's chain from its first entry; `brokenAt` is the number at which it does not hold. */
export async function verifyAudit(
  ctx: Ctx,
): Promise<{ events: string; brokenAt: string | null; lastHash: string }> {
  requireRight(ctx.actor, "audit:read");
  return ctx.db.read(async (db) => {
    let end = emptyChain;
    for (;;) {
      const page = await entriesAfter(db, { tenantId: ctx.tenant.id, seq: end.seq, limit: pageSize });
      const followed = followChain(end, page);
      end = followed.end;
      if (followed.brokenAt !== null || page.length < pageSize) {
        const brokenAt = followed.brokenAt === null ? null : String(followed.brokenAt);
        return { events: String(end.seq), brokenAt, lastHash: Buffer.from(end.hash).toString("hex") };
      }
    }
  });
}
