import { Usd } from "@/server/prices/decimal";
import type { Blocker } from "@/server/periods/schemas";
import type { StatementHead } from "@/server/statements/schemas";
import { difference, figure, isZero, stateOf } from "./difference";
import type { Difference, Link } from "./schemas";

/** Of a month that has a statement in force. Amounts are USD, decimal strings. */
export interface StatementFacts {
  head: Pick<StatementHead, "month" | "costUsd" | "correctionsUsd">;
  /** What its own lines sum to now: the month's calls, and corrections of earlier months. */
  linesUsd: string;
  correctionLinesUsd: string;
  /** What later statements in force hold of the month: calls that came late, and new prices. */
  laterCallsUsd: string;
  statedCorrectionsUsd: string;
  /** Calls that no statement holds. */
  lateCalls: string;
  /** What the ledger holds of the month now, and the corrections that were booked of its calls. */
  ledgerUsd: string;
  bookedUsd: string;
  /** Head and lines make the hash that was stored. */
  isIntact: boolean;
}

/** Why there is no statement to compare with. */
export interface NoStatement {
  state: "running" | "open" | "closing" | "closed";
  waitsFor: readonly Blocker[];
  endsAt: string;
}

const id = "statement";

/** The ledger as it is now against what was frozen of it, here and as corrections in later statements. */
export function statementLink(month: string, facts: StatementFacts | NoStatement): Link {
  const place = "head" in facts ? `statements/${month}` : "statements";
  const base = { id, kind: "statement" as const, provider: null, place };
  if (!("head" in facts)) {
    if (facts.state === "closed")
      return { ...base, state: "off", figures: [], waits: { sentence: "The month was closed before statements were kept.", until: null }, notes: [], differences: [] }; // prettier-ignore
    return { ...base, state: "waits", figures: [], waits: waitOf(facts), notes: [], differences: [] };
  }
  const { ledgerUsd, bookedUsd, linesUsd, laterCallsUsd, statedCorrectionsUsd } = facts;
  const sum = (...amounts: string[]) => amounts.reduce((total, usd) => total.plus(usd), new Usd(0)).toFixed();
  const figures = [
    figure(
      "Cost of the month's calls",
      "usd",
      sum(ledgerUsd, bookedUsd),
      sum(linesUsd, laterCallsUsd, statedCorrectionsUsd),
    ),
  ];
  const differences = causesOf(facts, place);
  return { ...base, figures, waits: null, differences, notes: notesOf(facts), state: stateOf({ figures, waits: null, differences }) }; // prettier-ignore
}

function waitOf({ state, waitsFor, endsAt }: NoStatement): Link["waits"] {
  if (state === "running") return { sentence: "The month is not over; its statement is taken when it is closed.", until: endsAt }; // prettier-ignore
  const [first] = waitsFor;
  if (state === "closing" && first) return { sentence: `The month is being closed. ${first.sentence}`, until: first.until }; // prettier-ignore
  return { sentence: "The month is not closed; its statement is taken when it is.", until: null };
}

function causesOf(facts: StatementFacts, place: string): Difference[] {
  const { head, linesUsd, correctionLinesUsd, laterCallsUsd, lateCalls, isIntact } = facts;
  const found: Difference[] = [];
  const late = new Usd(facts.ledgerUsd).minus(head.costUsd).minus(laterCallsUsd);
  const calls = new Usd(lateCalls);
  if (!late.isZero() || !calls.isZero())
    found.push(
      difference(id, {
        cause: calls.isNegative() ? "lost" : "late",
        subject: null,
        sentence: calls.isNegative()
          ? `${calls.abs().toFixed()} calls of the closed month are not in the ledger any more. This is a defect; please tell us.`
          : `${calls.toFixed()} ${calls.eq(1) ? "call" : "calls"} came after the month was closed. The statement stays as it is; the next one that is closed has them as corrections.`,
        amount: late.neg().toFixed(),
        unit: "usd",
        place,
      }),
    );
  const priced = new Usd(facts.bookedUsd).minus(facts.statedCorrectionsUsd);
  if (!priced.isZero())
    found.push(
      difference(id, {
        cause: "price",
        subject: null,
        sentence: "Calls of the closed month have new prices. The statement stays as it is; the next one that is closed has the difference as a correction.",
        amount: priced.neg().toFixed(),
        unit: "usd",
        place: "prices/repricing",
      }),
    ); // prettier-ignore
  const changed = new Usd(linesUsd).minus(head.costUsd).plus(correctionLinesUsd).minus(head.correctionsUsd);
  if (!changed.isZero() || !isIntact)
    found.push(
      difference(id, {
        cause: "changed",
        subject: null,
        sentence: changed.isZero()
          ? "What is stored of the statement makes another hash than the one it was closed with: somebody has changed it in the database."
          : "The lines of the statement do not sum to what it was closed with: somebody has changed them in the database.",
        amount: changed.isZero() ? null : changed.toFixed(),
        unit: "usd",
        place,
      }),
    );
  return found;
}

function notesOf({ laterCallsUsd, statedCorrectionsUsd }: StatementFacts): string[] {
  const notes: string[] = [];
  if (!isZero(laterCallsUsd)) notes.push(`Late calls of the month for ${laterCallsUsd} USD are in statements of later months.`); // prettier-ignore
  if (!isZero(statedCorrectionsUsd)) notes.push(`New prices of its calls, ${statedCorrectionsUsd} USD, are in statements of later months.`); // prettier-ignore
  return notes;
}
