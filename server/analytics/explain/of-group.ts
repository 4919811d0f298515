import type { SpendFilter } from "../schemas";
import type { ExplainInput } from "./explain-schemas";

/** The filter that leaves one group of a scope; null: the scope's own filter leaves the group out. */
export function filterOfGroup(
  filter: SpendFilter,
  { by, key }: NonNullable<ExplainInput["group"]>,
): SpendFilter | null {
  const asked = filter[by] ?? {};
  const { is, not, contains } = Array.isArray(asked)
    ? { is: asked, not: undefined, contains: undefined }
    : asked;
  const isOut = (is !== undefined && !is.includes(key)) || not?.includes(key) === true;
  if (isOut) return null;
  return { ...filter, [by]: contains === undefined ? [key] : { is: [key], contains } };
}
