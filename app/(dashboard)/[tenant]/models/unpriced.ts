import type { BreakdownRow } from "@/server/analytics/schemas";

interface PricedModel {
  provider: string;
  model: string;
  /** Null: nobody knows one for calls made now. */
  price: object | null;
}

export interface UnpricedModel {
  model: string;
  calls: number;
  unpricedCalls: number;
  tokens: number;
  /** Who serves it, as far as recent calls tell. */
  providers: { provider: string; hasPrice: boolean }[];
}

/** Models with calls that no amount includes, the most calls first, and where a price for each can be entered. */
export function unpricedModels(
  rows: readonly Pick<BreakdownRow, "key" | "current">[],
  recent: readonly PricedModel[],
): UnpricedModel[] {
  return rows.flatMap(({ key, current }) =>
    key === null || current.unpricedCalls === 0
      ? []
      : [
          {
            model: key,
            calls: current.calls,
            unpricedCalls: current.unpricedCalls,
            tokens: current.unpricedTokens,
            providers: recent
              .filter(({ model }) => model === key)
              .map(({ provider, price }) => ({ provider, hasPrice: price !== null })),
          },
        ],
  );
}
