import type { Outputs } from "@/app/_trpc/client";

export type StatementMonth = Outputs["statements"]["months"][number];
export type StatementAnswer = Outputs["statements"]["read"];

export const statementHref = (slug: string, month: string) => `/${slug}/statements/${month}`;

/** Enough of a hash to tell two apart by eye. */
export const shortHash = (hash: string) => `${hash.slice(0, 12)}…`;

/** A member's name; who has left has none. */
export const memberName = (names: ReadonlyMap<string, string>, id: string) =>
  names.get(id) ?? "somebody who has left";
