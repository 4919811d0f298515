import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { closedMonths } from "@/server/periods/closed-months";
import { Usd } from "@/server/prices/decimal";
import { getStatement } from "./find";
import { difference } from "./late-months";
import { slotSums, statedSums } from "./line-queries";
import { bookedFor, statedCorrections } from "./correction-queries";
import { MonthInput } from "./schemas";

export interface SinceClosed {
  /** Calls of the month that are in no statement yet, and their cost; negative where calls went. */
  late: { calls: number; costUsd: string };
  /** Corrections of its calls' cost that are in no statement yet. */
  corrections: { costUsd: string };
}

/**
 * What has come to a closed month since, and waits for the statement of a later one.
 * @throws DomainError NOT_FOUND where no statement of the month is in force
 */
export async function sinceClosed(ctx: Ctx, input: MonthInput): Promise<SinceClosed> {
  requireRight(ctx.actor, "reports:read");
  const { month } = MonthInput.parse(input);
  const { id: tenantId } = ctx.tenant;
  return ctx.db.read(async (db) => {
    const head = await getStatement(db, tenantId, { month });
    const closed = (await closedMonths(db, ctx)).find((other) => other.month === month);
    const span = closed ?? { from: new Date(head.from), to: new Date(head.to) };
    const late = difference(await slotSums(db, tenantId, span), await statedSums(db, tenantId, month));
    const [booked, stated] = [
      await bookedFor(db, tenantId, month),
      await statedCorrections(db, tenantId, month),
    ];
    return {
      late: { calls: new Usd(late.calls).toNumber(), costUsd: late.cost_usd },
      corrections: { costUsd: new Usd(booked).minus(stated).toFixed() },
    };
  });
}
