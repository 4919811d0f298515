import { turningPoints } from "@/server/contracts/stretches";
import type { AppliedRates, Layer, TenantBook } from "@/server/contracts/tenant-book";
import { Usd, usdText } from "@/server/prices/decimal";
import { estimateTotals } from "@/server/prices/estimate-totals";
import type { ModelUsage } from "./model-usage-query";

/** Whose word a price is on one side of a change. */
export interface NoticedPrice {
  layer: Layer;
  versionId: string;
  ruleId: string | null;
  factor: string;
  /** What was noted with the contract or the discount. */
  note: string;
}

/** What a change does to one feature's use of one model. */
export interface NoticeLine {
  provider: string;
  model: string;
  /** Null: calls without a feature. */
  feature: string | null;
  /** Of the last 30 days. */
  calls: number;
  /** USD for usage as in the last 30 days, decimal strings; null: there is no price on that side. */
  beforeUsd: string | null;
  afterUsd: string | null;
  before: NoticedPrice | null;
  after: NoticedPrice | null;
}

export interface PriceNotice {
  at: string;
  /** By how much 30 days' usage becomes dearer, as far as both sides have a price. */
  deltaUsd: string;
  /** The greatest change first. */
  lines: NoticeLine[];
  /** Features of the lines, the greatest change first; null: calls without a feature. */
  features: (string | null)[];
  /** Calls of 30 days that would have a price no more, or for the first time. */
  losesPrice: number;
  gainsPrice: number;
}

/** Changes of price after `now` and until then, and what they do to that usage. */
export function noticesOf(
  book: TenantBook,
  usage: readonly ModelUsage[],
  now: Date,
  until: Date,
): PriceNotice[] {
  const changes = new Map<number, NoticeLine[]>();
  for (const used of usage) {
    const ahead = turningPoints(book.saidOf(used)).filter(
      (ms) => ms > now.getTime() && ms <= until.getTime(),
    );
    for (const ms of ahead) {
      const line = lineOf(book, used, ms);
      if (line) changes.set(ms, [...(changes.get(ms) ?? []), line]);
    }
  }
  return [...changes]
    .sort(([one], [other]) => one - other)
    .map(([ms, lines]) => noticeOf(new Date(ms), lines));
}

/** What changes for that usage at that instant; null if nothing does. */
function lineOf(book: TenantBook, used: ModelUsage, ms: number): NoticeLine | null {
  const { provider, model, units, calls } = used;
  const feature = used.feature === "" ? null : used.feature;
  const [before, after] = [ms - 1, ms].map((at) => {
    const call = { provider, model, feature, region: null, batch: false, serviceTier: null };
    return book.rates({ ...call, occurredAt: new Date(at) });
  });
  const usd = (applied: AppliedRates | null | undefined) =>
    applied ? estimateTotals(applied.rates, units, calls, applied.factor) : null;
  const [beforeUsd, afterUsd] = [usd(before), usd(after)];
  if (beforeUsd === afterUsd) return null;
  return {
    provider,
    model,
    feature,
    calls,
    beforeUsd,
    afterUsd,
    before: noticedPrice(book, before),
    after: noticedPrice(book, after),
  };
}

function noticedPrice(book: TenantBook, applied: AppliedRates | null | undefined): NoticedPrice | null {
  if (!applied) return null;
  const { layer, versionId, ruleId, factor } = applied;
  const note = book.contract(versionId)?.note ?? (ruleId === null ? "" : (book.rule(ruleId)?.note ?? ""));
  return { layer, versionId, ruleId, factor, note };
}

function noticeOf(at: Date, lines: readonly NoticeLine[]): PriceNotice {
  const sorted = [...lines].sort((one, other) => deltaOf(other).abs().cmp(deltaOf(one).abs()));
  const sum = (of: readonly NoticeLine[]) => of.reduce((total, { calls }) => total + calls, 0);
  return {
    at: at.toISOString(),
    deltaUsd: usdText(sorted.reduce((total, line) => total.plus(deltaOf(line)), new Usd(0))),
    lines: sorted,
    features: [...new Set(sorted.map(({ feature }) => feature))],
    losesPrice: sum(sorted.filter(({ afterUsd }) => afterUsd === null)),
    gainsPrice: sum(sorted.filter(({ beforeUsd }) => beforeUsd === null)),
  };
}

/** 0 where one side has no price: that is told in calls, for it is no amount. */
function deltaOf({ beforeUsd, afterUsd }: NoticeLine): Usd {
  return beforeUsd === null || afterUsd === null ? new Usd(0) : new Usd(afterUsd).minus(beforeUsd);
}
