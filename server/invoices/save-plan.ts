import { randomUUID } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { recordAudit } from "@/server/audit/record";
import type { Ctx } from "@/server/context";
import { DomainError } from "@/server/errors";
import { holdBooks } from "@/server/periods/hold-books";
import { findPlan, insertPlan, isPlanNameTaken } from "./plan-queries";
import { SavePlanInput } from "./plan-schemas";
import { requireBiller } from "./requirements";

/**
 * Makes a rate plan, or another version of one: invoices keep the version that they were computed with. Saving what is in
 * force already makes none.
 * @throws DomainError NOT_FOUND; CONFLICT where somebody else has saved a version meanwhile, or another plan has the name
 */
export async function savePlan(ctx: Ctx, input: SavePlanInput): Promise<{ id: string; version: number }> {
  const by = requireBiller(ctx);
  const { id: given, baseVersion, terms } = SavePlanInput.parse(input);
  const id = given ?? randomUUID();
  const { id: tenantId } = ctx.tenant;
  return ctx.db.write(async (db) => {
    await holdBooks(db, ctx);
    const known = given === undefined ? null : await findPlan(db, tenantId, id, undefined);
    if (given !== undefined && known?.retiredAt !== null)
      throw new DomainError("NOT_FOUND", "There is no such rate plan.");
    if (known && baseVersion !== known.version)
      throw new DomainError("CONFLICT", "Somebody else has changed this plan meanwhile; look at it again.", {
        field: "baseVersion",
      });
    if (await isPlanNameTaken(db, tenantId, terms.name, id))
      throw new DomainError("CONFLICT", "Another rate plan has this name.", { field: "terms.name" });
    if (known && isDeepStrictEqual(known.terms, terms)) return { id, version: known.version };
    const version = (known?.version ?? 0) + 1;
    await insertPlan(db, tenantId, { id, version, terms, by, at: ctx.now });
    await recordAudit(db, ctx, {
      action: "rate-plan.saved",
      subject: id,
      after: { name: terms.name, version, terms: JSON.stringify(terms) },
    });
    return { id, version };
  });
}
