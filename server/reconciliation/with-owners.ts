import { Usd } from "@/server/prices/decimal";
import type { OwnedDifference } from "./owner-queries";
import type { Difference, GoneDifference, Link, Ownership } from "./schemas";

export interface OwnedLinks {
  links: Link[];
  gone: GoneDifference[];
  /** Of which the database does not know yet that they are gone, or that they are there again. */
  changes: { gone: { link: string; key: string }[]; back: { link: string; key: string }[] };
}

const isSame = (one: string | null, other: string | null) =>
  one === null || other === null ? one === other : new Usd(one).eq(other);

/**
 * What was said of differences beside them, and apart what was said of those that are not there any more.
 * @param today the tenant's local day
 */
export function withOwners(
  links: readonly Link[],
  owned: readonly OwnedDifference[],
  today: string,
): OwnedLinks {
  const nameOf = (link: string, key: string) => `${link} ${key}`;
  const said = new Map(owned.map((row) => [nameOf(row.link, row.key), row]));
  const there = new Set<string>();
  const joined = links.map((link) => ({
    ...link,
    differences: link.differences.map((one): Difference => {
      there.add(nameOf(link.id, one.key));
      const row = said.get(nameOf(link.id, one.key));
      return row ? { ...one, ownership: ownershipOf(row, one, today) } : one;
    }),
  }));
  const away = owned.filter(({ link, key }) => !there.has(nameOf(link, key)));
  const gone = away.map(({ link, key, cause, amount, unit, ownerId, note, goneAt }) => ({
    ...{ link, key, cause, amount, unit, ownerId, note },
    goneAt: goneAt?.toISOString() ?? null,
  }));
  const back = owned.filter(({ link, key, goneAt }) => goneAt !== null && there.has(nameOf(link, key)));
  return { links: joined, gone, changes: { gone: away.filter(({ goneAt }) => goneAt === null), back } };
}

/** What was settled at another amount is not settled. */
function ownershipOf(row: OwnedDifference, { amount }: Difference, today: string): Ownership {
  const { ownerId, note, dueOn, settledAt, settledBy, updatedAt } = row;
  const settled = settledAt && settledBy && isSame(row.amount, amount) ? { at: settledAt.toISOString(), by: settledBy } : null; // prettier-ignore
  const isOverdue = settled === null && dueOn !== null && dueOn < today;
  return { ownerId, note, dueOn, isOverdue, settled, updatedAt: updatedAt.toISOString() };
}
