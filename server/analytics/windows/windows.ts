import type { z } from "zod";
import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { Usd, usdText } from "@/server/prices/decimal";
import { readFreshness } from "../freshness";
import { shareOf } from "../share-of";
import { windowBounds } from "./bounds";
import { readWindows } from "./windows-query";
import { type WindowFigures, WindowsInput, type WindowsRow } from "./windows-schemas";

const minus = (one: string, other: string) => usdText(new Usd(one).minus(other));
const changesOf = ({ last7, previous7, last30, previous30 }: WindowFigures) => ({
  change7Usd: minus(last7.costUsd, previous7.costUsd),
  change30Usd: minus(last30.costUsd, previous30.costUsd),
});

/**
 * The last 7 and the last 30 days side by side, and beside each the days before, by group. Windows are local days of the
 * tenant and end now; the ones before end at the same time of day, in whole quarter hours.
 * @throws DomainError INVALID_INPUT for tags that no roll-up has together
 */
export async function windows(ctx: Ctx, input: z.input<typeof WindowsInput>) {
  requireRight(ctx.actor, "reports:read");
  const { groupBy, filter, order, offset, limit } = WindowsInput.parse(input);
  const { id: tenantId, timeZone } = ctx.tenant;
  const bounds = windowBounds(ctx.now, timeZone);
  return ctx.db.read(async (db) => {
    const { built, watermark } = await readFreshness(db, ctx);
    const question = {
      tenantId,
      timeZone,
      built,
      filter,
      groupBy,
      windows: bounds,
      order,
      offset,
      limit,
    };
    const { rows, total, groups } = await readWindows(db, question);
    const share = (figures: WindowFigures, name: keyof WindowFigures) =>
      shareOf(figures[name].costUsd, total[name].costUsd);
    return {
      rows: rows.map(({ key, windows: figures, running }): WindowsRow => ({
        key,
        ...figures,
        costShares: {
          last7: share(figures, "last7"),
          previous7: share(figures, "previous7"),
          last30: share(figures, "last30"),
          previous30: share(figures, "previous30"),
        },
        cumulativeShare: shareOf(running, total[order].costUsd),
        ...changesOf(figures),
      })),
      total: { ...total, ...changesOf(total) },
      /** How many groups there are in any of the windows. */
      groups,
      /** Instants; `to` is exclusive, and of the last days the end of today. */
      windows: {
        last7: instants(bounds.last7),
        previous7: instants(bounds.previous7),
        last30: instants(bounds.last30),
        previous30: instants(bounds.previous30),
      },
      watermark,
      timeZone,
    };
  });
}

const instants = ({ from, to }: { from: Date; to: Date }) => ({
  from: from.toISOString(),
  to: to.toISOString(),
});
