import type { Tone } from "@/app/_components/ui/badge";
import type {
  DeliveryKind,
  DeliveryState,
  DestinationKind,
  DestinationState,
  Guarantee,
} from "@/server/delivery/schemas";

export const kindNames = {
  slack: "Slack",
  webhook: "Webhook",
  email: "E-mail",
} as const satisfies Record<DestinationKind, string>;

export const stateWords = {
  active: { label: "active", tone: "good" },
  paused: { label: "paused", tone: "neutral" },
  disabled: { label: "switched off", tone: "bad" },
} as const satisfies Record<DestinationState, { label: string; tone: Tone }>;

export const messageStates = {
  waiting: { label: "waiting", tone: "accent" },
  claimed: { label: "being sent", tone: "accent" },
  sent: { label: "sent", tone: "good" },
  failed: { label: "not delivered", tone: "bad" },
  folded: { label: "in a digest", tone: "neutral" },
} as const satisfies Record<DeliveryState, { label: string; tone: Tone }>;

export const messageKinds = {
  incident: "Incident",
  digest: "Digest",
  test: "Test",
  notice: "Mail to owners and admins",
  report: "Report",
} as const satisfies Record<DeliveryKind, string>;

export const guaranteeNames = {
  at_most_once: "at most once",
  at_least_once: "at least once",
} as const satisfies Record<Guarantee, string>;

/** Of an incident's event, by what its message begins with. */
export const eventNames: Record<string, string> = {
  opened: "New",
  escalated: "Worse",
  resolved: "Resolved",
  reopened: "Back",
  woken: "Still so",
};
