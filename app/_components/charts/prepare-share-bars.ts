import { toGeometry } from "@/app/_format/money";

export interface ShareInput {
  key: string | null;
  costUsd: string;
  calls: number;
  unpricedCalls: number;
  /** Decimal strings from "0" to "1"; null where there is no whole. */
  costShare: string | null;
  callShare: string | null;
}

export interface ShareRow extends ShareInput {
  cost: number | null;
  call: number | null;
  /** Lengths of the bars against the longest of all. */
  costLength: number;
  callLength: number;
  /** How many times its share of calls its share of cost is; null where one of them is nothing or not known. */
  weight: number | null;
}

const fraction = (share: string | null) => (share === null ? null : toGeometry(share));

/** Share of cost beside share of calls: what is dear for what it does stands out. In the order that the rows came in. */
export function prepareShareBars(rows: readonly ShareInput[]): ShareRow[] {
  const longest = Math.max(
    ...rows.flatMap(({ costShare, callShare }) => [fraction(costShare) ?? 0, fraction(callShare) ?? 0]),
    Number.MIN_VALUE,
  );
  return rows.map((row) => {
    const isUnknown = row.calls > 0 && row.calls === row.unpricedCalls;
    const cost = isUnknown ? null : fraction(row.costShare);
    const call = fraction(row.callShare);
    return {
      ...row,
      cost,
      call,
      costLength: (cost ?? 0) / longest,
      callLength: (call ?? 0) / longest,
      weight: cost === null || call === null || call === 0 || cost === 0 ? null : cost / call,
    };
  });
}
