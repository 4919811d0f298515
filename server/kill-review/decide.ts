import { firstCall } from "@/server/analytics/first-call-query";
import { readFreshness } from "@/server/analytics/freshness";
import { recordAudit } from "@/server/audit/record";
import { actorId, requireRight } from "@/server/auth/permissions";
import { nameOf, subjectCosts } from "@/server/budgets/histories";
import { addDays, localDay, type LocalDay } from "@/server/calendar/local-day";
import type { Ctx } from "@/server/context";
import type { Db } from "@/server/db";
import { DomainError } from "@/server/errors";
import { isMember } from "@/server/members/is-member";
import { baselineOf, type Known, knownOf } from "./baseline";
import { type Decision, decisionsAbout, insertDecision, lockDecisions } from "./decision-queries";
import { reviewItems } from "./queries";
import { DecideInput, mostDaysUntilDue } from "./schemas";

/** As far back as a forecast learns from. */
const daysBack = 91;

type Said = Pick<Decision, "decision" | "reason" | "ownerId" | "dueOn" | "mergeInto">;
const isSame = (one: Said, other: Said) =>
  (["decision", "reason", "ownerId", "dueOn", "mergeInto"] as const).every((key) => one[key] === other[key]);

/** The days of the feature, together with those of the one that takes it over. */
async function knownNow(ctx: Ctx, db: Db, features: readonly string[], today: LocalDay): Promise<Known> {
  const subjects = features.map((key) => ({ kind: "feature" as const, key }));
  const costs = await subjectCosts(db, ctx, subjects, await readFreshness(db, ctx));
  const firstAt = await firstCall(db, ctx.tenant.id);
  const since = firstAt && [localDay(firstAt, ctx.tenant.timeZone), addDays(today, -daysBack)].toSorted()[1];
  const histories = subjects.map((subject) => costs.get(nameOf(subject))?.history ?? null);
  return knownOf(histories, today, since ?? null);
}

/** A decision that stands is held against what was known when it was made, whatever of it is changed later. */
function knownBefore(before: Decision | null, next: Said): Known | null {
  if (!before?.baseline || before.mergeInto !== next.mergeInto) return null;
  const { takenOn, first, past } = before.baseline;
  return { takenOn, first, past };
}

/**
 * Decides about a feature of a review, or decides otherwise: a new version, and what would be spent without it. Taken back by
 * deciding what `before` says, or, where that is null, by withdrawing it.
 * @throws DomainError NOT_FOUND; INVALID_INPUT for an owner who is no member, a day that has passed or is too far off, or a
 * feature to merge into that the review does not have
 */
export async function decideFeature(
  ctx: Ctx,
  input: DecideInput,
): Promise<{ version: number; before: Decision | null }> {
  requireRight(ctx.actor, "reviews:write");
  const { month, feature, ...said } = DecideInput.parse(input);
  const { id: tenantId, timeZone } = ctx.tenant;
  const today = localDay(ctx.now, timeZone);
  return ctx.db.write(async (db) => {
    await lockDecisions(db, tenantId);
    const items = await reviewItems(db, tenantId, month);
    const has = (name: string) => items.some((item) => item.feature === name);
    if (!has(feature))
      throw new DomainError("NOT_FOUND", "There is no such feature in the kill review of that month.");
    if (said.mergeInto !== null && !has(said.mergeInto))
      throw new DomainError("INVALID_INPUT", "The review has no such feature to merge into.", {
        field: "mergeInto",
      });
    const newest = (await decisionsAbout(db, tenantId, feature))[0] ?? null;
    const before = newest?.decision === "withdrawn" ? null : newest;
    if (
      said.dueOn !== null &&
      said.dueOn !== before?.dueOn &&
      (said.dueOn < today || said.dueOn > addDays(today, mostDaysUntilDue))
    )
      throw new DomainError(
        "INVALID_INPUT",
        "The due date must lie between today and half a year from now.",
        { field: "dueOn" },
      );
    if (
      said.ownerId !== null &&
      said.ownerId !== before?.ownerId &&
      !(await isMember(db, tenantId, said.ownerId))
    )
      throw new DomainError("INVALID_INPUT", "The owner must be a member.", { field: "ownerId" });
    if (before && isSame(before, said)) return { version: before.version, before };
    const known =
      said.dueOn === null
        ? null
        : (knownBefore(before, said) ??
          (await knownNow(ctx, db, [feature, ...(said.mergeInto === null ? [] : [said.mergeInto])], today)));
    const version = (newest?.version ?? 0) + 1;
    await insertDecision(db, tenantId, {
      ...said,
      feature,
      version,
      month,
      baseline: known && said.dueOn !== null ? baselineOf(known, said.dueOn) : null,
      decidedAt: ctx.now,
      decidedBy: actorId(ctx.actor),
    });
    await recordAudit(db, ctx, {
      action: "kill-review.decided",
      subject: feature,
      ...(before && { before: facts(before) }),
      after: { month, ...facts(said) },
    });
    return { version, before };
  });
}

const facts = ({ decision, reason, ownerId, dueOn, mergeInto }: Said) => ({
  decision,
  reason,
  ownerId,
  dueOn,
  mergeInto,
});
