import { randomUUID } from "node:crypto";
import { recordAudit } from "@/server/audit/record";
import { actorId, requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { DomainError } from "@/server/errors";
import { loginOf, newPassword, newRoleName } from "./login";
import { insertReader } from "./queries";
import { CreateReaderInput, readersPerTenant } from "./schemas";

const noRoom = {
  "tenant full": `There are ${readersPerTenant} readers already. Revoke one that is not used any more.`,
  "server full":
    "The database server has no connections to spare for another reader: half of them are readers’ already.",
  "server too old": "BI access needs PostgreSQL 16 or newer.",
} as const;

/**
 * Makes a login of the database that reads this tenant's views and nothing else. The answer is the only time that
 * anybody sees its password.
 * @throws DomainError CONFLICT when the tenant or the server has no room for another
 */
export async function createReader(ctx: Ctx, input: CreateReaderInput) {
  requireRight(ctx.actor, "bi:write");
  const { name } = CreateReaderInput.parse(input);
  const id = randomUUID();
  const roleName = newRoleName();
  const { password, verifier } = newPassword();
  await ctx.db.write(async (db) => {
    const createdBy = actorId(ctx.actor);
    const outcome = await insertReader(db, { id, roleName, verifier, name, createdBy, createdAt: ctx.now });
    if (outcome !== "made") throw new DomainError("CONFLICT", noRoom[outcome]);
    await recordAudit(db, ctx, { action: "bi-reader.created", subject: id, after: { name, roleName } });
  });
  return { id, name, ...loginOf(roleName, password) };
}
