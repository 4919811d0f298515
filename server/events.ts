import { z } from "zod";

/** What verbs announce with `ctx.emit`. Events carry ids, never rows, and always the tenant (reliability P45). */
export const domainEvents = {
  /** The tenant's dirty hours want to be rolled up. */
  "rollup/requested": z.strictObject({ tenantId: z.uuid() }),
  /** Days of the tenant want the activity of their weeks and months told anew. */
  "activity/dirty": z.strictObject({ tenantId: z.uuid() }),
  /** The tenant's days begin at another hour than before: they want to be cut anew. */
  "tenant/zone-changed": z.strictObject({ tenantId: z.uuid() }),
  /** The tenant's contract rates or discounts are others than before. */
  "prices/changed": z.strictObject({ tenantId: z.uuid() }),
  /** What would a repricing change? */
  "repricing/requested": z.strictObject({ tenantId: z.uuid(), runId: z.uuid() }),
  /** A repricing may change the ledger now. */
  "repricing/approved": z.strictObject({ tenantId: z.uuid(), runId: z.uuid() }),
  /** Calls of the tenant wait for a price, and may have one by now. */
  "repricing/backlog-found": z.strictObject({ tenantId: z.uuid() }),
  /** Deliveries of a sender that never retries wait to be processed. */
  "inbox/received": z.strictObject({ tenantId: z.uuid() }),
  /** A source of the tenant's has something new, or may have. */
  "source/pull-requested": z.strictObject({ tenantId: z.uuid(), connectionId: z.uuid() }),
  /** A provider's bill may say something new. */
  "bill/pull-requested": z.strictObject({ tenantId: z.uuid(), connectionId: z.uuid() }),
  /** A rule of the tenant's wants to be applied to the past, or taken back. */
  "attribution/run-requested": z.strictObject({ tenantId: z.uuid() }),
  /** The tenant's roll-ups have moved on: what is watched each minute wants to be looked at; each hour, everything. */
  "alerts/evaluate-requested": z.strictObject({
    tenantId: z.uuid(),
    cadences: z.array(z.enum(["fast", "hourly", "daily"])).min(1),
  }),
  /** Something happened to an incident that the world should be told: the nth event of its timeline. */
  "incident/changed": z.strictObject({ tenantId: z.uuid(), incidentId: z.uuid(), n: z.int().positive() }),
  /** Messages of the tenant wait to be sent. */
  "delivery/requested": z.strictObject({ tenantId: z.uuid() }),
  /** It is Monday, eight o'clock or later, on the tenant's clocks: last week wants to be reviewed. */
  "review/due": z.strictObject({ tenantId: z.uuid() }),
  /** It is five in the morning or later on the tenant's clocks: its last 30 days want to be looked at for savings. */
  "recommendations/due": z.strictObject({ tenantId: z.uuid() }),
  /** A month of the tenant's may be over and without a kill review, or a decision of one may come due. */
  "kill-review/due": z.strictObject({ tenantId: z.uuid() }),
  /** A month of the tenant's waits to be closed. */
  "period/closing-waits": z.strictObject({ tenantId: z.uuid() }),
  /** The tenant has usage to bill, or the billing provider has said something. */
  "billing/export-requested": z.strictObject({ tenantId: z.uuid() }),
  /** A person wants to be forgotten. Not even an id says who. */
  "privacy/erase-requested": z.strictObject({ tenantId: z.uuid() }),
} satisfies Record<string, z.ZodType>;

export type EventName = keyof typeof domainEvents;
export type EventData<Name extends EventName> = z.infer<(typeof domainEvents)[Name]>;

/** With an `id`, sending the same event again starts nothing (for a day at least). */
export type DomainEvent = {
  [Name in EventName]: { name: Name; data: EventData<Name>; id?: string };
}[EventName];
