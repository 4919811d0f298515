import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { DomainError } from "@/server/errors";
import { asked } from "./asked";
import { openProvider, type OpenProvider } from "./credentials";
import { currentConnection, findMeter } from "./queries";
import { ExportInput } from "./schemas";
import { windowEnd } from "./window";
import { acceptedInHour, revisionsOf } from "./windows-query";

/**
 * What Stripe itself says now of the customer's hour that an outbox row is of, and what it accepted of it from here. Its
 * sums lag behind. Amounts are decimal strings.
 * @throws DomainError NOT_FOUND; CONFLICT, UNAVAILABLE when Stripe does not say
 */
export async function askSum(ctx: Ctx, input: ExportInput, open: OpenProvider = openProvider) {
  requireRight(ctx.actor, "billing:read");
  const { id } = ExportInput.parse(input);
  const tenantId = ctx.tenant.id;
  const { row, meter, connection, accepted } = await ctx.db.read(async (db) => {
    const [first] = await revisionsOf(db, tenantId, id);
    const known = first && (await findMeter(db, tenantId, first.meterId));
    if (!known) throw new DomainError("NOT_FOUND", "There is no such hour of usage.");
    const current = await currentConnection(db, tenantId);
    if (current?.id !== first.connectionId)
      throw new DomainError(
        "CONFLICT",
        "This hour belongs to an account of Stripe's that is not connected now.",
      );
    return {
      row: first,
      meter: known,
      connection: current,
      accepted: await acceptedInHour(db, tenantId, first),
    };
  });
  const { customerId, windowStart } = row;
  const sums = await asked(() =>
    open(tenantId, connection, () => ctx.now).readSums({
      meterId: meter.providerMeter,
      customerId,
      from: windowStart,
      to: windowEnd(windowStart),
      by: "hour",
    }),
  );
  const billed = sums.reduce((total, { value }) => total + value, 0n);
  return { askedAt: ctx.now, billed: billed.toString(), accepted };
}
