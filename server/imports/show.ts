import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { DomainError } from "@/server/errors";
import { findRun, listRejections } from "./queries";
import { describeRun } from "./run-state";
import { ShowImportInput } from "./schemas";

const shownRejections = 200;

/** One import: how far it is, how it ended, and its first bad rows. @throws DomainError NOT_FOUND */
export async function showImport(ctx: Ctx, input: ShowImportInput) {
  requireRight(ctx.actor, "calls:import");
  const { id } = ShowImportInput.parse(input);
  const key = { tenantId: ctx.tenant.id, id };
  return ctx.db.read(async (db) => {
    const run = await findRun(db, key);
    if (!run) throw new DomainError("NOT_FOUND", "There is no such import.");
    return { ...describeRun(run, ctx.now), rejections: await listRejections(db, key, shownRejections) };
  });
}
