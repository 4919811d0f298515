import { severities } from "@/server/incidents/schemas";
import { guaranteeWords, incidentLine, incidentMessage, type Sender, type Told } from "./incident-message";
import type { Guarantee, Message } from "./schemas";

/** More than these are on the screen. */
export const mostLines = 20;

const rankOf = ({ incident }: Told) => severities.indexOf(incident.severity);
const impactOf = ({ incident }: Told) => Number(incident.impactUsd ?? "0");

/** Of each incident its newest event, the gravest first. */
function inOrder(told: readonly Told[]): Told[] {
  const newest = new Map<string, Told>();
  for (const one of told) {
    const known = newest.get(one.incident.id);
    if (!known || known.event.at <= one.event.at) newest.set(one.incident.id, one);
  }
  return [...newest.values()].sort((a, b) => rankOf(b) - rankOf(a) || impactOf(b) - impactOf(a));
}

/** Many incidents as one message; one alone is told as itself. */
export function digestMessage(
  digestId: string,
  told: readonly Told[],
  guarantee: Guarantee,
  sender: Sender,
): Message {
  const [first, ...others] = inOrder(told);
  if (first && others.length === 0) return incidentMessage(first, sender);
  const all = first ? [first, ...others] : [];
  const shown = all.slice(0, mostLines);
  const more = all.length - shown.length;
  return {
    type: "digest",
    title: `${all.length} alerts of ${sender.tenantName}`,
    text: `So many came at once that they are told together, the gravest first.${more > 0 ? ` ${more} more are on the screen.` : ""}`,
    fields: [],
    lines: shown.map((one) => incidentLine(one, sender)),
    context: [`Digest ${digestId.slice(0, 8)}. ${guaranteeWords[guarantee]}`],
    link: { label: "Open the alerts", url: `${sender.url}/alerts` },
    alertId: null,
  };
}
