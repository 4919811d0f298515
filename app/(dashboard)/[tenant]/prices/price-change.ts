/** A change of prices that was just said, as far as repricing asks for it. */
export interface PriceChange {
  /** Empty: of every provider. */
  provider: string;
  /** Empty: all models. */
  model: string;
  /** The first local day (YYYY-MM-DD) that it holds for; null: it always has. */
  from: string | null;
  /** Proposed as the reason of a repricing. */
  why: string;
}

/** Whether it can concern calls that are in the ledger already. */
export function reachesBack({ from }: PriceChange, today: string): boolean {
  return from === null || from <= today;
}

/** The form of a preview, filled in for that change. */
export function previewHref(slug: string, { provider, model, from, why }: PriceChange): string {
  const asked = new URLSearchParams({ provider, model, why, ...(from !== null && { from }) });
  return `/${slug}/prices/repricing?${asked.toString()}`;
}

type Query = Record<string, string | string[] | undefined>;

/** The other way: what an address asks for; null where it asks for nothing. */
export function askedChange(query: Query): PriceChange | null {
  const text = (name: string) => {
    const value = query[name];
    return typeof value === "string" ? value : "";
  };
  if (query.provider === undefined && query.model === undefined) return null;
  const from = /^\d{4}-\d{2}-\d{2}$/.test(text("from")) ? text("from") : null;
  return { provider: text("provider"), model: text("model"), from, why: text("why") };
}
