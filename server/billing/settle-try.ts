import type { PutOutcome } from "./port";
import type { ExportState } from "./schemas";
import { rememberedMs } from "./window";

const firstMs = 30_000;
const longestMs = 3_600_000;

/** How long to wait after the nth try: 30 s, 1 min, 2 min … 1 h. */
export function backOffMs(attempts: number): number {
  return Math.min(firstMs * 2 ** Math.max(attempts - 1, 0), longestMs);
}

export interface TriedRow {
  attempts: number;
  /** As it was before this try. */
  unsureBefore: Date | null;
  /** When this try began. */
  triedAt: Date;
}

export interface Settlement {
  state: ExportState;
  unsureSince: Date | null;
  notBefore: Date | null;
  code: string | null;
  failure: string | null;
}

/**
 * What becomes of an outbox row after a try. A try that was certainly not taken leaves the row as it was: one whose earlier
 * try may have been taken stays unknown.
 */
export function settleTry(row: TriedRow, outcome: PutOutcome, now: Date): Settlement {
  const later = (ms: number) => new Date(now.getTime() + ms);
  const untaken = row.unsureBefore === null ? "pending" : "unknown";
  switch (outcome.what) {
    case "accepted":
    case "duplicate":
      return { state: "sent", unsureSince: null, notBefore: null, code: null, failure: null };
    case "later": {
      const waitMs = Math.max((outcome.waitSeconds ?? 0) * 1_000, backOffMs(row.attempts));
      return {
        state: untaken,
        unsureSince: row.unsureBefore,
        notBefore: later(waitMs),
        code: null,
        failure: outcome.failure,
      };
    }
    case "denied":
      return {
        state: untaken,
        unsureSince: row.unsureBefore,
        notBefore: later(longestMs),
        code: null,
        failure: outcome.failure,
      };
    case "unsure":
      return {
        state: "unknown",
        unsureSince: row.unsureBefore ?? row.triedAt,
        notBefore: later(backOffMs(row.attempts)),
        code: null,
        failure: outcome.failure,
      };
    case "refused":
      // An earlier try may have been taken all the same: the provider's sums must tell before anybody decides.
      if (row.unsureBefore !== null)
        return {
          state: "unknown",
          unsureSince: row.unsureBefore,
          notBefore: new Date(row.unsureBefore.getTime() + rememberedMs),
          code: null,
          failure: outcome.failure,
        };
      return {
        state: "refused",
        unsureSince: null,
        notBefore: null,
        code: outcome.code,
        failure: outcome.failure,
      };
  }
}
