import { Usd } from "@/server/prices/decimal";
import { type Finding, type Measured, mostMeasuredDays, type State } from "./schemas";

interface Known {
  state: State;
  /** What it would have saved when it was dismissed; null: it was not. */
  dismissedUsd: string | null;
}

/** It comes back when it would save so many times what it did when it was dismissed. */
const comesBackAt = 2;

/** The state after a look. @param finding null: its condition does not hold any more; @param known null: it is new */
export function afterLook(known: Known | null, finding: Pick<Finding, "savingUsd"> | null): State {
  switch (known?.state) {
    case undefined:
      return "open";
    case "open":
    case "gone":
      return finding ? "open" : "gone";
    case "dismissed": {
      const hasDoubled =
        finding && new Usd(finding.savingUsd).gte(new Usd(known.dismissedUsd ?? "0").times(comesBackAt));
      return hasDoubled ? "open" : "dismissed";
    }
    // Whether it saved anything is for its days to say.
    case "accepted":
    case "verified":
    case "not_seen":
      return known.state;
  }
}

/**
 * The state of one that was accepted, by what its days came to.
 * @param daysOver whole local days since acceptance
 */
export function afterMeasuring(state: State, measured: Measured | null, daysOver: number): State {
  if (state !== "accepted" && state !== "verified" && state !== "not_seen") return state;
  if (measured?.isSeen) return "verified";
  // What showed after two weeks and is gone after four did not last.
  return daysOver >= mostMeasuredDays ? "not_seen" : "accepted";
}
