import type { Incident, IncidentEventKind, IncidentSubject } from "@/server/incidents/schemas";
import { alertIdOf } from "./alert-id";
import { changeInWords, figureInWords, stretchInWords, usdChangeInWords, usdInWords } from "./figures";
import { guaranteeOf } from "./guarantee";
import { ruleNames } from "./rule-names";
import type { Guarantee, Message } from "./schemas";

/** Of an event of an incident's timeline, what a message needs. */
export interface Told {
  incident: Incident;
  event: { kind: IncidentEventKind; at: Date };
}

/** Whose message it is and where its links lead. */
export interface Sender {
  tenantName: string;
  timeZone: string;
  /** The tenant's pages, without a slash at the end. */
  url: string;
}

export const guaranteeWords = {
  at_most_once: "Sent once: it is never repeated, and may be missing after a failure on the way.",
  at_least_once: "Sent until it arrives: after a failure on the way it may come twice, with the same id.",
} satisfies Record<Guarantee, string>;

const happened: Record<IncidentEventKind, string> = {
  opened: "New",
  escalated: "Worse",
  acknowledged: "Acknowledged",
  snoozed: "Snoozed",
  woken: "Still so",
  noted: "Noted",
  resolved: "Resolved",
  reopened: "Back",
};

/** "feature email-drafts"; the tenant by its name. */
export function subjectInWords(subject: IncidentSubject, tenantName: string): string {
  return subject.kind === "tenant" ? tenantName : `${subject.kind} ${subject.key}`;
}

const urlOf = (sender: Sender, incidentId: string) => `${sender.url}/alerts/${incidentId}`;

function textOf({ incident: { details }, event }: Told): string {
  if (event.kind === "resolved") return `It is over. What was told: ${details.sentence}`;
  const late = details.basis === "provisional" ? " Calls that come late may still change these figures." : "";
  return details.sentence + late;
}

/** One incident, as every channel tells it. */
export function incidentMessage({ incident, event }: Told, sender: Sender): Message {
  const subject = subjectInWords(incident.subject, sender.tenantName);
  const change = changeInWords(incident.expected, incident.actual);
  const top = incident.details.contributors[0];
  const fields = [
    incident.expected !== null && {
      label: "Expected",
      value: figureInWords(incident.expected, incident.unit),
    },
    {
      label: "Actual",
      value: figureInWords(incident.actual, incident.unit) + (change === null ? "" : ` (${change})`),
    },
    incident.level !== null && { label: "Threshold passed", value: `${incident.level} % of the budget` },
    incident.impactUsd !== null && {
      label: "Beyond what was expected",
      value: usdInWords(incident.impactUsd),
    },
    top && { label: "Greatest part of it", value: `${top.label}: ${usdChangeInWords(top.deltaUsd)}` },
    incident.monthEndUsd !== null && {
      label: "By the end of the month, if it goes on",
      value: usdChangeInWords(incident.monthEndUsd),
    },
  ];
  const id = alertIdOf(incident.id);
  return {
    type: `incident.${event.kind}`,
    title: `${happened[event.kind]}: ${ruleNames[incident.rule].toLowerCase()}, ${subject}`,
    text: textOf({ incident, event }),
    fields: fields.filter((field) => field !== false && field !== undefined),
    lines: [],
    context: [
      `Rule: ${ruleNames[incident.rule]}. Severity: ${incident.severity}. Seen: ${stretchInWords(incident.lastWindow, sender.timeZone)}`,
      `Alert ${id}. ${guaranteeWords[guaranteeOf(incident)]}`,
    ],
    link: { label: "Open the incident", url: urlOf(sender, incident.id) },
    alertId: id,
  };
}

/** One line of a digest. */
export function incidentLine({ incident, event }: Told, sender: Sender): string {
  const subject = subjectInWords(incident.subject, sender.tenantName);
  const actual = figureInWords(incident.actual, incident.unit);
  const expected =
    incident.expected === null ? "" : ` against ${figureInWords(incident.expected, incident.unit)}`;
  const what = `${happened[event.kind]}, ${incident.severity}`;
  return `${what}: ${subject}, ${ruleNames[incident.rule].toLowerCase()}, ${actual}${expected} · ${alertIdOf(incident.id)}`;
}
