import type { SpendFigures } from "@/server/analytics/schemas";
import { type Change, prepareChange } from "../prepare-change";

type Counted = Pick<SpendFigures, "costUsd" | "calls" | "unpricedCalls">;

/** Nothing but unpriced calls: what they cost is not known, and not zero. */
const costOf = ({ costUsd, calls, unpricedCalls }: Counted) =>
  calls > 0 && calls === unpricedCalls ? null : costUsd;

/** How the cost of a group changed; null where nothing is compared. */
export function changeOfTotals(current: Counted, previous: Counted | null): Change {
  return prepareChange({
    current: costOf(current),
    previous: previous === null ? undefined : costOf(previous),
    isThere: current.calls > 0,
    wasThere: previous === null || previous.calls > 0,
  });
}
