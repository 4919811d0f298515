import { Usd } from "@/server/prices/decimal";
import type { Beats } from "./beats";
import { printsOf } from "./beats";
import { decide } from "./decide";
import type { Estimate } from "./estimate";
import { type Refusal, refusalsOf } from "./refusals";
import {
  accountKey,
  type AccountDelta,
  type Hold,
  keyOf,
  type StoredAccount,
  type StoredRun,
} from "./queries";
import type { Decision, GateSettings, Reserve } from "./schemas";
import { subjectsOf } from "./subjects";

export interface Reservation {
  kind: "reserve";
  input: Reserve;
  estimate: Estimate;
  now: Date;
}
export interface Settlement {
  kind: "settle";
  key: string;
  /** Null: it cost nothing. */
  actual: Estimate | null;
  now: Date;
}
export type Request = Reservation | Settlement;

export type Result =
  | {
      kind: "reserved";
      decision: Decision;
      hold: Hold | null;
      repeated: boolean;
      whenUnreachable: GateSettings["whenUnreachable"];
    }
  /** `before`: what the hold was until then; null: nobody knows the key. */
  | { kind: "settled"; before: Hold["state"] | null; hold: Hold | null };

interface Known {
  accounts: readonly StoredAccount[];
  holds: Map<string, Hold>;
  runs: Map<string, StoredRun>;
  beats: Beats;
  settings: GateSettings;
}

const allowed: Decision = { outcome: "allow", reasons: [], message: "" };
const zero = new Usd(0);
const least = (one: Usd | null, other: Usd | null) =>
  one === null || other === null ? (one ?? other) : Usd.min(one, other);

/**
 * Requests of one transaction, decided one after the other: what the first holds, the second sees. Touches nothing but
 * its own copies; `changes` is what is to be stored.
 */
export class GateBatch {
  private readonly accounts: Map<string, StoredAccount>;
  private readonly deltas = new Map<string, AccountDelta>();
  private readonly changedHolds = new Map<string, Hold>();
  private readonly changedRuns = new Set<string>();
  private readonly refused: Refusal[] = [];

  constructor(private readonly known: Known) {
    this.accounts = new Map(known.accounts.map((account) => [keyOf(account), { ...account }]));
  }

  run(request: Request): Result {
    return request.kind === "reserve" ? this.reserve(request) : this.settle(request);
  }

  changes(): {
    deltas: AccountDelta[];
    holds: Hold[];
    runs: StoredRun[];
    beats: Beats;
    refused: readonly Refusal[];
  } {
    const runs = [...this.changedRuns].flatMap((id) => this.known.runs.get(id) ?? []);
    return {
      deltas: [...this.deltas.values()],
      holds: [...this.changedHolds.values()],
      runs,
      beats: this.known.beats,
      refused: this.refused,
    };
  }

  private reserve({ input, estimate, now }: Reservation): Result {
    const before = this.known.holds.get(input.key);
    const { beats, settings } = this.known;
    const { whenUnreachable } = settings;
    if (before?.state === "held" || before?.state === "settled")
      return { kind: "reserved", decision: allowed, hold: before, repeated: true, whenUnreachable };
    const usd = estimate.usd ?? zero;
    const accounts = this.accountsFor(input);
    const run = input.run ? this.runOf(input.run, now) : null;
    const prints = printsOf(input);
    const loop = prints.loop === null ? null : beats.count(prints.loop, usd);
    const pace = beats.count(prints.pace, usd);
    const decision = decide(
      {
        estimateUsd: estimate.usd,
        estimateTokens: estimate.tokens,
        model: estimate.model,
        acknowledged: input.acknowledged,
        accounts,
        run,
        pace: { loopPerMinute: loop?.asked ?? null, usdPerMinute: pace.usd },
      },
      settings,
    );
    if (decision.outcome !== "allow") {
      this.refused.push(...refusalsOf(input.feature ?? "", decision));
      return { kind: "reserved", decision, hold: null, repeated: false, whenUnreachable };
    }
    const hold: Hold = {
      key: input.key,
      state: "held",
      accounts: accounts.map(({ budgetId, periodStart }) => ({
        budgetId,
        periodStart: periodStart.toISOString(),
      })),
      runId: input.run?.id ?? null,
      estimateUsd: usd,
      estimateTokens: estimate.tokens,
      actualUsd: null,
      acknowledged: input.acknowledged && decision.reasons.length > 0,
      heldAt: now,
      leaseUntil: new Date(now.getTime() + input.leaseSeconds * 1_000),
      endedAt: null,
    };
    this.keep(hold);
    this.move(hold, usd, zero);
    if (run) {
      run.heldUsd = run.heldUsd.plus(usd);
      run.heldTokens += estimate.tokens;
    }
    return { kind: "reserved", decision, hold, repeated: false, whenUnreachable };
  }

  private settle({ key, actual, now }: Settlement): Result {
    const before = this.known.holds.get(key);
    if (!before) return { kind: "settled", before: null, hold: null };
    if (before.state === "settled" || before.state === "released")
      return { kind: "settled", before: before.state, hold: before };
    const usd = actual === null ? null : (actual.usd ?? before.estimateUsd);
    const hold: Hold = {
      ...before,
      state: usd === null ? "released" : "settled",
      actualUsd: usd,
      endedAt: now,
    };
    this.keep(hold);
    // What an expired hold held was given back already; what the call cost after all still counts.
    const given = before.state === "held";
    this.move(hold, given ? before.estimateUsd.neg() : zero, usd ?? zero);
    const run = hold.runId === null ? undefined : this.known.runs.get(hold.runId);
    if (run) {
      if (given) {
        run.heldUsd = run.heldUsd.minus(before.estimateUsd);
        run.heldTokens -= before.estimateTokens;
      }
      run.spentUsd = run.spentUsd.plus(usd ?? zero);
      run.spentTokens += actual === null ? 0 : actual.tokens > 0 ? actual.tokens : before.estimateTokens;
      this.changedRuns.add(run.runId);
    }
    return { kind: "settled", before: before.state, hold };
  }

  private accountsFor(input: Reserve): StoredAccount[] {
    const names = new Set(subjectsOf(input).map(({ kind, key }) => `${kind} ${key}`));
    return [...this.accounts.values()].filter(({ subject }) => names.has(`${subject.kind} ${subject.key}`));
  }

  private runOf({ id, limitUsd, limitTokens }: NonNullable<Reserve["run"]>, now: Date): StoredRun {
    const { runLimitUsd } = this.known.settings;
    const known = this.known.runs.get(id) ?? {
      runId: id,
      limitUsd: runLimitUsd === null ? null : new Usd(runLimitUsd),
      limitTokens: null,
      spentUsd: zero,
      heldUsd: zero,
      spentTokens: 0,
      heldTokens: 0,
      asked: 0,
      firstAt: now,
      lastAt: now,
    };
    known.limitUsd = least(known.limitUsd, limitUsd === undefined ? null : new Usd(limitUsd));
    known.limitTokens =
      limitTokens === undefined ? known.limitTokens : Math.min(known.limitTokens ?? limitTokens, limitTokens);
    known.asked += 1;
    known.lastAt = now;
    this.known.runs.set(id, known);
    this.changedRuns.add(id);
    return known;
  }

  private keep(hold: Hold): void {
    this.known.holds.set(hold.key, hold);
    this.changedHolds.set(hold.key, hold);
  }

  private move({ accounts }: Hold, held: Usd, settled: Usd): void {
    for (const { budgetId, periodStart } of accounts) {
      const place = accountKey(budgetId, periodStart);
      const account = this.accounts.get(place);
      if (account) {
        account.heldUsd = account.heldUsd.plus(held);
        account.spentUsd = account.spentUsd.plus(settled);
        account.settledUsd = account.settledUsd.plus(settled);
      }
      const delta = this.deltas.get(place) ?? { budgetId, periodStart, heldUsd: zero, settledUsd: zero };
      this.deltas.set(place, {
        ...delta,
        heldUsd: delta.heldUsd.plus(held),
        settledUsd: delta.settledUsd.plus(settled),
      });
    }
  }
}
