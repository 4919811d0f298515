import { actorId } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import type { Db } from "@/server/db";
import { announce, type Happened } from "@/server/incidents/announce";
import type { Incident, RuleId } from "@/server/incidents/schemas";
import { type Completed, completeFinding } from "./complete";
import { type Change, decide, targetOf } from "./decide";
import type { Finding } from "./finding";
import { saveChanges, stateOfIncidents, type Step } from "./incidents-query";
import { memoryDays } from "./series";

/** Findings of one instant. */
export interface Judgement {
  at: Date;
  findings: readonly Finding[];
}

/** What some rules have found, instant after instant, the earliest first. */
export interface Judged {
  rules: readonly RuleId[];
  judgements: readonly Judgement[];
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

/** What becomes of incidents from judgement to judgement. @param more adds to a change what was looked up for it */
function fold(
  known: readonly Incident[],
  judged: readonly Judged[],
  clock: (at: Date) => Date,
  more: (change: Change, at: Date) => Change = (change) => change,
): Step[] {
  return judged.flatMap(({ rules, judgements }) => {
    const ofRules = known.filter(({ rule }) => rules.includes(rule));
    const current = new Map(ofRules.map((incident) => [targetOf(incident), incident]));
    return judgements.flatMap((judgement) => {
      const { at } = judgement;
      const now = clock(at);
      return changesAt(current, judgement, now).map((planned): Step => {
        const change = more(planned, at);
        current.set(targetOf(change.incident), change.incident);
        return { change, at, now };
      });
    });
  });
}

/** By rule and subject, the incident that is not resolved or else the last one, as far as these judgements may touch it. */
export async function incidentsBefore(
  db: Db,
  tenantId: string,
  judged: readonly Judged[],
): Promise<Incident[]> {
  if (judged.every(({ judgements }) => judgements.length === 0)) return [];
  return stateOfIncidents(db, tenantId, ...touched(judged), false);
}

function touched(judged: readonly Judged[]): [rules: RuleId[], since: Date] {
  const firsts = judged.flatMap(({ judgements: [first] }) => first?.at.getTime() ?? []);
  return [judged.flatMap(({ rules }) => rules), new Date(Math.min(...firsts) - knownDays * 86_400_000)];
}

export interface Applying {
  /** What `incidentsBefore` says; without changes to it nothing is looked up or locked. */
  before: readonly Incident[];
  /** The moment that something happened, by the instant that was judged. */
  clock?: (at: Date) => Date;
  /** Noted in the same transaction. */
  note?: (db: Db) => Promise<void>;
}

/**
 * Opens, keeps up and resolves the incidents of these rules by what they found, in one transaction, which decides on locked
 * rows; what the world should be told is announced after its commit. Found twice, or by two workers at once, it is one
 * incident, told once.
 */
export async function applyFindings(
  ctx: Ctx,
  judged: readonly Judged[],
  { before, clock = () => ctx.now, note }: Applying,
): Promise<Happened[]> {
  const { id: tenantId } = ctx.tenant;
  const planned = fold(before, judged, clock);
  if (planned.length === 0) {
    if (note) await ctx.db.write(note);
    return [];
  }
  const looked = await completed(ctx, planned, judged);
  const withMore = (change: Change, at: Date): Change => {
    const more = change.event ? looked.get(placeOf(change, at)) : undefined;
    if (!more) return change;
    const { contributors, impactUsd, sentence } = more;
    const { incident } = change;
    const details = { ...incident.details, sentence, contributors };
    return { ...change, incident: { ...incident, impactUsd, details } };
  };
  const happened = await ctx.db.write(async (db) => {
    const locked = await stateOfIncidents(db, tenantId, ...touched(judged), true);
    const steps = fold(locked, judged, clock, withMore);
    const told = await saveChanges(db, tenantId, steps, {
      actorKind: ctx.actor.kind,
      actorId: actorId(ctx.actor),
    });
    await note?.(db);
    return told;
  });
  await announce(ctx, happened);
  return happened;
}

const placeOf = ({ incident }: Change, at: Date) => `${String(at.getTime())} ${targetOf(incident)}`;

/** Of what is told, what takes more looking up. Before the transaction, for it takes a while. */
async function completed(
  ctx: Ctx,
  planned: readonly Step[],
  judged: readonly Judged[],
): Promise<Map<string, Completed>> {
  const told = new Set(planned.flatMap(({ change, at }) => (change.event ? [placeOf(change, at)] : [])));
  const looked = new Map<string, Completed>();
  for (const { at, findings } of judged.flatMap(({ judgements }) => judgements)) {
    for (const finding of findings) {
      const place = `${String(at.getTime())} ${targetOf(finding)}`;
      if (told.has(place)) looked.set(place, await completeFinding(ctx, finding));
    }
  }
  return looked;
}
