import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { DomainError } from "@/server/errors";
import { Usd, usdText } from "@/server/prices/decimal";
import { describeRun, peopleOf } from "./describe-run";
import { type DeltaRow, emailsOf, findRun, listDeltas } from "./queries";
import { RepricingIdInput } from "./schemas";

function sumOf(deltas: readonly DeltaRow[], isClosed: boolean) {
  const own = deltas.filter(({ closed }) => closed === isClosed);
  return {
    calls: own.reduce((sum, { calls }) => sum + calls, 0),
    newlyPriced: own.reduce((sum, { newlyPriced }) => sum + newlyPriced, 0),
    deltaUsd: usdText(own.reduce((sum, { deltaUsd }) => sum.plus(deltaUsd), new Usd(0))),
  };
}

function phaseOf(all: readonly DeltaRow[], wanted: DeltaRow["phase"]) {
  const deltas = all.filter(({ phase }) => phase === wanted);
  return {
    /** Open months: the calls themselves change. */
    open: sumOf(deltas, false),
    /** Closed months: corrections dated when they are booked. */
    closed: sumOf(deltas, true),
    rows: deltas,
  };
}

/**
 * One repricing: how far it is, who asked and who approved, what it was to change by month and feature, and what it has.
 * @throws DomainError NOT_FOUND
 */
export async function showRepricing(ctx: Ctx, input: RepricingIdInput) {
  requireRight(ctx.actor, "prices:read");
  const { id } = RepricingIdInput.parse(input);
  const key = { tenantId: ctx.tenant.id, id };
  return ctx.db.read(async (db) => {
    const run = await findRun(db, key);
    if (!run) throw new DomainError("NOT_FOUND", "There is no such repricing.");
    const deltas = await listDeltas(db, key);
    const emails = await emailsOf(db, peopleOf([run]));
    return {
      ...describeRun(run, emails),
      preview: phaseOf(deltas, "preview"),
      applied: phaseOf(deltas, "applied"),
    };
  });
}
