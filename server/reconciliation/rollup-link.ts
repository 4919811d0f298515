import { Usd } from "@/server/prices/decimal";
import { difference, figure, isZero, stateOf } from "./difference";
import type { Hour, Totals } from "./ledger-queries";
import type { Difference, Link } from "./schemas";

export interface RollUpFacts {
  ledger: Totals;
  rolledUp: Totals;
  /** Both sides hour by hour; null: not looked at, for the totals agree. */
  hours: { ledger: readonly Hour[]; rolledUp: readonly Hour[] } | null;
  /** Hours whose calls wait to be added up. */
  marked: readonly Date[];
  /** The figures are made anew, all of them. */
  isRebuilding: boolean;
}

/** Hours told one by one; the others are one sentence. */
const mostHours = 20;
const id = "rollup";
const none: Totals = { calls: "0", tokens: "0", costUsd: "0" };
const measures = ["calls", "tokens", "costUsd"] as const;

/** Ledger against roll-ups: whatever the product shows is a sum of those. */
export function rollUpLink({ ledger, rolledUp, hours, marked, isRebuilding }: RollUpFacts): Link {
  const figures = [
    figure("Cost", "usd", ledger.costUsd, rolledUp.costUsd),
    figure("Calls", "calls", ledger.calls, rolledUp.calls),
    figure("Tokens", "tokens", ledger.tokens, rolledUp.tokens),
  ];
  const differs = figures.some((one) => !isZero(one.difference));
  const waits =
    isRebuilding || marked.length > 0
      ? {
          sentence: isRebuilding
            ? "All figures are being added up anew."
            : `${String(marked.length)} ${marked.length === 1 ? "hour waits" : "hours wait"} to be added up; that takes about a minute.`,
          until: null,
        }
      : null;
  const differences = isRebuilding || !hours || !differs ? [] : offHours(hours, marked);
  const facts = { figures, waits: differs || isRebuilding ? waits : null, differences };
  return { id, kind: "rollup", provider: null, ...facts, state: stateOf(facts), notes: [], place: "calls" };
}

/** A month that is too large to be added up call by call while somebody waits. */
export function tooManyCalls({ calls }: Totals): Link {
  const sentence = `The month has ${calls} calls, more than are added up one by one while you wait. What follows is held against its roll-ups.`;
  const base = { id, kind: "rollup" as const, provider: null, place: "calls" };
  return {
    ...base,
    state: "waits",
    figures: [],
    waits: { sentence, until: null },
    notes: [],
    differences: [],
  };
}

function offHours(
  { ledger, rolledUp }: NonNullable<RollUpFacts["hours"]>,
  marked: readonly Date[],
): Difference[] {
  const waiting = new Set(marked.map((hour) => hour.getTime()));
  const sides = new Map<number, { ledger: Totals; rolledUp: Totals }>();
  const sideOf = (hour: Date) => {
    const at = hour.getTime();
    const known = sides.get(at) ?? { ledger: none, rolledUp: none };
    sides.set(at, known);
    return known;
  };
  for (const hour of ledger) sideOf(hour.hour).ledger = hour;
  for (const hour of rolledUp) sideOf(hour.hour).rolledUp = hour;
  const off = [...sides]
    .filter(
      ([hour, side]) =>
        !waiting.has(hour) && measures.some((name) => !new Usd(side.ledger[name]).eq(side.rolledUp[name])),
    )
    .sort(([one], [other]) => one - other);
  const told = off.slice(0, mostHours).map(([hour, side]) => {
    const name = new Date(hour).toISOString().slice(0, 13);
    const more = new Usd(side.rolledUp.calls).minus(side.ledger.calls);
    const calls = more.isZero() ? "" : ` It holds ${more.abs().toFixed()} ${more.abs().eq(1) ? "call" : "calls"} ${more.isNegative() ? "less" : "more"} than the ledger.`;
    return difference(id, {
      cause: "hour",
      subject: name,
      sentence: `The hour of ${name.replace("T", " ")}:00 UTC was added up to something else than its calls.${calls} This is a defect; please tell us.`,
      amount: new Usd(side.rolledUp.costUsd).minus(side.ledger.costUsd).toFixed(),
      unit: "usd",
      place: "calls",
    });
  }); // prettier-ignore
  const rest = off.slice(mostHours);
  if (rest.length === 0) return told;
  const amount = rest.reduce((sum, [, side]) => sum.plus(side.rolledUp.costUsd).minus(side.ledger.costUsd), new Usd(0)); // prettier-ignore
  return [
    ...told,
    difference(id, {
      cause: "hours",
      subject: null,
      sentence: `${String(rest.length)} further hours do not hold what the ledger holds.`,
      amount: amount.toFixed(),
      unit: "usd",
      place: "calls",
    }),
  ];
}
