import type { ReactNode } from "react";
import { formatExact, formatTotalChange } from "@/app/_format/money";
import { ChangeMark, type Worse } from "../change-mark";
import type { Change } from "../prepare-change";

interface ChangeCellProps {
  change: Change;
  /** What it is in USD, decimal string; null: nothing is compared. */
  changeUsd: string | null;
  worse?: Worse;
  /** A button that asks why. */
  why?: ReactNode;
}

/** How the cost changed, in per cent and in USD, and the way to ask why. */
export function ChangeCell({ change, changeUsd, worse, why }: ChangeCellProps) {
  return (
    <span className="inline-flex items-center justify-end gap-1.5">
      <span className="flex items-baseline gap-1.5 @md:flex-col @md:items-end @md:gap-0">
        <ChangeMark change={change} worse={worse} />
        {changeUsd !== null && change.kind !== "unknown" && (
          <data value={changeUsd} title={`${formatExact(changeUsd)} USD`} className="text-xs text-ink-muted">
            {formatTotalChange(changeUsd)}
          </data>
        )}
      </span>
      {why}
    </span>
  );
}
