import { createHash } from "node:crypto";
import { Usd } from "@/server/prices/decimal";
import type { Difference, Link, LinkFigure, LinkState, Unit } from "./schemas";

/** The same for the same cause and subject, and nothing that one can read a name from at sight. */
export function keyOf(link: string, cause: string, subject: string | null): string {
  return createHash("sha256")
    .update(JSON.stringify([link, cause, subject]))
    .digest("hex")
    .slice(0, 32);
}

export function difference(link: string, facts: Omit<Difference, "key" | "ownership">): Difference {
  return { key: keyOf(link, facts.cause, facts.subject), ...facts, ownership: null };
}

export function figure(name: string, unit: Unit, from: string, to: string): LinkFigure {
  const plain = (text: string) => new Usd(text).toFixed();
  return { name, unit, from: plain(from), to: plain(to), difference: new Usd(to).minus(from).toFixed() };
}

export const isZero = (amount: string): boolean => new Usd(amount).isZero();

/** What differs is said before what is waited for: waiting must not hide it. */
export function stateOf({
  figures,
  differences,
  waits,
}: Pick<Link, "figures" | "differences" | "waits">): LinkState {
  if (differences.length > 0) return "differs";
  if (waits) return "waits";
  return figures.every(({ difference: gap }) => isZero(gap)) ? "equal" : "differs";
}
