import { createLoader, createSerializer, parseAsString, parseAsStringLiteral } from "nuqs/server";
import { type BudgetSubject, budgetSubjectKinds } from "@/server/budgets/schemas";

/** Whose forecast it is. A name may hold anything, slashes too, so it is no part of the path. */
const subjectParams = {
  of: parseAsStringLiteral(budgetSubjectKinds).withDefault("tenant"),
  name: parseAsString.withDefault(""),
};
const loadParams = createLoader(subjectParams);
const serialize = createSerializer(subjectParams);

/** Null: the address names nobody. */
export async function loadSubject(
  searchParams: Parameters<typeof loadParams>[0],
): Promise<BudgetSubject | null> {
  const { of, name } = await loadParams(searchParams);
  if (of === "tenant") return { kind: "tenant", key: "" };
  return name === "" ? null : { kind: of, key: name };
}

export const forecastHref = (slug: string, { kind, key }: BudgetSubject) =>
  serialize(`/${slug}/budgets/forecast`, { of: kind, name: key === "" ? null : key });
