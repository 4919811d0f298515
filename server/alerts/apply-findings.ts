import { actorId } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import type { Db } from "@/server/db";
import { announce, type Happened } from "@/server/incidents/announce";
import type { Incident, RuleId } from "@/server/incidents/schemas";
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
 * @param clock the moment that incidents are opened at, by the instant that was judged
 * @param complete adds what is worth looking up for something new
 */
export async function applyFindings(
  ctx: Ctx,
  rules: readonly RuleId[],
  judgements: readonly Judgement[],
  options: {
    clock?: (at: Date) => Date;
    complete?: (
      finding: Finding,
    ) => Promise<Finding & { contributors?: Incident["details"]["contributors"] }>;
  } = {},
): Promise<Happened[]> {
  const { clock = () => ctx.now, complete } = options;
  const { id: tenantId } = ctx.tenant;
  const [firstJudged] = judgements;
  if (!firstJudged) return [];
  const since = new Date(firstJudged.at.getTime() - knownDays * 86_400_000);
  const load = (db: Db, lock: boolean) => stateOfIncidents(db, tenantId, rules, since, lock);
  let current = byTarget(await ctx.db.read((db) => load(db, false)));
  const all: Happened[] = [];
  for (const judgement of judgements) {
    const now = clock(judgement.at);
    const planned = changesAt(current, judgement, now);
    if (planned.length === 0) continue;
    const looked = await contributorsOf(planned, judgement, complete);
    const happened = await ctx.db.write(async (db) => {
      const locked = byTarget(await load(db, true));
      const told: Happened[] = [];
      for (const change of changesAt(locked, judgement, now)) {
        const contributors = looked.get(targetOf(change.incident));
        const n = await saveChange(
          db,
          tenantId,
          contributors ? withContributors(change, contributors) : change,
          {
            at: now,
            actorKind: ctx.actor.kind,
            actorId: actorId(ctx.actor),
          },
        );
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

type Contributors = Incident["details"]["contributors"];
type Found = { contributors: Contributors; finding: Finding };

/** Before the transaction: looking for causes takes a while. */
async function contributorsOf(
  planned: readonly Change[],
  { findings }: Judgement,
  complete?: (finding: Finding) => Promise<Finding & { contributors?: Contributors }>,
): Promise<Map<string, Found>> {
  const looked = new Map<string, Found>();
  if (!complete) return looked;
  const told = new Set(
    planned.flatMap(({ incident, event }) =>
      event && event.kind !== "resolved" ? [targetOf(incident)] : [],
    ),
  );
  for (const finding of findings) {
    if (!told.has(targetOf(finding))) continue;
    const { contributors = [], ...completed } = await complete(finding);
    looked.set(targetOf(finding), { contributors, finding: completed });
  }
  return looked;
}

function withContributors(change: Change, { contributors, finding }: Found): Change {
  const { impactUsd, sentence } = finding;
  const { incident } = change;
  return {
    ...change,
    incident: { ...incident, impactUsd, details: { ...incident.details, sentence, contributors } },
  };
}
