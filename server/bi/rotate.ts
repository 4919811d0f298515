import { recordAudit } from "@/server/audit/record";
import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { DomainError } from "@/server/errors";
import { loginOf, newPassword } from "./login";
import { rotateReaderRole } from "./queries";
import { ReaderInput } from "./schemas";

/**
 * Gives a reader another password, shown this once, and ends its sessions. What a dump does not hold, the role itself,
 * is made anew with it.
 * @throws DomainError NOT_FOUND
 */
export async function rotateReader(ctx: Ctx, input: ReaderInput) {
  requireRight(ctx.actor, "bi:write");
  const { id } = ReaderInput.parse(input);
  const { password, verifier } = newPassword();
  const roleName = await ctx.db.write(async (db) => {
    const rotated = await rotateReaderRole(db, { id, verifier, rotatedAt: ctx.now });
    if (rotated === null) throw new DomainError("NOT_FOUND", "There is no such reader.");
    await recordAudit(db, ctx, { action: "bi-reader.rotated", subject: id, after: { roleName: rotated } });
    return rotated;
  });
  return { id, ...loginOf(roleName, password) };
}
