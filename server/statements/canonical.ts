import { buckets, type Bucket } from "@/server/prices/buckets";
import type { LineKind, StatementHead } from "./schemas";

/** A line as it is stored. Counts are decimal strings: sums of tokens may be larger than a number is exact. */
export type StatementLine = Record<Bucket, string> & {
  n: number;
  kind: LineKind;
  /** YYYY-MM */
  ofMonth: string;
  /** '' is none, in this and the following. */
  accountId: string;
  team: string;
  feature: string;
  provider: string;
  model: string;
  calls: string;
  /** With all 18 decimals. */
  costUsd: string;
  unpricedCalls: string;
};

export type HashedHead = Omit<
  StatementHead,
  "contentHash" | "renamedAt" | "reopenedAt" | "reopenedBy" | "reopenReason"
>;

/** One line of the text that is hashed: a JSON array of strings, without spaces, and a line feed. */
const row = (values: readonly string[]) => `${JSON.stringify(values)}\n`;

/** The first line of the text. What comes after the closing (a name that was erased, a reopening) is not in it. */
export function headText(tenantId: string, head: HashedHead): string {
  return row([
    "tokenledger statement",
    String(head.shape),
    tenantId,
    head.month,
    String(head.revision),
    head.timeZone,
    head.from,
    head.to,
    head.takenAt,
    head.takenBy,
    head.priceBook,
    head.codeVersion,
    String(head.calls),
    head.costUsd,
    head.correctionsUsd,
    head.amountUsd,
    String(head.unpricedCalls),
  ]);
}

export function lineText(line: StatementLine): string {
  return row([
    String(line.n),
    line.kind,
    line.ofMonth,
    line.accountId,
    line.team,
    line.feature,
    line.provider,
    line.model,
    line.calls,
    ...buckets.map((bucket) => line[bucket]),
    line.costUsd,
    line.unpricedCalls,
  ]);
}
