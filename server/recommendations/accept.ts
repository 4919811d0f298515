import { daysBefore } from "@/server/analytics/recommendations/looked";
import { scopeDays } from "@/server/analytics/recommendations/scope-days";
import { recordAudit } from "@/server/audit/record";
import { localDay } from "@/server/calendar/local-day";
import type { Ctx } from "@/server/context";
import { DomainError } from "@/server/errors";
import { isMember } from "@/server/members/is-member";
import { decide } from "./decide";
import { findRecommendation } from "./queries";
import { AcceptInput, lookedDays } from "./schemas";

/**
 * Takes a recommendation up: somebody answers for it, by a day; and the 30 days before are frozen, against which those
 * after are measured.
 * @throws DomainError NOT_FOUND; CONFLICT when it is not open; INVALID_INPUT for an owner who is no member or a past day
 */
export async function acceptRecommendation(ctx: Ctx, input: AcceptInput) {
  const { id, ownerId, dueOn, note } = AcceptInput.parse(input);
  const { id: tenantId, timeZone } = ctx.tenant;
  if (dueOn < localDay(ctx.now, timeZone))
    throw new DomainError("INVALID_INPUT", "The day lies in the past.", { field: "dueOn" });
  const range = daysBefore(ctx.now, timeZone, lookedDays);
  const days = await ctx.db.read(async (db) => {
    const one = await findRecommendation(db, tenantId, id);
    return one && scopeDays(db, ctx, one.kind, one.finding.subject, range);
  });
  return decide(ctx, id, ["open"], async (db, one, personId) => {
    if (!(await isMember(db, tenantId, ownerId)))
      throw new DomainError("INVALID_INPUT", "The owner must be a member.", { field: "ownerId" });
    const { savingUsd } = one.finding;
    const accepted = {
      ...one,
      state: "accepted" as const,
      decidedAt: ctx.now,
      decidedBy: personId,
      note: note === "" ? null : note,
      ownerId,
      dueOn,
      baseline: { ...range.days, savingUsd, days: days ?? [] },
      measured: null,
    };
    return {
      after: accepted,
      audited: () => recordAudit(db, ctx, { action: "recommendation.accepted", subject: id, after: { kind: one.kind, about: one.subjectKey, savingUsd, ownerId, dueOn } }),
    }; // prettier-ignore
  });
}
