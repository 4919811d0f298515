import type { z } from "zod";
import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { DomainError } from "@/server/errors";
import { Usd, usdText } from "@/server/prices/decimal";
import { familyOf } from "../dimensions";
import { firstCall } from "../first-call-query";
import { readFreshness } from "../freshness";
import { knownStretch } from "../trend-buckets";
import { quartersByHour, spentByHour } from "./hours-query";
import { type HourCell, HoursInput } from "./hours-schemas";
import { resolveRange } from "../range";

/** By two tags there are no projections, and quarter hours of all tags are as many as the calls of a small tenant. */
const longestDaysOfTwoTags = 92;
const meanDecimals = 6;

const emptyWeek = Array.from({ length: 7 * 24 }, (_, at) => ({
  weekday: 1 + Math.floor(at / 24),
  hour: at % 24,
}));

/**
 * Calls and cost by weekday and hour of the tenant's clock: 168 cells, each with how many of its hours there were from the
 * first call ever until now, so that a mean is of hours in which something could have been. Days of 23 and 25 hours count
 * as the clock showed them.
 * @throws DomainError INVALID_INPUT for more than 92 days with two filters, more than 35 with one of users
 */
export async function hours(ctx: Ctx, input: z.input<typeof HoursInput>) {
  requireRight(ctx.actor, "reports:read");
  const { from, to, filter } = HoursInput.parse(input);
  const { id: tenantId, timeZone } = ctx.tenant;
  const range = resolveRange(from, to, timeZone);
  if (
    familyOf([], filter).kind === "work" &&
    range.to.getTime() - range.from.getTime() > longestDaysOfTwoTags * 86_400_000 + 3_600_000
  ) {
    const message = `Hours with more than one filter can be told of at most ${String(longestDaysOfTwoTags)} days.`;
    throw new DomainError("INVALID_INPUT", message, { field: "from" });
  }
  return ctx.db.read(async (db) => {
    const { built, watermark } = await readFreshness(db, ctx);
    const known = knownStretch(range, await firstCall(db, tenantId), ctx.now);
    const quarters = known ? await quartersByHour(db, known, timeZone) : [];
    const spent = await spentByHour(db, { tenantId, timeZone, range, built, filter });
    const cells = emptyWeek.map(({ weekday, hour }): HourCell => {
      const isHere = (one: { weekday: number; hour: number }) => one.weekday === weekday && one.hour === hour;
      const number = (quarters.find(isHere)?.quarters ?? 0) / 4;
      const { calls, costUsd, unpricedCalls } = spent.find(isHere) ?? {
        calls: 0,
        costUsd: "0",
        unpricedCalls: 0,
      };
      const meanOf = (sum: string | number) => (number === 0 ? null : new Usd(sum).div(number));
      return {
        weekday,
        hour,
        hours: number,
        calls,
        costUsd,
        unpricedCalls,
        meanCostUsd: meanOf(costUsd)?.toDecimalPlaces(18).toFixed() ?? null,
        meanCalls: meanOf(calls)?.toDecimalPlaces(meanDecimals).toFixed() ?? null,
      };
    });
    const total = cells.reduce(
      (sum, cell) => ({
        calls: sum.calls + cell.calls,
        costUsd: usdText(new Usd(sum.costUsd).plus(cell.costUsd)),
        unpricedCalls: sum.unpricedCalls + cell.unpricedCalls,
      }),
      { calls: 0, costUsd: "0", unpricedCalls: 0 },
    );
    return { cells, total, watermark, timeZone, from: range.from.toISOString(), to: range.to.toISOString() };
  });
}
