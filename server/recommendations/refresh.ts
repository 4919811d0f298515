import { randomUUID } from "node:crypto";
import { lookForSavings } from "@/server/analytics/recommendations/look";
import { measuredRange } from "@/server/analytics/recommendations/looked";
import { scopeDays } from "@/server/analytics/recommendations/scope-days";
import { recordAudit } from "@/server/audit/record";
import { actorId, requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { afterLook, afterMeasuring } from "./lifecycle";
import { measure } from "./measure";
import {
  allRecommendations,
  lockRecommendations,
  type Recommendation,
  saveLook,
  saveRecommendation,
} from "./queries";
import { acceptedStates, type Finding, findingShape, type Measured } from "./schemas";
import { subjectKey } from "./subject-key";

interface Weighed {
  measured: Measured | null;
  /** Whole local days since it was accepted, at most 30. */
  daysOver: number;
}

const isAccepted = ({ state }: Recommendation) => (acceptedStates as readonly string[]).includes(state);
const keyOf = (kind: string, subject: string) => `${kind} ${subject}`;

/** What the days since acceptance came to, of each that was accepted. */
async function weigh(ctx: Ctx, known: readonly Recommendation[]): Promise<ReadonlyMap<string, Weighed>> {
  const weighed = new Map<string, Weighed>();
  for (const one of known.filter(isAccepted)) {
    const { id, kind, finding, baseline, decidedAt } = one;
    if (!baseline || !decidedAt) continue;
    const range = measuredRange(baseline.last, ctx.now, ctx.tenant.timeZone);
    if (!range) continue;
    const days = await ctx.db.read((db) => scopeDays(db, ctx, kind, finding.subject, range));
    const daysOver = range.count;
    weighed.set(id, { measured: measure(baseline, days, { ...range.days, days: daysOver }), daysOver });
  }
  return weighed;
}

/** One as it is after a look; the same one where nothing is new. */
function next(ctx: Ctx, known: Recommendation | null, finding: Finding | null, weighed: Weighed | undefined): Recommendation | null {
  if (!known && !finding) return null;
  const seen = afterLook(known, finding);
  const state = weighed ? afterMeasuring(seen, weighed.measured, weighed.daysOver) : seen;
  const base = known ?? (finding && newOne(ctx, finding));
  if (!base) return null;
  const hasMoved = state !== base.state;
  return {
    ...base,
    // What was accepted stays as it was said then: it is what is measured against.
    ...(finding && !isAccepted(base) && { finding }),
    ...(finding && { foundAt: ctx.now }),
    shape: findingShape,
    holds: finding !== null,
    state,
    // Who accepted it answers for it still, whatever its days come to.
    ...(hasMoved && !isAccepted(base) && { decidedAt: ctx.now, decidedBy: actorId(ctx.actor), note: null, dismissedUsd: null }),
    ...(weighed && isAccepted(base) && { measured: weighed.measured ?? base.measured }),
  };
} // prettier-ignore

const newOne = (ctx: Ctx, finding: Finding): Recommendation => ({
  id: randomUUID(),
  kind: finding.evidence.kind,
  subjectKey: subjectKey(finding.evidence.kind, finding.subject),
  shape: findingShape,
  finding,
  firstFoundAt: ctx.now,
  foundAt: ctx.now,
  holds: true,
  state: "open",
  decidedAt: null,
  decidedBy: null,
  note: null,
  ownerId: null,
  dueOn: null,
  baseline: null,
  measured: null,
  dismissedUsd: null,
});

/**
 * Looks at the last 30 days, keeps what is found and lets go of what does not hold any more, and measures what was
 * accepted. Doing it twice a day changes nothing.
 * @returns how many there are of what was found, and of those measured how many show
 */
export async function refreshRecommendations(ctx: Ctx): Promise<{ found: number; verified: number }> {
  requireRight(ctx.actor, "reviews:manage");
  const { id: tenantId } = ctx.tenant;
  const look = await lookForSavings(ctx);
  const weighed = await weigh(ctx, await ctx.db.read((db) => allRecommendations(db, tenantId)));
  return ctx.db.write(async (db) => {
    await lockRecommendations(db, tenantId);
    // Read again: somebody may have decided meanwhile, and that stands.
    const known = await allRecommendations(db, tenantId);
    const byKey = new Map(known.map((one) => [keyOf(one.kind, one.subjectKey), one]));
    const found = new Map(look.findings.map((one) => [keyOf(one.evidence.kind, subjectKey(one.evidence.kind, one.subject)), one])); // prettier-ignore
    const verified: string[] = [];
    for (const key of new Set([...byKey.keys(), ...found.keys()])) {
      const before = byKey.get(key) ?? null;
      const after = next(ctx, before, found.get(key) ?? null, before ? weighed.get(before.id) : undefined);
      if (!after) continue;
      await saveRecommendation(db, tenantId, after);
      if (after.state === "verified" && before?.state !== "verified") verified.push(after.id);
    }
    const { first, last, facts } = look;
    await saveLook(db, tenantId, { lookedAt: ctx.now, first, last, shape: findingShape, facts });
    for (const id of verified) await recordAudit(db, ctx, { action: "recommendation.verified", subject: id });
    return { found: found.size, verified: known.filter(({ state }) => state === "verified").length + verified.length };
  }); // prettier-ignore
}
