import type { Tone } from "@/app/_components/ui/badge";
import type { Cadence } from "@/server/alerts/schemas";
import type {
  IncidentState,
  IncidentSubject,
  IncidentSubjectKind,
  RuleId,
  Severity,
} from "@/server/incidents/schemas";

export const kindLabels = {
  tenant: "Organisation",
  team: "Team",
  feature: "Feature",
  user: "User",
  account: "Account",
  environment: "Environment",
  model: "Model",
  source: "Source",
} as const satisfies Record<IncidentSubjectKind, string>;

export function subjectName({ kind, key }: Pick<IncidentSubject, "kind" | "key">): string {
  if (kind === "tenant") return "The organisation";
  return key === "" ? "Calls without a feature" : key;
}

export const stateWords = {
  open: { label: "open", tone: "accent" },
  acknowledged: { label: "acknowledged", tone: "neutral" },
  snoozed: { label: "snoozed", tone: "neutral" },
  resolved: { label: "resolved", tone: "good" },
} as const satisfies Record<IncidentState, { label: string; tone: Tone }>;

export const severityTones = {
  info: "neutral",
  warning: "warn",
  critical: "bad",
} as const satisfies Record<Severity, Tone>;

/** What the incidents of a rule are; with several it is told why. */
export const ruleSeverities = {
  "week-over-week": "warning",
  "day-over-mean": "warning",
  "hour-out-of-band": "warning",
  spike: "critical",
  budget: "info to critical, by threshold",
  "daily-pace": "info to critical, by threshold",
  forecast: "warning",
  "call-outlier": "info",
  "user-runaway": "critical",
  "retry-rate": "warning",
  "cost-without-traffic": "warning",
  "latency-cost": "info",
  "cache-hit-rate": "warning",
  "unattributed-share": "info",
  "unpriced-model": "warning",
  "silent-source": "critical; of a connection warning",
  "reconciliation-gap": "warning",
  loop: "critical",
} as const satisfies Record<RuleId, string>;

export const cadenceWords = {
  fast: "looked at each minute, on provisional figures",
  hourly: "looked at each hour, once its figures are final",
  daily: "looked at each day, once its figures are final",
} as const satisfies Record<Cadence, string>;
