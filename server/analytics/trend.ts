import { z } from "zod";
import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import type { Db } from "@/server/db";
import { DomainError } from "@/server/errors";
import { firstCall } from "./first-call-query";
import { readFreshness, type WatermarkAnswer } from "./freshness";
import type { Built } from "./pieces";
import { type Range, resolveRange } from "./range";
import { TrendInput } from "./schemas";
import { bucketsOf, knownStretch } from "./trend-buckets";
import { trendSql } from "./trend-query";

const count = z.coerce.number().int();

export const TrendPoint = z.object({
  bucket: z.string(),
  /** USD, decimal string. */
  costUsd: z.string(),
  calls: count,
  inputTokens: count,
  outputTokens: count,
  unpricedCalls: count,
  unpricedTokens: count,
});
export type TrendPoint = z.infer<typeof TrendPoint>;

export interface TrendSeries {
  /** Null: calls without the tag, or everything where nothing is grouped. */
  key: string | null;
  /** All groups beyond the dearest. */
  isRest: boolean;
  /** One for each bucket; null is a gap: before the first call ever, or still to come. */
  points: (TrendPoint | null)[];
}

export interface TrendAnswer {
  /** Hours as instants, YYYY-MM-DD or YYYY-MM of the tenant's zone, in order. */
  buckets: string[];
  /** The dearest first. */
  series: TrendSeries[];
  /** Everything of the stretch compared with, bucket by bucket in its own order; null when nothing is compared. */
  previous: { buckets: string[]; points: (TrendPoint | null)[] } | null;
  /** Instant; null: no call yet. */
  firstCallAt: string | null;
  watermark: WatermarkAnswer;
  timeZone: string;
}

const Row = TrendPoint.extend({ key: z.string().nullable(), isRest: z.boolean(), nth: z.number() });
const mostBuckets = 1_000;

type Asked = Pick<z.infer<typeof TrendInput>, "granularity" | "filter" | "top" | "groupBy">;

async function seriesOf(
  db: Db,
  ctx: Ctx,
  range: Range,
  built: Built,
  asked: Asked,
  firstCallAt: Date | null,
) {
  const { id: tenantId, timeZone } = ctx.tenant;
  const { granularity } = asked;
  const buckets = await bucketsOf(db, range, granularity, timeZone);
  if (buckets.length > mostBuckets) {
    throw new DomainError(
      "INVALID_INPUT",
      `That would be ${String(buckets.length)} points; ask for a shorter range or longer buckets.`,
      { field: "granularity" },
    );
  }
  const rows = z
    .array(Row)
    .parse(await db.$queryRaw(trendSql({ ...asked, tenantId, timeZone, range, built })));
  const found = new Map<number, { key: string | null; isRest: boolean; points: Map<string, TrendPoint> }>();
  for (const { key, isRest, nth, ...point } of rows) {
    const series = found.get(nth) ?? { key, isRest, points: new Map<string, TrendPoint>() };
    series.points.set(point.bucket, point);
    found.set(nth, series);
  }
  if (found.size === 0) found.set(1, { key: null, isRest: false, points: new Map() });
  const known = knownStretch(range, firstCallAt, ctx.now);
  const knownBuckets = new Set(known ? await bucketsOf(db, known, granularity, timeZone) : []);
  const nothing = {
    costUsd: "0",
    calls: 0,
    inputTokens: 0,
    outputTokens: 0,
    unpricedCalls: 0,
    unpricedTokens: 0,
  };
  const series = [...found.values()].map(({ key, isRest, points }) => ({
    key,
    isRest,
    points: buckets.map(
      (bucket) => points.get(bucket) ?? (knownBuckets.has(bucket) ? { bucket, ...nothing } : null),
    ),
  }));
  return { buckets, series };
}

/**
 * Spend over time, by a tag or in all. A bucket without calls is 0; one that nobody can know about is a gap.
 * @throws DomainError INVALID_INPUT for more than 1,000 points
 */
export async function trend(ctx: Ctx, input: z.input<typeof TrendInput>): Promise<TrendAnswer> {
  requireRight(ctx.actor, "reports:read");
  const { compare, ...asked } = TrendInput.parse(input);
  const { id: tenantId, timeZone } = ctx.tenant;
  const range = resolveRange(asked.from, asked.to, timeZone);
  const compared = compare && resolveRange(compare.from, compare.to, timeZone);
  return ctx.db.read(async (db) => {
    const { built, watermark } = await readFreshness(db, ctx);
    const firstCallAt = await firstCall(db, tenantId);
    const current = await seriesOf(db, ctx, range, built, asked, firstCallAt);
    const whole = { ...asked, groupBy: undefined };
    const before = compared ? await seriesOf(db, ctx, compared, built, whole, firstCallAt) : null;
    return {
      ...current,
      previous: before && { buckets: before.buckets, points: before.series[0]?.points ?? [] },
      firstCallAt: firstCallAt?.toISOString() ?? null,
      watermark,
      timeZone,
    };
  });
}
