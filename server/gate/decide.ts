import { Usd } from "@/server/prices/decimal";
import type { BudgetReason, Decision, GateSettings, Outcome, Reason } from "./schemas";

/** A budget in its running month or day. */
export interface Account {
  budgetId: string;
  periodStart: Date;
  subject: { kind: string; key: string };
  period: "month" | "day";
  limitUsd: Usd;
  /** Null: it only tells, and turns nothing away. */
  enforcement: "ask" | "deny" | null;
  spentUsd: Usd;
  heldUsd: Usd;
}

export interface RunState {
  runId: string;
  limitUsd: Usd | null;
  limitTokens: number | null;
  spentUsd: Usd;
  heldUsd: Usd;
  spentTokens: number;
  heldTokens: number;
}

/** How often, and for how much, the like of a call was asked for within a minute, this one included. */
export interface Pace {
  loopPerMinute: number | null;
  usdPerMinute: Usd;
}

export interface Question {
  /** USD; null: nobody knows a price. */
  estimateUsd: Usd | null;
  estimateTokens: number;
  model: string;
  acknowledged: boolean;
  accounts: readonly Account[];
  run: RunState | null;
  pace: Pace;
}

interface Objection {
  outcome: Exclude<Outcome, "allow">;
  reason: Reason;
}

function ofBudget(account: Account, estimate: Usd): Objection[] {
  const { enforcement, spentUsd, heldUsd, limitUsd } = account;
  if (enforcement === null || spentUsd.plus(heldUsd).plus(estimate).lte(limitUsd)) return [];
  const { budgetId, subject, period } = account;
  const amounts = {
    limitUsd: limitUsd.toFixed(),
    spentUsd: spentUsd.toFixed(),
    heldUsd: heldUsd.toFixed(),
  };
  const reason: BudgetReason = { kind: "budget", budgetId, subject, period, ...amounts };
  return [{ outcome: enforcement === "deny" ? "deny" : "needs-ack", reason }];
}

function ofRun(run: RunState, estimate: Usd, tokens: number): Objection[] {
  const objections: Objection[] = [];
  const { runId, limitUsd, limitTokens, spentUsd, heldUsd, spentTokens, heldTokens } = run;
  if (limitUsd !== null && spentUsd.plus(heldUsd).plus(estimate).gt(limitUsd)) {
    const amounts = {
      limitUsd: limitUsd.toFixed(),
      spentUsd: spentUsd.toFixed(),
      heldUsd: heldUsd.toFixed(),
    };
    objections.push({ outcome: "deny", reason: { kind: "run-usd", runId, ...amounts } });
  }
  if (limitTokens !== null && spentTokens + heldTokens + tokens > limitTokens)
    objections.push({
      outcome: "deny",
      reason: { kind: "run-tokens", runId, limitTokens, spentTokens, heldTokens },
    });
  return objections;
}

function ofPace({ loopPerMinute, usdPerMinute }: Pace, settings: GateSettings): Objection[] {
  const objections: Objection[] = [];
  const limit = settings.loopPerMinute;
  if (limit !== null && loopPerMinute !== null && loopPerMinute > limit)
    objections.push({
      outcome: "deny",
      reason: { kind: "loop", perMinute: Math.floor(loopPerMinute), limit },
    });
  const { usdPerMinute: most } = settings;
  if (most !== null && usdPerMinute.gt(most))
    objections.push({
      outcome: "deny",
      reason: { kind: "usd-per-minute", usdPerMinute: usdPerMinute.toFixed(), limitUsd: most },
    });
  return objections;
}

/** Where something would be enforced, a call without a price is no call for nothing. */
function ofUnpriced({ estimateUsd, accounts, run, model }: Question, settings: GateSettings): Objection[] {
  const isEnforced =
    accounts.some(({ enforcement }) => enforcement !== null) || (run?.limitUsd ?? null) !== null;
  if (estimateUsd !== null || !isEnforced || settings.unpriced === "allow") return [];
  return [
    { outcome: settings.unpriced === "deny" ? "deny" : "needs-ack", reason: { kind: "unpriced", model } },
  ];
}

function sentenceOf(reason: Reason): string {
  switch (reason.kind) {
    case "budget": {
      const { subject, period, limitUsd, spentUsd, heldUsd } = reason;
      const whose = subject.kind === "tenant" ? "the organisation" : `${subject.kind} ${subject.key}`;
      return `The ${period}’s budget of ${whose} ($${limitUsd}) would be exceeded: $${spentUsd} is spent and $${heldUsd} held.`;
    }
    case "run-usd":
      return `Run ${reason.runId} may cost $${reason.limitUsd}: $${reason.spentUsd} is spent and $${reason.heldUsd} held.`;
    case "run-tokens":
      return `Run ${reason.runId} may take ${String(reason.limitTokens)} tokens: ${String(reason.spentTokens)} are spent and ${String(reason.heldTokens)} held.`;
    case "loop":
      return `The same prompt was asked for ${String(reason.perMinute)} times within a minute, for one feature and user; ${String(reason.limit)} are allowed.`;
    case "usd-per-minute":
      return `One feature and user would cost $${reason.usdPerMinute} within a minute; $${reason.limitUsd} are allowed.`;
    case "unpriced":
      return `Nobody has said what ${reason.model} costs, so no budget can be kept with it.`;
  }
}

/**
 * Whether a call may be made, given what is spent and held. A budget is exceeded when spent + held + estimate is more than
 * its limit; to meet it exactly is allowed. Who acknowledges passes whatever asks, and nothing that denies.
 */
export function decide(question: Question, settings: GateSettings): Decision {
  const estimate = question.estimateUsd ?? new Usd(0);
  const objections = [
    ...ofPace(question.pace, settings),
    ...(question.run ? ofRun(question.run, estimate, question.estimateTokens) : []),
    ...question.accounts.flatMap((account) => ofBudget(account, estimate)),
    ...ofUnpriced(question, settings),
  ];
  const denials = objections.filter(({ outcome }) => outcome === "deny");
  const gravest = [...denials, ...objections.filter(({ outcome }) => outcome !== "deny")];
  const reasons = gravest.map(({ reason }) => reason);
  const outcome =
    denials.length > 0 ? "deny" : reasons.length > 0 && !question.acknowledged ? "needs-ack" : "allow";
  const first = reasons[0];
  return { outcome, reasons, message: first === undefined ? "" : sentenceOf(first) };
}
