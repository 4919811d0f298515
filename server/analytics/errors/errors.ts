import type { z } from "zod";
import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { Usd } from "@/server/prices/decimal";
import { type ErrorFigures, ErrorsInput, type FailureFigures } from "./errors-schemas";
import { errorRates, type Failure, failures, type Rate } from "./errors-query";
import { readFreshness } from "../freshness";
import { resolveRange } from "../range";
import { shareOf } from "../share-of";

const nothing = { calls: 0, costUsd: "0", unpricedCalls: 0 };
const noFailures: FailureFigures = { billed: nothing, unknown: nothing, notBilled: nothing };

interface Pair<T> {
  current: T;
  /** Null when nothing is compared. */
  previous: T | null;
}

/** What failures cost for sure and perhaps. */
const costOf = ({ billed, unknown }: FailureFigures) => new Usd(billed.costUsd).plus(unknown.costUsd);

const placeOf = (key: string | null, isBefore: boolean) => JSON.stringify([key, isBefore]);

/** Lines rates up with what failed, the dearest failures first, then the most. */
function pairs(
  rates: readonly Rate[],
  failed: readonly Failure[],
  keyOf: (failure: Failure) => string | null,
  isCompared: boolean,
): ({ key: string | null } & Pair<ErrorFigures>)[] {
  const rateAt = new Map(rates.map((one) => [placeOf(one.key, one.isBefore), one]));
  const failuresAt = new Map(failed.map((one) => [placeOf(keyOf(one), one.isBefore), one.figures]));
  const figures = (key: string | null, isBefore: boolean): ErrorFigures => {
    const place = placeOf(key, isBefore);
    const { calls, errorCalls, costUsd } = rateAt.get(place) ?? { calls: 0, errorCalls: 0, costUsd: "0" };
    return {
      calls,
      errorCalls,
      costUsd,
      errorRate: shareOf(errorCalls, calls),
      failures: failuresAt.get(place) ?? noFailures,
    };
  };
  return [...new Set(rates.map(({ key }) => key))]
    .map((key) => ({ key, current: figures(key, false), previous: isCompared ? figures(key, true) : null }))
    .sort(
      ({ current: one, key }, { current: other, key: otherKey }) =>
        costOf(other.failures).cmp(costOf(one.failures)) ||
        other.errorCalls - one.errorCalls ||
        other.calls - one.calls ||
        byKey(key, otherKey),
    );
}

/**
 * What fails and what it costs: how often, by feature and model; what failed calls cost by class and whether anybody bills
 * them; and which class of which feature it is. Failures of a day that the range cuts are read from the ledger, which may be
 * a minute ahead of the roll-ups that rates are of.
 * @throws DomainError INVALID_INPUT for a filter by user or account
 */
export async function errors(ctx: Ctx, input: z.input<typeof ErrorsInput>) {
  requireRight(ctx.actor, "reports:read");
  const { from, to, filter, compare, limit } = ErrorsInput.parse(input);
  const { id: tenantId, timeZone } = ctx.tenant;
  const range = resolveRange(from, to, timeZone);
  const compared = compare ? resolveRange(compare.from, compare.to, timeZone) : null;
  return ctx.db.read(async (db) => {
    const { built, watermark } = await readFreshness(db, ctx);
    const question = { tenantId, timeZone, range, compared, built, filter };
    const byFeature = await errorRates(db, question, "feature");
    const byModel = await errorRates(db, question, "model");
    const failed = await failures(db, question);
    const isCompared = compared !== null;
    const of = (kind: Failure["of"]) => failed.filter((one) => one.of === kind);
    const groups = (rates: readonly Rate[], kind: "feature" | "model") =>
      pairs(
        rates.filter(({ isTotal }) => !isTotal),
        of(kind),
        (one) => one[kind],
        isCompared,
      );
    const features = groups(byFeature, "feature");
    const models = groups(byModel, "model");
    const listed = new Set(features.slice(0, limit).map(({ key }) => key));
    const totals = byFeature.filter(({ isTotal }) => isTotal);
    const [total] = pairs(totals, of("all"), () => null, isCompared);
    return {
      /** Without calls in either stretch: figures of 0. */
      total: total ?? { key: null, ...noCalls(isCompared) },
      classes: classPairs(of("class"), isCompared),
      features: { rows: features.slice(0, limit), groups: features.length },
      models: { rows: models.slice(0, limit), groups: models.length },
      /** Failures of the range by class and feature, for the features listed. */
      cells: of("cell")
        .filter(({ isBefore, feature }) => !isBefore && listed.has(feature))
        .map(({ errorClass, feature, figures }) => ({ errorClass, feature, failures: figures })),
      watermark,
      timeZone,
      from: range.from.toISOString(),
      to: range.to.toISOString(),
      compare: compared && { from: compared.from.toISOString(), to: compared.to.toISOString() },
    };
  });
}

/** Null last. */
function byKey(one: string | null, other: string | null): number {
  if (one === other) return 0;
  if (one === null || other === null) return one === null ? 1 : -1;
  return one < other ? -1 : 1;
}

function noCalls(isCompared: boolean): Pair<ErrorFigures> {
  const none = { calls: 0, errorCalls: 0, costUsd: "0", errorRate: null, failures: noFailures };
  return { current: none, previous: isCompared ? none : null };
}

/** Classes of either stretch, in the order of what they cost now. */
function classPairs(failed: readonly Failure[], isCompared: boolean) {
  const ofStretch = (isBefore: boolean) => failed.filter((one) => one.isBefore === isBefore);
  const [now, before] = [ofStretch(false), ofStretch(true)];
  const names = new Set([...now, ...before].map(({ errorClass }) => errorClass));
  const figures = (rows: readonly Failure[], name: string | null) =>
    rows.find(({ errorClass }) => errorClass === name)?.figures ?? noFailures;
  return [...names].map((errorClass) => ({
    errorClass,
    current: figures(now, errorClass),
    previous: isCompared ? figures(before, errorClass) : null,
  }));
}
