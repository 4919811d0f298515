import type { Ctx } from "@/server/context";
import { changeOpen } from "./open-review";
import { saveStep, type TickedStep } from "./queries";
import { TickInput } from "./schemas";

/** Somebody has been through a part, with a note if there is something to say; again, to say something else. */
export function tickStep(ctx: Ctx, input: TickInput): Promise<TickedStep> {
  const { week, step, note } = TickInput.parse(input);
  return changeOpen(ctx, week, async (db, _review, personId) => {
    const ticked = { step, note: note === "" ? null : note, tickedAt: ctx.now, tickedBy: personId };
    await saveStep(db, ctx.tenant.id, week, ticked);
    return ticked;
  });
}
