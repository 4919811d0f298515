import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { spanOf } from "@/server/periods/closed-month";
import { countDifferences } from "./difference-page-query";
import { daysOf } from "./list-differences";
import { currentConnection, listMeterRows } from "./queries";
import { SumWindowsInput } from "./window-schemas";
import { sumByState } from "./windows-query";

/**
 * What was put into the outbox, by meter and state, and how many differences of each class are open. Values are decimal
 * strings in the meter's measure. Null: nothing is connected.
 */
export async function sumWindows(ctx: Ctx, input: SumWindowsInput) {
  requireRight(ctx.actor, "billing:read");
  const { month, ...scope } = SumWindowsInput.parse(input);
  const tenantId = ctx.tenant.id;
  const during = month === undefined ? undefined : spanOf(month, ctx.tenant.timeZone);
  return ctx.db.read(async (db) => {
    const connection = await currentConnection(db, tenantId);
    if (!connection) return null;
    const connectionId = connection.id;
    const sums = await sumByState(db, tenantId, { ...scope, connectionId, during });
    const meters = await listMeterRows(db, tenantId, connectionId);
    return {
      meters: meters
        .filter(({ id }) => scope.meterId === undefined || scope.meterId === id)
        .map(({ id, eventName, measure, endsAt }) => ({
          id,
          eventName,
          measure,
          endsAt,
          states: sums
            .filter(({ meterId }) => meterId === id)
            .map(({ state, rows, value }) => ({ state, rows, value })),
        })),
      differences: await countDifferences(db, tenantId, { ...scope, connectionId, days: daysOf(month) }),
    };
  });
}
