import type { SpendFilter } from "@/server/analytics/schemas";
import { type BudgetSubject, budgetSubjectKinds } from "@/server/budgets/schemas";
import type { IncidentSubjectKind, RuleId } from "@/server/incidents/schemas";
import { forecastHref } from "../../budgets/search-params";
import { callsHref } from "../../calls/search-params";
import { filterParams, scopeHref } from "../../_scope/params";
import { partsOfFilter } from "../../_scope/parts-of-filter";
import { type Seen, wholeStretch } from "./around";

interface ScreenOf {
  path: string;
  label: string;
  by?: "account";
}
const screens = {
  tenant: { path: "overview", label: "Overview" },
  environment: { path: "overview", label: "Overview" },
  team: { path: "teams", label: "Teams" },
  feature: { path: "features", label: "Features" },
  user: { path: "users", label: "Users" },
  account: { path: "users", label: "Accounts", by: "account" },
  model: { path: "models", label: "Models" },
} as const satisfies Partial<Record<IncidentSubjectKind, ScreenOf>>;

/** What they compare with is a budget. */
export const budgetRules: readonly RuleId[] = ["budget", "daily-pace", "forecast"];

function budgetSubject({ subject }: Pick<Seen, "subject">): BudgetSubject | null {
  const kind = budgetSubjectKinds.find((one) => one === subject.kind);
  return kind ? { kind, key: subject.key } : null;
}

/** Where one goes on from an incident: screens with its subject as a filter and its stretch as the range. */
export function linksOf(
  slug: string,
  incident: Seen,
  filter: SpendFilter | null,
  timeZone: string,
): { label: string; href: string }[] {
  const { kind } = incident.subject;
  if (filter === null || kind === "source") return [{ label: "Sources", href: `/${slug}/settings/sources` }];
  const stretch = wholeStretch(incident, timeZone);
  const parts = partsOfFilter(filter);
  const { path, label, ...more }: ScreenOf = screens[kind];
  const budget = budgetRules.includes(incident.rule) ? budgetSubject(incident) : null;
  return [
    ...(budget ? [{ label: "Budget and forecast", href: forecastHref(slug, budget) }] : []),
    { label, href: scopeHref(slug, path, { ...stretch, ...more, ...filterParams(parts) }) },
    { label: "Calls, the dearest first", href: callsHref(slug, { ...stretch, parts, order: "dearest" }) },
  ];
}

/** One call in the list of those around it. */
export const callHref = (slug: string, callId: string) => `/${slug}/calls?call=${encodeURIComponent(callId)}`;
