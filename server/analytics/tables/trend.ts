import { resolveRange } from "../range";
import { TrendInput } from "../schemas";
import { trend, type TrendAnswer, type TrendPoint } from "../trend";
import { pointNames } from "../trend-query";
import { type Column, defineTable, number, text } from "./table";

interface TrendLine {
  bucket: string;
  /** Of the stretch compared with there is one series, of everything. */
  stretch: "current" | "previous";
  key: string | null;
  isRest: boolean;
  point: TrendPoint | null;
}

/** A line for each point, series by series; the cells of a gap stay empty. */
function linesOf({ buckets, series, previous }: TrendAnswer): TrendLine[] {
  const told = series.flatMap(({ key, isRest, points }) =>
    buckets.map((bucket, at): TrendLine => {
      return { bucket, stretch: "current", key, isRest, point: points[at] ?? null };
    }),
  );
  const before = (previous?.buckets ?? []).map((bucket, at): TrendLine => {
    return { bucket, stretch: "previous", key: null, isRest: false, point: previous?.points[at] ?? null };
  });
  return [...told, ...before];
}

/** reports.trend, point by point. */
export const trendTable = defineTable({
  right: "reports:read",
  input: TrendInput,
  columns: ({ granularity, groupBy, compare }): Column<TrendLine>[] => [
    text(granularity, ({ bucket }) => bucket),
    ...(compare ? [text<TrendLine>("stretch", ({ stretch }) => stretch)] : []),
    ...(groupBy
      ? [
          text<TrendLine>(groupBy, ({ key }) => key),
          text<TrendLine>("isRest", ({ isRest, stretch }) => (stretch === "current" ? isRest : null)),
        ]
      : []),
    ...pointNames.map((name) => number<TrendLine>(name, ({ point }) => point?.[name] ?? null)),
  ],
  async *pages(ctx, input) {
    const answer = await trend(ctx, input);
    const { from, to } = resolveRange(input.from, input.to, ctx.tenant.timeZone);
    const bounds = { from: from.toISOString(), to: to.toISOString() };
    yield { rows: linesOf(answer), ...bounds, watermark: answer.watermark };
  },
});
