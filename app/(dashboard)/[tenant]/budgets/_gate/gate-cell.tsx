import { Money } from "@/app/_components/money";
import type { Outputs } from "@/app/_trpc/client";
import { gateWords } from "../words";
import type { BudgetRow } from "../budgets";

export type GateBalance = Outputs["gate"]["balances"][number];

interface GateCellProps {
  enforcement: BudgetRow["budget"]["enforcement"];
  /** Undefined: not known yet. Null: no app has asked about this budget in its period. */
  balance: GateBalance | null | undefined;
}

/** What calls under way hold of a budget and what finished ones came to, by the apps that ask; and what it does to others. */
export function GateCell({ enforcement, balance }: GateCellProps) {
  return (
    <span className="inline-flex flex-col items-end align-middle whitespace-nowrap">
      {balance ? (
        <span>
          <Money usd={balance.heldUsd} />
          <span className="text-ink-faint"> / </span>
          <Money usd={balance.settledUsd} />
        </span>
      ) : (
        <span
          className="text-ink-muted"
          title={balance === null ? "No app has asked the gate about it in this period" : undefined}
        >
          –{balance === null && <span className="sr-only"> No app has asked</span>}
        </span>
      )}
      <span className={enforcement === null ? "text-xs text-ink-muted" : "text-xs font-medium text-accent"}>
        {gateWords[enforcement ?? "none"]}
      </span>
    </span>
  );
}
