import type { ConnectionState, ExportState } from "./schemas";
import { hourMs, rememberedMs, settledMs } from "./window";

export const nextSteps = [
  "send",
  "repeat",
  "ask_sums",
  "compare",
  "done",
  "mend_key",
  "retry",
  "cannot_be_sent",
  "invoice_item",
] as const;

export interface NextStep {
  step: (typeof nextSteps)[number];
  /** Not before then; null: with the next run, or not by itself. */
  at: Date | null;
}

export interface StandingRow {
  state: ExportState;
  notBefore: Date;
  triedAt: Date | null;
  unsureSince: Date | null;
  isTooLong: boolean;
}

export interface StandingConnection {
  state: ConnectionState;
  notBefore: Date | null;
  comparedAt: Date | null;
}

const compareEveryMs = 6 * hourMs;

/** What happens to an outbox row next, and from when on: as the jobs will decide, told beforehand. */
export function nextStep(row: StandingRow, connection: StandingConnection, now: Date): NextStep {
  const from = (...instants: (Date | null)[]): Date | null => {
    const latest = Math.max(...instants.map((at) => at?.getTime() ?? 0));
    return latest > now.getTime() ? new Date(latest) : null;
  };
  switch (row.state) {
    case "pending":
      return connection.state === "failing"
        ? { step: "mend_key", at: null }
        : { step: "send", at: from(row.notBefore, connection.notBefore) };
    case "unknown": {
      if (connection.state === "failing") return { step: "mend_key", at: null };
      const since = row.unsureSince?.getTime() ?? now.getTime();
      if (since + rememberedMs > now.getTime())
        return { step: "repeat", at: from(row.notBefore, connection.notBefore) };
      const settled = new Date((row.triedAt?.getTime() ?? since) + settledMs);
      return { step: "ask_sums", at: from(row.notBefore, settled) };
    }
    case "sent": {
      const { comparedAt } = connection;
      return { step: "compare", at: comparedAt && from(new Date(comparedAt.getTime() + compareEveryMs)) };
    }
    case "confirmed":
      return { step: "done", at: null };
    case "refused":
      return { step: row.isTooLong ? "cannot_be_sent" : "retry", at: null };
    case "too_old":
      return { step: "invoice_item", at: null };
  }
}
