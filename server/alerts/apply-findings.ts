import { actorId } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import type { Db } from "@/server/db";
import { announce, type Happened } from "@/server/incidents/announce";
import type { Incident, RuleId } from "@/server/incidents/schemas";
import { type Completed, completeFinding } from "./complete";
import { type Change, decide, targetOf } from "./decide";
import type { Finding } from "./finding";
import { memoryDays } from "./series";
import { saveChange, stateOfIncidents } from "./incidents-query";

/** Findings of one instant. */
export interface Judgement {
  at: Date;
  findings: readonly Finding[];
}

/** How far back a resolved incident is still known: a month's stretch, and some. */
const knownDays = memoryDays + 5;

function changesAt(current: ReadonlyMap<string, Incident>, { at, findings }: Judgement, now: Date): Change[] {
  const found = new Map(findings.map((finding) => [targetOf(finding), finding]));
  const targets = new Set([...found.keys(), ...current.keys()]);
  return [...targets].flatMap(
    (target) => decide(current.get(target) ?? null, found.get(target) ?? null, at, now) ?? [],
  );
}

const byTarget = (incidents: readonly Incident[]) =>
  new Map(incidents.map((incident) => [targetOf(incident), incident]));

/**
 * Opens, keeps up and resolves the incidents of these rules by what they found, one instant after the other. Each instant
 * that changes anything is one transaction, which decides on locked rows; what the world should be told is announced after
 * its commit. Found twice, or by two workers at once, it is one incident, told once.
 * @param clock the moment that something happened, by the instant that was judged
 */
export async function applyFindings(
  ctx: Ctx,
  rules: readonly RuleId[],
  judgements: readonly Judgement[],
  clock: (at: Date) => Date = () => ctx.now,
): Promise<Happened[]> {
  const { id: tenantId } = ctx.tenant;
  const [firstJudged] = judgements;
  if (!firstJudged) return [];
  const who = { actorKind: ctx.actor.kind, actorId: actorId(ctx.actor) };
  const since = new Date(firstJudged.at.getTime() - knownDays * 86_400_000);
  const load = (db: Db, lock: boolean) => stateOfIncidents(db, tenantId, rules, since, lock);
  let current = byTarget(await ctx.db.read((db) => load(db, false)));
  const all: Happened[] = [];
  for (const judgement of judgements) {
    const now = clock(judgement.at);
    const planned = changesAt(current, judgement, now);
    if (planned.length === 0) continue;
    const looked = await completed(ctx, planned, judgement);
    const happened = await ctx.db.write(async (db) => {
      const locked = byTarget(await load(db, true));
      const told: Happened[] = [];
      for (const change of changesAt(locked, judgement, now)) {
        const more = looked.get(targetOf(change.incident));
        const n = await saveChange(db, tenantId, more ? withMore(change, more) : change, { at: now, ...who });
        if (n !== null && change.event)
          told.push({ incidentId: change.incident.id, n, kind: change.event.kind });
      }
      current = byTarget(await load(db, false));
      return told;
    });
    await announce(ctx, happened);
    all.push(...happened);
  }
  return all;
}

/** Of what is told, what takes more looking up. Before the transaction, for it takes a while. */
async function completed(
  ctx: Ctx,
  planned: readonly Change[],
  { findings }: Judgement,
): Promise<Map<string, Completed>> {
  const looked = new Map<string, Completed>();
  for (const finding of findings) {
    const target = targetOf(finding);
    const change = planned.find(({ incident }) => targetOf(incident) === target);
    if (change?.event) looked.set(target, await completeFinding(ctx, finding));
  }
  return looked;
}

function withMore({ incident, ...change }: Change, { contributors, impactUsd, sentence }: Completed): Change {
  return {
    ...change,
    incident: { ...incident, impactUsd, details: { ...incident.details, sentence, contributors } },
  };
}
