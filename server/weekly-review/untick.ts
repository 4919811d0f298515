import type { Ctx } from "@/server/context";
import { changeOpen } from "./open-review";
import { deleteStep, tickedSteps } from "./queries";
import { UntickInput } from "./schemas";

/** Takes a tick back. @returns the note that went with it, for whoever wants it back */
export function untickStep(ctx: Ctx, input: UntickInput): Promise<{ note: string | null }> {
  const { week, step } = UntickInput.parse(input);
  return changeOpen(ctx, week, async (db) => {
    const before = await tickedSteps(db, ctx.tenant.id, week);
    await deleteStep(db, ctx.tenant.id, week, step);
    return { note: before.find((one) => one.step === step)?.note ?? null };
  });
}
