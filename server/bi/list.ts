import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { biAddress } from "./login";
import { listReaderRows } from "./queries";

/** The tenant's readers, newest first, and where they connect; never their passwords, which nobody has. */
export async function listReaders(ctx: Ctx) {
  requireRight(ctx.actor, "bi:read");
  const rows = await ctx.db.read((db) => listReaderRows(db, ctx.tenant.id));
  return {
    address: biAddress(),
    readers: rows.map(({ id, name, roleName, createdAt, rotatedAt }) => ({
      id,
      name,
      user: roleName,
      createdAt: createdAt.toISOString(),
      rotatedAt: rotatedAt?.toISOString() ?? null,
    })),
  };
}
