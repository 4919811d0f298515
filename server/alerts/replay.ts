import { requireRight } from "@/server/auth/permissions";
import { readFreshness } from "@/server/analytics/freshness";
import type { Ctx } from "@/server/context";
import type { Happened } from "@/server/incidents/announce";
import type { RuleId } from "@/server/incidents/schemas";
import { applyFindings, incidentsBefore, type Judged, type Judgement } from "./apply-findings";
import { pastInstants } from "./due";
import { type Facts, loadFacts } from "./facts/load";
import { find } from "./find";
import { listSettings } from "./queries";
import { type Cadence, cadences, ruleOf, rulesOf } from "./schemas";
import { Settings } from "./settings";

export interface Stretch {
  from: Date;
  to: Date;
}

/** What these rules find in a stretch of the past, instant by instant, in the figures as they are known now. */
export async function judgePast(
  ctx: Ctx,
  cadence: Cadence,
  rules: readonly RuleId[],
  { from, to }: Stretch,
  settings?: Settings,
): Promise<{ judgements: Judgement[]; facts: Facts | null }> {
  const { id: tenantId, timeZone } = ctx.tenant;
  const instants = pastInstants(cadence, timeZone, from, to);
  const [first, last] = [instants[0], instants.at(-1)];
  if (!first || !last || rules.length === 0) return { judgements: [], facts: null };
  return ctx.db.read(async (db) => {
    const { built } = await readFreshness(db, ctx);
    const set = settings ?? new Settings(await listSettings(db, tenantId));
    const question = { rules, settings: set, first, last, budgets: [] };
    const [facts] = await loadFacts(db, { tenantId, timeZone, built }, [question] as const);
    return { judgements: instants.map((at) => ({ at, findings: find(rules, facts, set, at) })), facts };
  });
}

/** What somebody did at a moment of the past. */
export interface Interlude {
  at: Date;
  happens: () => Promise<unknown>;
}

/**
 * Opens and resolves the incidents that a stretch of the past would have had, each at the instant that was judged: for a
 * tenant whose history came in at once. Budgets have no past to be replayed.
 * @param meanwhile what people did in it, the earliest first: rules find afterwards what they left
 */
export async function replay(
  ctx: Ctx,
  stretch: Stretch,
  meanwhile: readonly Interlude[] = [],
): Promise<Happened[]> {
  requireRight(ctx.actor, "alerts:write");
  const judged: Judged[] = [];
  for (const cadence of cadences) {
    const rules = rulesOf(cadence).filter((rule) => ruleOf(rule).noBacktest === null);
    judged.push({ rules, judgements: (await judgePast(ctx, cadence, rules, stretch)).judgements });
  }
  const all: Happened[] = [];
  let from = new Date(0);
  for (const { at: to, happens } of [...meanwhile, { at: null, happens: null }]) {
    const part = judged.map(({ rules, judgements }) => ({
      rules,
      judgements: judgements.filter(({ at }) => at > from && (to === null || at <= to)),
    }));
    const before = await ctx.db.read((db) => incidentsBefore(db, ctx.tenant.id, part));
    all.push(...(await applyFindings(ctx, part, { before, clock: (at) => at })));
    await happens?.();
    from = to ?? from;
  }
  return all;
}
