import { z } from "zod";
import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { groupFiguresSql } from "../breakdown-query";
import { noFigures, tidyFigures } from "../figures";
import { readFreshness } from "../freshness";
import { resolveRange } from "../range";
import { SpendFigures } from "../schemas";
import { type Bounds, lastAndPrevious } from "./bounds";
import { grownGroups } from "./growth-query";
import { type GrowthGroup, rankGrowth } from "./rank-growth";
import { GrowthInput } from "./windows-schemas";

const Figures = SpendFigures.extend({ key: z.string().nullable(), isBefore: z.boolean() });

const instants = ({ from, to }: Bounds) => ({ from: from.toISOString(), to: to.toISOString() });

/**
 * What grows fastest: groups whose last 7 or 30 days cost more than the days before (windows.ts tells their bounds), with a
 * floor under which growth is noise. Before the first call ever there was nothing to compare with: every group is new.
 * @throws DomainError INVALID_INPUT for tags that no roll-up has together
 */
export async function growth(ctx: Ctx, input: z.input<typeof GrowthInput>) {
  requireRight(ctx.actor, "reports:read");
  const { groupBy, days, filter, ...floor } = GrowthInput.parse(input);
  const { id: tenantId, timeZone } = ctx.tenant;
  const bounds = lastAndPrevious(days, ctx.now, timeZone);
  const [last, previous] = [instants(bounds.last), instants(bounds.previous)];
  const range = resolveRange(last.from, last.to, timeZone);
  const compared = resolveRange(previous.from, previous.to, timeZone);
  return ctx.db.read(async (db) => {
    const { built, watermark } = await readFreshness(db, ctx);
    const question = { tenantId, timeZone, built, filter, groupBy, range, compared };
    const { keys, groups } = await grownGroups(db, question, floor);
    const rows = z
      .array(Figures)
      .parse(keys.length === 0 ? [] : await db.$queryRaw(groupFiguresSql(question, keys)));
    const of = (key: string | null, isBefore: boolean) => {
      const found = rows.find((row) => row.key === key && row.isBefore === isBefore);
      return found ? tidyFigures(SpendFigures.parse(found)) : noFigures;
    };
    const found = keys.map((key): GrowthGroup => ({ key, current: of(key, false), previous: of(key, true) }));
    return {
      rows: rankGrowth(found, floor),
      /** How many groups grew. */
      groups,
      last,
      previous,
      watermark,
      timeZone,
    };
  });
}
