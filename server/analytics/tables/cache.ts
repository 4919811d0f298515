import { cache } from "../cache/cache";
import { type CacheFigures, CacheInput, type CacheRow } from "../cache/cache-schemas";
import { atOneMoment } from "../one-moment";
import { prefixed } from "./figure-columns";
import { type Column, defineTable, number, text } from "./table";

const pageRows = 10_000;
const names = [
  "calls",
  "inputTokens",
  "cacheReadTokens",
  "cacheWriteTokens",
  "hitRate",
  "costUsd",
  "unpricedCalls",
  "savedByReadingUsd",
  "paidForWritingUsd",
  "netSavingUsd",
  "costWithoutCacheUsd",
  "unratedTokens",
] as const satisfies readonly (keyof CacheFigures)[];

const columnsOf = (figuresOf: (row: CacheRow) => CacheFigures | null, prefix = "") =>
  names.map((name) => number<CacheRow>(prefixed(prefix, name), (row) => figuresOf(row)?.[name] ?? null));

/** reports.cache: all groups of the question, not only the page that is shown. */
export const cacheTable = defineTable({
  right: "reports:read",
  input: CacheInput.omit({ offset: true, limit: true }),
  columns: ({ groupBy, compare }): Column<CacheRow>[] => [
    text(groupBy, ({ key }) => key),
    ...columnsOf(({ current }) => current),
    ...(compare ? columnsOf(({ previous }) => previous, "previous") : []),
  ],
  async *pages(ctx, input) {
    // At one moment: between two, the order could change, and a group be missed or told twice.
    yield await atOneMoment(ctx, async (then) => {
      const first = await cache(then, { ...input, limit: pageRows });
      const rows = [...first.rows];
      while (rows.length < first.groups) {
        rows.push(...(await cache(then, { ...input, offset: rows.length, limit: pageRows })).rows);
      }
      const { from, to, watermark } = first;
      return { rows, from, to, watermark };
    });
  },
});
