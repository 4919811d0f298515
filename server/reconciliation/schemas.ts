import { z } from "zod";
import { Month } from "@/server/periods/schemas";

/** Neighbouring figures of a month that have to be the same. Of `provider` there is one for each provider. */
export const linkKinds = ["rollup", "statement", "stripe", "invoices", "provider"] as const;
export type LinkKind = (typeof linkKinds)[number];

/** waits: it cannot be told yet. off: nothing is there to be compared with. */
export type LinkState = "equal" | "differs" | "waits" | "off";

export const units = ["usd", "tokens", "calls", "cost_micro_usd"] as const;
export const Unit = z.enum(units);
export type Unit = z.infer<typeof Unit>;

/** One figure on both sides of a link: decimal strings, exact. */
export interface LinkFigure {
  name: string;
  unit: Unit;
  from: string;
  to: string;
  /** to − from. */
  difference: string;
}

/** What somebody said of a difference. */
export interface Ownership {
  ownerId: string | null;
  note: string;
  /** A local day. */
  dueOn: string | null;
  isOverdue: boolean;
  /** In order as it is, said by a member; taken back by itself when the amount changes. */
  settled: { at: string; by: string } | null;
  /** Null: nobody has said anything; it is whose it would be. */
  updatedAt: string | null;
}

export interface Difference {
  /** Of its cause and of whom it is about; the same as long as it exists. */
  key: string;
  cause: string;
  /** Whom or what it is about, beside the cause; null: the month as a whole. */
  subject: string | null;
  sentence: string;
  /** to − from, as far as this explains it; null: it is no amount. */
  amount: string | null;
  unit: Unit;
  /** Where to look, below the tenant. */
  place: string;
  ownership: Ownership | null;
}

export interface Link {
  /** rollup, statement, stripe, invoices, provider:openai … */
  id: string;
  kind: LinkKind;
  /** As the ledger names it; null where the link is not about one. */
  provider: string | null;
  state: LinkState;
  /** The first is the one that the chain shows. */
  figures: LinkFigure[];
  /** Why it cannot be told, and from when on it can. */
  waits: { sentence: string; until: string | null } | null;
  /** What one has to know to read the figures. */
  notes: string[];
  differences: Difference[];
  place: string;
}

/** Said of a difference that is not there any more. */
export interface GoneDifference {
  link: string;
  key: string;
  cause: string;
  amount: string | null;
  unit: Unit;
  ownerId: string | null;
  note: string;
  /** Null: nobody who may note it has looked since. */
  goneAt: string | null;
}

export const ReconciliationInput = z.strictObject({ month: Month });
export type ReconciliationInput = z.infer<typeof ReconciliationInput>;

const LinkId = z.string().regex(/^(rollup|statement|stripe|invoices|provider:[a-z0-9][a-z0-9._-]{0,63})$/);
const which = {
  month: Month,
  link: LinkId,
  key: z.string().regex(/^[0-9a-f]{32}$/, "must be the key of a difference"),
};

export const AssignDifferenceInput = z.strictObject({
  ...which,
  /** A member; null: nobody. */
  ownerId: z.uuid().nullable(),
  note: z.string().trim().max(1_000).default(""),
  /** A local day. */
  dueOn: z.iso.date().nullable().default(null),
});
export type AssignDifferenceInput = z.input<typeof AssignDifferenceInput>;

export const SettleDifferenceInput = z.strictObject({
  ...which,
  /** As it was looked at, so that nobody settles another amount than the one on the screen. */
  amount: z.string().max(80).nullable(),
  note: z
    .string()
    .trim()
    .min(1, "Say why it is in order: whoever reads it later must understand it.")
    .max(1_000),
});
export type SettleDifferenceInput = z.input<typeof SettleDifferenceInput>;

export const UnsettleDifferenceInput = z.strictObject(which);
export type UnsettleDifferenceInput = z.infer<typeof UnsettleDifferenceInput>;
