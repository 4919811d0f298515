import type { z } from "zod";
import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { Usd } from "@/server/prices/decimal";
import { breakdown } from "../breakdown";
import { noFigures } from "../figures";
import { atOneMoment } from "../one-moment";
import { lastAndPrevious } from "./bounds";
import { type GrowthGroup, rankGrowth } from "./rank-growth";
import { GrowthInput } from "./windows-schemas";

/** More than a list has, as a page asked for costs what all groups do. */
const pageGroups = 1_000;

/**
 * What grows fastest: groups whose last 7 or 30 days cost more than the days before (windows.ts tells their bounds), with a
 * floor under which growth is noise.
 * @throws DomainError INVALID_INPUT for tags that no roll-up has together
 */
export async function growth(ctx: Ctx, input: z.input<typeof GrowthInput>) {
  requireRight(ctx.actor, "reports:read");
  const { groupBy, days, filter, limit, ...floor } = GrowthInput.parse(input);
  const bounds = lastAndPrevious(days, ctx.now, ctx.tenant.timeZone);
  const stretch = ({ from, to }: { from: Date; to: Date }) => ({
    from: from.toISOString(),
    to: to.toISOString(),
  });
  const [last, previous] = [stretch(bounds.last), stretch(bounds.previous)];
  return atOneMoment(ctx, async (then) => {
    const groups: GrowthGroup[] = [];
    const ask = (offset: number) =>
      breakdown(then, {
        ...last,
        compare: previous,
        groupBy,
        filter,
        order: "cost",
        offset,
        limit: pageGroups,
      });
    const first = await ask(0);
    for (let page = first; ; page = await ask(groups.length)) {
      for (const { key, current, previous: before } of page.rows) {
        // Before the first call ever there was nothing to compare with, and every group is new.
        groups.push({ key, current, previous: before ?? noFigures });
      }
      const dearestLeft = page.rows.at(-1)?.current.costUsd ?? "0";
      if (groups.length >= page.groups || new Usd(dearestLeft).lt(floor.minUsd)) break;
    }
    const grown = rankGrowth(groups, floor);
    return {
      rows: grown.slice(0, limit),
      /** How many groups grew. */
      groups: grown.length,
      last,
      previous,
      watermark: first.watermark,
      timeZone: first.timeZone,
    };
  });
}
