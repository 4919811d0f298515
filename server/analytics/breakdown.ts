import { z } from "zod";
import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import type { Db } from "@/server/db";
import { Usd, usdText } from "@/server/prices/decimal";
import { type BreakdownQuestion, groupFiguresSql, pageSql, totalSql } from "./breakdown-query";
import { figureNames, tidyFigures } from "./figures";
import { firstCall } from "./first-call-query";
import { readFreshness, type WatermarkAnswer } from "./freshness";
import { type Range, resolveRange } from "./range";
import { BreakdownInput, type BreakdownRow, SpendFigures } from "./schemas";
import { shareOf } from "./share-of";

export interface BreakdownAnswer {
  /** A page of the groups, in the order asked for. */
  rows: BreakdownRow[];
  /** Of all groups. */
  total: Pick<BreakdownRow, "current" | "previous" | "changeUsd">;
  /** How many groups there are. */
  groups: number;
  watermark: WatermarkAnswer;
  timeZone: string;
  /** Instants. */
  from: string;
  to: string;
  /** Null, too, where the whole stretch lies before the first call ever: nobody knows what was spent then. */
  compare: { from: string; to: string } | null;
}

const PageRow = z.object({ key: z.string().nullable(), running: z.string(), groups: z.number() });
const GroupFigures = SpendFigures.extend({ key: z.string().nullable(), isBefore: z.boolean() });

const nothing = SpendFigures.parse(
  Object.fromEntries(
    figureNames.map((name) => [name, name === "costUsd" || name === "retryCostUsd" ? "0" : 0]),
  ),
);

async function totalOf(db: Db, question: BreakdownQuestion, range: Range): Promise<SpendFigures> {
  return tidyFigures(z.tuple([SpendFigures]).parse(await db.$queryRaw(totalSql(question, range)))[0]);
}

async function isKnown(db: Db, tenantId: string, { to }: Range): Promise<boolean> {
  const first = await firstCall(db, tenantId);
  return first !== null && first < to;
}

const placeOf = (key: string | null, isBefore: boolean) => JSON.stringify([key, isBefore]);
const changeOf = (current: SpendFigures, previous: SpendFigures | null) =>
  previous && usdText(new Usd(current.costUsd).minus(previous.costUsd));

/**
 * Groups of calls, the dearest first unless asked otherwise: what each was, what it was in another stretch, its share of
 * the whole and that of all before it. The question behind every table.
 * @throws DomainError INVALID_INPUT for a range or combination that could only be answered partially
 */
export async function breakdown(ctx: Ctx, input: z.input<typeof BreakdownInput>): Promise<BreakdownAnswer> {
  requireRight(ctx.actor, "reports:read");
  const parsed = BreakdownInput.parse(input);
  const { id: tenantId, timeZone } = ctx.tenant;
  const range = resolveRange(parsed.from, parsed.to, timeZone);
  const before = parsed.compare ? resolveRange(parsed.compare.from, parsed.compare.to, timeZone) : null;
  return ctx.db.read(async (db) => {
    const compared = before && (await isKnown(db, tenantId, before)) ? before : null;
    const { built, watermark } = await readFreshness(db, ctx);
    const question = { ...parsed, tenantId, timeZone, range, compared, built };
    const page = z.array(PageRow).parse(await db.$queryRaw(pageSql(question)));
    const figures = z.array(GroupFigures).parse(
      page.length === 0
        ? []
        : await db.$queryRaw(
            groupFiguresSql(
              question,
              page.map(({ key }) => key),
            ),
          ),
    );
    const found = new Map(figures.map((one) => [placeOf(one.key, one.isBefore), one]));
    const of = (key: string | null, before: boolean) => {
      const one = found.get(placeOf(key, before));
      return one ? tidyFigures(SpendFigures.parse(one)) : nothing;
    };
    const current = await totalOf(db, question, range);
    const previous = compared && (await totalOf(db, question, compared));
    return {
      rows: page.map(({ key, running }) => {
        const group = { current: of(key, false), previous: compared && of(key, true) };
        return {
          key,
          ...group,
          changeUsd: changeOf(group.current, group.previous),
          costShare: shareOf(group.current.costUsd, current.costUsd),
          callShare: shareOf(group.current.calls, current.calls),
          cumulativeShare: shareOf(running, current.costUsd),
        };
      }),
      total: { current, previous, changeUsd: changeOf(current, previous) },
      groups: page[0]?.groups ?? 0,
      watermark,
      timeZone,
      from: range.from.toISOString(),
      to: range.to.toISOString(),
      compare: compared && { from: compared.from.toISOString(), to: compared.to.toISOString() },
    };
  });
}
