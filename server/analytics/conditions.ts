import { Prisma } from "@/prisma/generated/client";
import type { Condition } from "@/server/calls/schemas";
import { columnOf } from "./dimensions";
import type { Grouping, SpendFilter } from "./schemas";

const raw = (text: string) => Prisma.raw(text);
const texts = (values: readonly (string | null)[]) =>
  Prisma.sql`${values.map((value) => value ?? "")}::text[]`;
/** % and _ stand for themselves. */
const pattern = (word: string) => `%${word.replace(/[\\%_]/g, "\\$&")}%`;

/** Letters count in either case. Words without any are compared as they are: many times as fast, over every value there is. */
const likes = (words: readonly string[]) =>
  raw(words.every((word) => word.toLowerCase() === word.toUpperCase()) ? "LIKE" : "ILIKE");

function conditionSql(column: string, condition: Condition): Prisma.Sql[] {
  const { is, not, contains } = Array.isArray(condition)
    ? { is: condition, not: undefined, contains: undefined }
    : condition;
  return [
    ...(is ? [Prisma.sql`AND ${raw(column)} = ANY (${texts(is)})`] : []),
    ...(not ? [Prisma.sql`AND ${raw(column)} <> ALL (${texts(not)})`] : []),
    ...(contains
      ? [Prisma.sql`AND ${raw(column)} ${likes(contains)} ANY (${contains.map(pattern)}::text[])`]
      : []),
  ];
}

/**
 * `AND …` for each tag that a filter names, over columns in which '' is no tag.
 * @param read how a tag's column is written where the rows come from
 */
export function filterSql(filter: SpendFilter, read = (column: string) => column): Prisma.Sql {
  const parts = (Object.entries(filter) as [Grouping, Condition | undefined][]).flatMap(
    ([name, condition]) => (condition ? conditionSql(read(columnOf[name]), condition) : []),
  );
  return parts.length > 0 ? Prisma.join(parts, " ") : Prisma.empty;
}
