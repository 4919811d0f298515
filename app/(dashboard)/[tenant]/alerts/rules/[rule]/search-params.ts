import { createLoader, createSerializer, parseAsString, parseAsStringLiteral } from "nuqs/server";
import { AlertSubject, ruleOf } from "@/server/alerts/schemas";
import { incidentSubjectKinds, type IncidentSubject, type RuleId } from "@/server/incidents/schemas";

/** For whom a rule is looked at; nobody: everything. A name may hold anything, slashes too, so it is no part of the path. */
const subjectParams = {
  of: parseAsStringLiteral(incidentSubjectKinds),
  name: parseAsString.withDefault(""),
};
const loadParams = createLoader(subjectParams);
const serialize = createSerializer(subjectParams);

/** Null: everything, or an address that names what the rule does not look at. */
export async function loadRuleSubject(
  rule: RuleId,
  searchParams: Parameters<typeof loadParams>[0],
): Promise<IncidentSubject | null> {
  const { of, name } = await loadParams(searchParams);
  const subject = AlertSubject.safeParse({ kind: of, key: name });
  return subject.success && ruleOf(rule).subjects.includes(subject.data.kind) ? subject.data : null;
}

export const ruleHref = (slug: string, rule: RuleId, subject: IncidentSubject | null = null) =>
  serialize(`/${slug}/alerts/rules/${rule}`, subject ? { of: subject.kind, name: subject.key } : {});
