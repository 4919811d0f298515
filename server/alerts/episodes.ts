import type { Incident } from "@/server/incidents/schemas";
import { Usd, usdText } from "@/server/prices/decimal";
import type { Judgement } from "./apply-findings";
import { decide, targetOf } from "./decide";
import type { Finding } from "./finding";

/** An incident that would have been: from when it would have been told to when it would have ended. */
export interface Episode {
  subject: Incident["subject"];
  severity: Incident["severity"];
  /** When it would have been told. */
  firedAt: Date;
  /** The stretch in which it was found first. */
  window: { from: Date; to: Date };
  unit: Incident["unit"];
  expected: string | null;
  actual: string;
  sentence: string;
  /** The last instant at which it was still found. */
  lastSeenAt: Date;
  /** Null: it goes on. */
  resolvedAt: Date | null;
  /** USD beyond what was expected: up to the alert, and after it, which is what nobody noticed cost. Null: not told in USD. */
  beforeUsd: string | null;
  missedUsd: string | null;
}

/** Weeks overlap: each day is in seven of them. */
const daysOf = ({ window }: Finding) =>
  Math.max(1, Math.round((window.to.getTime() - window.from.getTime()) / 86_400_000));

interface Open {
  episode: Episode;
  /** By stretch, the last that was found of it: a day so far grows. */
  excess: Map<number, Usd>;
}

function sum({ excess }: Open): Pick<Episode, "beforeUsd" | "missedUsd"> {
  if (excess.size === 0) return { beforeUsd: null, missedUsd: null };
  const [first = new Usd(0), ...others] = excess.values();
  const text = (usd: Usd) => usdText(usd.toDecimalPlaces(6));
  return {
    beforeUsd: text(first),
    missedUsd: text(others.reduce((total, usd) => total.plus(usd), new Usd(0))),
  };
}

/** What `decide` would have made of these judgements, had nobody done anything. The earliest first. */
export function episodesOf(judgements: readonly Judgement[]): Episode[] {
  const current = new Map<string, Incident>();
  const open = new Map<string, Open>();
  const done: Episode[] = [];
  const close = (target: string, resolvedAt: Date | null) => {
    const known = open.get(target);
    if (!known) return;
    done.push({ ...known.episode, ...sum(known), resolvedAt });
    open.delete(target);
  };
  for (const { at, findings } of judgements) {
    const found = new Map(findings.map((finding) => [targetOf(finding), finding]));
    for (const target of new Set([...found.keys(), ...current.keys()])) {
      const finding = found.get(target) ?? null;
      const change = decide(current.get(target) ?? null, finding, at, at);
      if (change) current.set(target, change.incident);
      if (change?.event?.kind === "resolved") close(target, at);
      if (!finding) continue;
      if (!open.has(target)) open.set(target, begun(finding, at));
      const known = open.get(target);
      if (!known) continue;
      known.episode.lastSeenAt = at;
      if (finding.impactUsd !== null)
        known.excess.set(finding.window.from.getTime(), new Usd(finding.impactUsd).div(daysOf(finding)));
    }
  }
  for (const target of [...open.keys()]) close(target, null);
  return done.sort((one, other) => one.firedAt.getTime() - other.firedAt.getTime());
}

function begun({ subject, severity, window, unit, expected, actual, sentence }: Finding, at: Date): Open {
  const episode = { subject, severity, firedAt: at, window, unit, expected, actual, sentence };
  return {
    episode: { ...episode, lastSeenAt: at, resolvedAt: null, beforeUsd: null, missedUsd: null },
    excess: new Map(),
  };
}
