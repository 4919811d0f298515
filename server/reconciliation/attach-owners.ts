import { hasRight } from "@/server/auth/permissions";
import { localDay } from "@/server/calendar/local-day";
import type { Ctx } from "@/server/context";
import { listOwned, noteGone } from "./owner-queries";
import type { GoneDifference, Link } from "./schemas";
import { withOwners } from "./with-owners";

/**
 * Puts beside the differences what was said of them. What is gone is noted as gone when somebody looks who may close months:
 * whoever only reads changes nothing.
 * @param isOfSide which links the caller has looked at: of others nothing is known
 */
export async function attachOwners(
  ctx: Ctx,
  month: string,
  links: readonly Link[],
  isOfSide: (link: string) => boolean,
): Promise<{ links: Link[]; gone: GoneDifference[] }> {
  const tenantId = ctx.tenant.id;
  const owned = (await ctx.db.read((db) => listOwned(db, tenantId, month))).filter(({ link }) => isOfSide(link));
  const { changes, gone, ...joined } = withOwners(links, owned, localDay(ctx.now, ctx.tenant.timeZone));
  const mayNote = ctx.actor.kind === "person" && hasRight(ctx.actor, "periods:write");
  if (!mayNote || changes.gone.length + changes.back.length === 0) return { ...joined, gone };
  await ctx.db.write(async (db) => {
    await noteGone(db, { tenantId, month }, changes.gone, ctx.now);
    await noteGone(db, { tenantId, month }, changes.back, null);
  });
  const now = ctx.now.toISOString();
  return { ...joined, gone: gone.map((one) => ({ ...one, goneAt: one.goneAt ?? now })) };
} // prettier-ignore
