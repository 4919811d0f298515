import type { Incident } from "@/server/incidents/schemas";
import type { Message } from "./schemas";

/** What a webhook gets. Fields may be added; none is taken away or changes its meaning. */
export interface WebhookBody {
  /** incident.opened | incident.escalated | incident.resolved | incident.reopened | digest | test | report… */
  type: string;
  /** When what is told happened (RFC 3339). */
  timestamp: string;
  data: {
    tenant: string;
    title: string;
    text: string;
    lines: string[];
    url: string | null;
    alertId: string | null;
    incident: ReturnType<typeof incidentData> | null;
  };
}

/** Amounts are decimal strings in `unit`, or in USD where the name says so; instants are RFC 3339 in UTC. */
function incidentData(incident: Incident) {
  const { id, rule, subject, severity, state, unit, expected, actual, impactUsd, monthEndUsd, level } =
    incident;
  const stretch = ({ from, to }: { from: Date; to: Date }) => ({
    from: from.toISOString(),
    to: to.toISOString(),
  });
  return {
    id,
    rule,
    subject,
    severity,
    state,
    window: stretch(incident.window),
    lastWindow: stretch(incident.lastWindow),
    unit,
    expected,
    actual,
    impactUsd,
    monthEndUsd,
    level,
    basis: incident.details.basis ?? "final",
    contributors: incident.details.contributors,
  };
}

export function webhookBody(
  message: Message,
  about: { tenantSlug: string; incident: Incident | null; at: Date },
): WebhookBody {
  const { type, title, text, lines, link, alertId } = message;
  return {
    type,
    timestamp: about.at.toISOString(),
    data: {
      tenant: about.tenantSlug,
      title,
      text,
      lines,
      url: link?.url ?? null,
      alertId,
      incident: about.incident && incidentData(about.incident),
    },
  };
}
