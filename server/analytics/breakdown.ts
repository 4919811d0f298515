import { z } from "zod";
import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import type { Db } from "@/server/db";
import { Usd, usdText } from "@/server/prices/decimal";
import { type BreakdownQuestion, groupFiguresSql, pageSql, totalsSql, wholeSql } from "./breakdown-query";
import { isOfPeople } from "./dimensions";
import { noFigures, tidyFigures } from "./figures";
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
  /**
   * Null, too, where the whole stretch lies before the first call ever: nobody knows what was spent then. `knownFrom` is the
   * quarter hour of that call where it came within the stretch, so that it is compared in part; null: in whole.
   */
  compare: { from: string; to: string; knownFrom: string | null } | null;
}

const PageRow = z.object({ key: z.string().nullable(), running: z.string(), groups: z.number() });
const GroupFigures = SpendFigures.extend({ key: z.string().nullable(), isBefore: z.boolean() });

const PageFigures = GroupFigures.extend({ isTotal: z.boolean() });
/** `nth` 0: of all groups. */
const WholeRow = GroupFigures.extend({ nth: z.number(), running: z.string().nullable(), groups: z.number() });

/** @returns null where all of a stretch lies before the first call */
async function knownPart(db: Db, tenantId: string, { from, to }: Range) {
  const first = await firstCall(db, tenantId);
  return first === null || first >= to ? null : { knownFrom: first > from ? first.toISOString() : null };
}

const placeOf = (key: string | null, isBefore: boolean) => JSON.stringify([key, isBefore]);
const changeOf = (current: SpendFigures, previous: SpendFigures | null) =>
  previous && usdText(new Usd(current.costUsd).minus(previous.costUsd));

interface Loaded {
  page: { key: string | null; running: string }[];
  groups: number;
  of: (key: string | null, isBefore: boolean) => SpendFigures;
  current: SpendFigures;
  /** Null when nothing is compared. */
  previous: SpendFigures | null;
}

function figuresAt(rows: readonly z.infer<typeof GroupFigures>[]): Loaded["of"] {
  const found = new Map(rows.map((row) => [placeOf(row.key, row.isBefore), row]));
  return (key, isBefore) => {
    const row = found.get(placeOf(key, isBefore));
    return row ? tidyFigures(SpendFigures.parse(row)) : noFigures;
  };
}

/** Of groups that may be as many as a tenant's users: which are on the page is found out first. */
async function loadByPage(db: Db, question: BreakdownQuestion): Promise<Loaded> {
  const page = z.array(PageRow).parse(await db.$queryRaw(pageSql(question)));
  const keys = page.map(({ key }) => key);
  // Without a group there are totals all the same, of nothing.
  const rows = await db.$queryRaw`${groupFiguresSql(question, keys)} UNION ALL ${totalsSql(question)}`;
  const figures = z.array(PageFigures).parse(rows);
  const totalAt = figuresAt(figures.filter(({ isTotal }) => isTotal));
  return {
    page,
    groups: page[0]?.groups ?? 0,
    of: figuresAt(figures.filter(({ isTotal }) => !isTotal)),
    current: totalAt(null, false),
    previous: question.compared && totalAt(null, true),
  };
}

/** Of groups that are few, everything at once. */
async function loadWhole(db: Db, question: BreakdownQuestion): Promise<Loaded> {
  const rows = z.array(WholeRow).parse(await db.$queryRaw(wholeSql(question)));
  const groups = rows.filter(({ nth }) => nth > 0);
  const totalAt = figuresAt(rows.filter(({ nth }) => nth === 0));
  return {
    page: [
      ...new Map(groups.map(({ nth, key, running }) => [nth, { key, running: running ?? "0" }])).values(),
    ],
    groups: rows[0]?.groups ?? 0,
    of: figuresAt(groups),
    current: totalAt(null, false),
    previous: question.compared && totalAt(null, true),
  };
}

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
    const known = before && (await knownPart(db, tenantId, before));
    const compared = known && before;
    const { built, watermark } = await readFreshness(db, ctx);
    const question = { ...parsed, tenantId, timeZone, range, compared, built };
    const { page, groups, of, current, previous } = isOfPeople(question)
      ? await loadByPage(db, question)
      : await loadWhole(db, question);
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
      groups,
      watermark,
      timeZone,
      from: range.from.toISOString(),
      to: range.to.toISOString(),
      compare: compared && { from: compared.from.toISOString(), to: compared.to.toISOString(), ...known },
    };
  });
}
