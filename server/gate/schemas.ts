import { z } from "zod";
import { DecimalUsd, storableText, Usage } from "@/server/calls/schemas";

const Tag = storableText(256);
/** The caller's name of the call: the same key again is the same call, whatever became of the answer. */
const Key = storableText(200);

/** What a call will cost, or did: an amount, or what it can be priced by. */
export const CostOf = z
  .strictObject({
    /** USD as a decimal string. */
    costUsd: DecimalUsd.optional(),
    provider: storableText(64).optional(),
    model: storableText(200).optional(),
    /** Of an estimate: the prompt's tokens, and as output the most that may come (max_tokens). */
    usage: Usage.optional(),
    serviceTier: storableText(64).optional(),
    batch: z.boolean().default(false),
  })
  .refine(
    ({ costUsd, model, usage }) => costUsd !== undefined || (model !== undefined && usage !== undefined),
    {
      message: "needs costUsd, or a model and its usage",
    },
  );
export type CostOf = z.infer<typeof CostOf>;

const Tags = {
  feature: Tag.optional(),
  team: Tag.optional(),
  userId: Tag.optional(),
  accountId: Tag.optional(),
  environment: Tag.optional(),
};

/** A run's own limits. The tightest that any of its steps stated holds. */
const Run = z.strictObject({
  id: Tag,
  limitUsd: DecimalUsd.refine((usd) => Number(usd) > 0, "must be more than nothing").optional(),
  limitTokens: z.int().min(1).max(1_000_000_000_000).optional(),
});

const Asked = { ...Tags, run: Run.optional(), estimate: CostOf };

export const ReserveInput = z.strictObject({
  key: Key,
  ...Asked,
  /** SHA-256 or any other digest of the prompt: the same again and again is a loop. */
  promptHash: Tag.optional(),
  /** Somebody has said that the budget may be exceeded. */
  acknowledged: z.boolean().default(false),
  /** How long the call may take before what it holds is given back. */
  leaseSeconds: z.int().min(1).max(3_600).default(120),
});
export type ReserveInput = z.input<typeof ReserveInput>;
export type Reserve = z.output<typeof ReserveInput>;

export const CheckInput = z.strictObject(Asked);
export type CheckInput = z.input<typeof CheckInput>;

export const SettleInput = z.strictObject({
  key: Key,
  /** What it cost; left out, it cost nothing and what it held is given back. */
  actual: CostOf.optional(),
});
export type SettleInput = z.input<typeof SettleInput>;

export const unpricedChoices = ["allow", "ask", "deny"] as const;
/** How a tenant wants the gate to behave. */
export const GateSettings = z.strictObject({
  /** What an app should do when it cannot reach the gate. */
  whenUnreachable: z.enum(["open", "closed"]).default("open"),
  /** What becomes of a call whose cost nobody can estimate, where a budget would be enforced. */
  unpriced: z.enum(unpricedChoices).default("ask"),
  /** The same prompt for the same feature and user, more often than this in a minute, is a loop. Null: never. */
  loopPerMinute: z.int().min(2).max(100_000).nullable().default(60),
  /** USD in a minute for one feature and user. Null: no limit. */
  usdPerMinute: DecimalUsd.nullable().default(null),
  /** For runs that state no limit. */
  runLimitUsd: DecimalUsd.nullable().default(null),
});
export type GateSettings = z.infer<typeof GateSettings>;
export const usualSettings: GateSettings = GateSettings.parse({});

/** Amounts are decimal strings, USD. */
export interface BudgetReason {
  kind: "budget";
  budgetId: string;
  subject: { kind: string; key: string };
  period: "month" | "day";
  limitUsd: string;
  spentUsd: string;
  heldUsd: string;
}
export type Reason =
  | BudgetReason
  | { kind: "run-usd"; runId: string; limitUsd: string; spentUsd: string; heldUsd: string }
  | { kind: "run-tokens"; runId: string; limitTokens: number; spentTokens: number; heldTokens: number }
  | { kind: "loop"; perMinute: number; limit: number }
  | { kind: "usd-per-minute"; usdPerMinute: string; limitUsd: string }
  | { kind: "unpriced"; model: string };

export const outcomes = ["allow", "needs-ack", "deny"] as const;
export type Outcome = (typeof outcomes)[number];

export interface Decision {
  outcome: Outcome;
  /** Why not, the gravest first; of an allowed call what was acknowledged. */
  reasons: Reason[];
  /** One sentence for people; empty when there is nothing to say. */
  message: string;
}

export interface ReserveAnswer extends Decision {
  key: string;
  /** What is held, USD; null when nothing is (not allowed, or no price). */
  heldUsd: string | null;
  /** Instant; null when nothing is held. */
  leaseUntil: string | null;
  /** The same key had been let through before. */
  repeated: boolean;
  whenUnreachable: GateSettings["whenUnreachable"];
}
