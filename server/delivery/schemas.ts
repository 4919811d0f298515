import { z } from "zod";
import { Email, printable } from "@/server/auth/schemas";
import { storableText } from "@/server/calls/schemas";
import { ruleIds, severities } from "@/server/incidents/schemas";

export const destinationKinds = ["slack", "webhook", "email"] as const;
export const DestinationKind = z.enum(destinationKinds);
export type DestinationKind = z.infer<typeof DestinationKind>;

/** Disabled: switched off by us, after it had refused for good. */
export const destinationStates = ["active", "paused", "disabled"] as const;
export const DestinationState = z.enum(destinationStates);
export type DestinationState = z.infer<typeof DestinationState>;

/** What a message tells: one incident, several at once, a test, that a destination was switched off, or a report. */
export const deliveryKinds = ["incident", "digest", "test", "notice", "report"] as const;
export const DeliveryKind = z.enum(deliveryKinds);
export type DeliveryKind = z.infer<typeof DeliveryKind>;

export const deliveryStates = ["waiting", "claimed", "sent", "failed", "folded"] as const;
export const DeliveryState = z.enum(deliveryStates);
export type DeliveryState = z.infer<typeof DeliveryState>;

export const guarantees = ["at_most_once", "at_least_once"] as const;
export const Guarantee = z.enum(guarantees);
export type Guarantee = z.infer<typeof Guarantee>;

export const mostDestinations = 20;
/** How long a removed destination can be had back. */
export const restorableHours = 24;
/** A destination gets one message a second, as Slack asks of its webhooks. */
export const paceMs = 1_000;
/** More messages than this to one destination within {@link floodMs}, and they become one. */
export const mostInFlood = 5;
export const floodMs = 60_000;
/** Messages that could not be delivered, one after the other, until their destination is switched off. */
export const failuresUntilDisabled = 10;

const Name = z.string().trim().min(1, "must not be empty").max(80).regex(printable, "must be printable");

/** Which incidents go there; an empty list lets everything through. */
export const Routes = z.strictObject({
  /** Spent by one of these, as far as the ledger tells who spent. */
  teams: z.array(storableText(256)).max(50).default([]),
  severities: z.array(z.enum(severities)).default([]),
  rules: z.array(z.enum(ruleIds)).default([]),
});
export type Routes = z.infer<typeof Routes>;
export const everything: Routes = { teams: [], severities: [], rules: [] };

const Address = z.string().trim().min(1, "must not be empty").max(600);
const Mailboxes = z
  .array(Email)
  .min(1, "must name at least one address")
  .max(10, "must name at most 10 addresses");

const common = { name: Name, routes: Routes.default(everything) };
export const AddDestinationInput = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("slack"), ...common, url: Address }),
  z.strictObject({ kind: z.literal("webhook"), ...common, url: Address }),
  z.strictObject({ kind: z.literal("email"), ...common, to: Mailboxes }),
]);
export type AddDestinationInput = z.input<typeof AddDestinationInput>;

export const ChangeDestinationInput = z.strictObject({
  id: z.uuid(),
  name: Name.optional(),
  routes: Routes.optional(),
  /** Of Slack and webhooks. */
  url: Address.optional(),
  /** Of e-mail. */
  to: Mailboxes.optional(),
});
export type ChangeDestinationInput = z.input<typeof ChangeDestinationInput>;

export const DestinationInput = z.strictObject({ id: z.uuid() });
export type DestinationInput = z.infer<typeof DestinationInput>;

export const RetryInput = z.strictObject({ id: z.uuid() });
export type RetryInput = z.infer<typeof RetryInput>;

export const ListDeliveriesInput = z.strictObject({
  destinationId: z.uuid().optional(),
  /** What was told of one incident. */
  incidentId: z.uuid().optional(),
  /** Only what could not be delivered. */
  failed: z.boolean().default(false),
  limit: z.int().min(1).max(200).default(50),
});
export type ListDeliveriesInput = z.input<typeof ListDeliveriesInput>;

export const EnqueueInput = z.strictObject({ incidentId: z.uuid(), n: z.int().positive() });
export type EnqueueInput = z.infer<typeof EnqueueInput>;

const Line = z.string().max(3_000);
/** What is told, in no channel's own form. All of it may hold names that customers of the tenant chose. */
export const Message = z.object({
  /** As the body of a webhook says it: incident.opened, digest, test … */
  type: z.string(),
  title: Line,
  /** What happened, in a sentence or a few. */
  text: Line,
  fields: z.array(z.object({ label: z.string(), value: Line })).max(10),
  /** Of a digest: one line for each thing. */
  lines: z.array(Line).max(100),
  /** Small print: the rule, the stretch of time, the alert's id. */
  context: z.array(Line).max(6),
  link: z.object({ label: z.string(), url: z.string() }).nullable(),
  /** The same in every message about one incident, and in every repeat of one. */
  alertId: z.string().nullable(),
});
export type Message = z.infer<typeof Message>;
