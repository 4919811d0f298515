import { spend } from "@/server/analytics/spend";
import { addDays, localDay, type LocalDay } from "@/server/calendar/local-day";
import { firstOfMonth } from "@/server/calendar/month";
import type { Ctx } from "@/server/context";
import type { Db } from "@/server/db";
import { type Decision, newestDecisions } from "./decision-queries";
import { callsInDays } from "./evidence-query";
import type { ReviewMonth } from "./month";
import { quietDays, savingOf, stateOf, stretchesDue } from "./saving";
import type { DecisionState, MeasuredDecision, Saving } from "./schemas";

type Open = Decision & { decision: MeasuredDecision["decision"]; dueOn: LocalDay };

const isOpen = (decision: Decision): decision is Open =>
  decision.decision !== "withdrawn" && decision.dueOn !== null && decision.baseline !== null;

/** Calls of each decision's feature in the whole days before `today` and after its due date, of the last seven at most. */
export async function callsSinceDue(
  db: Db,
  tenantId: string,
  decisions: readonly Pick<Decision, "feature" | "dueOn">[],
  today: LocalDay,
): Promise<Map<string, number>> {
  const asked = decisions.flatMap(({ feature, dueOn }) => {
    if (dueOn === null) return [];
    const [since, last] = [addDays(today, -quietDays), addDays(today, -1)];
    const first = since > dueOn ? since : addDays(dueOn, 1);
    return first > last ? [] : [{ feature, first, last }];
  });
  return callsInDays(db, tenantId, asked);
}

/** What became of decisions, as it is seen at `now`. */
export async function statesOf(
  db: Db,
  { tenant, now }: Pick<Ctx, "tenant" | "now">,
  decisions: readonly Decision[],
): Promise<Map<string, DecisionState>> {
  const today = localDay(now, tenant.timeZone);
  const calls = await callsSinceDue(db, tenant.id, decisions, today);
  return new Map(
    decisions.flatMap(({ feature, decision, dueOn }) =>
      decision === "withdrawn"
        ? []
        : [[feature, stateOf({ decision, dueOn, today, calls: calls.get(feature) ?? 0 })]],
    ),
  );
}

async function measure(then: Ctx, decision: Open, stretch: Parameters<typeof savingOf>[0]): Promise<Saving> {
  const { total } = await spend(then, {
    from: stretch.first,
    to: addDays(stretch.last, 1),
    filter: { feature: [decision.feature, ...(decision.mergeInto === null ? [] : [decision.mergeInto])] },
  });
  return savingOf(stretch, { costUsd: total.costUsd, unpricedCalls: total.unpricedCalls });
}

/**
 * What earlier decisions came to by the end of a month: every stretch that is over and that no earlier review measured.
 * @param earlier decisions as earlier reviews found them
 * @param then its reads are of one moment; its `now` is when it is looked
 */
export async function takeDecisions(
  then: Ctx,
  db: Db,
  month: ReviewMonth,
  earlier: readonly MeasuredDecision[],
): Promise<MeasuredDecision[]> {
  const open = (await newestDecisions(db, then.tenant.id)).filter(isOpen);
  const states = await statesOf(db, then, open);
  const taken: MeasuredDecision[] = [];
  for (const decision of open) {
    const { feature, version, mergeInto, dueOn, baseline } = decision;
    const measured = new Set(
      earlier.flatMap((one) =>
        one.feature === feature ? one.savings.map(({ first }) => firstOfMonth(first)) : [],
      ),
    );
    const savings: Saving[] = [];
    for (const stretch of stretchesDue(baseline ?? { stretches: [] }, month.last, measured))
      savings.push(await measure(then, decision, stretch));
    taken.push({
      feature,
      version,
      decision: decision.decision,
      mergeInto,
      dueOn,
      state: states.get(feature) ?? "open",
      savings,
    });
  }
  return taken;
}
