import { recordAudit } from "@/server/audit/record";
import type { Ctx } from "@/server/context";
import { decide } from "./decide";
import { DismissInput } from "./schemas";

/**
 * Puts a recommendation aside: it comes back by itself only when it would save twice as much. Taken back by reopening it.
 * @throws DomainError NOT_FOUND; CONFLICT when it is not open
 */
export async function dismissRecommendation(ctx: Ctx, input: DismissInput) {
  const { id, note } = DismissInput.parse(input);
  return decide(ctx, id, ["open"], (db, one, personId) => {
    const { savingUsd } = one.finding;
    const after = {
      ...one,
      state: "dismissed" as const,
      decidedAt: ctx.now,
      decidedBy: personId,
      note: note === "" ? null : note,
      dismissedUsd: savingUsd,
    };
    const about = { kind: one.kind, about: one.subjectKey, savingUsd };
    return Promise.resolve({
      after,
      audited: () => recordAudit(db, ctx, { action: "recommendation.dismissed", subject: id, after: about }),
    });
  });
}
