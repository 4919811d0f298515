import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { DomainError } from "@/server/errors";
import { pageOfDifferences } from "./difference-page-query";
import { nextStep } from "./next-step";
import { currentConnection, findMeter, listMappings } from "./queries";
import { ExportInput } from "./schemas";
import { isTooLong, windowEnd } from "./window";
import { windowState } from "./window-state";
import { revisionsOf } from "./windows-query";

/** A customer's day has as many classes of differences at most. */
const mostDifferences = 20;

/**
 * Why an account's hour is as it is: each of its revisions, what was tried and what came of it, what happens next, and
 * what differs on that customer's day. Amounts are decimal strings.
 * @throws DomainError NOT_FOUND
 */
export async function showWindow(ctx: Ctx, input: ExportInput) {
  requireRight(ctx.actor, "billing:read");
  const { id } = ExportInput.parse(input);
  const tenantId = ctx.tenant.id;
  return ctx.db.read(async (db) => {
    const found = await revisionsOf(db, tenantId, id);
    const [first] = found;
    const meter = first && (await findMeter(db, tenantId, first.meterId));
    if (!meter) throw new DomainError("NOT_FOUND", "There is no such hour of usage.");
    const { connectionId, meterId, accountId, customerId, windowStart } = first;
    const connection = await currentConnection(db, tenantId);
    const isConnected = connection?.id === connectionId;
    const mappings = await listMappings(db, tenantId, connectionId);
    const day = windowStart.toISOString().slice(0, 10);
    const after = new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
    const differences = await pageOfDifferences(
      db,
      tenantId,
      { connectionId, meterId, customerId, days: { from: day, to: after } },
      { after: null, limit: mostDifferences },
    );
    return {
      accountId,
      customerId,
      customerName: mappings.find((one) => one.customerId === customerId)?.name ?? null,
      windowStart,
      windowEnd: windowEnd(windowStart),
      meter: { id: meter.id, eventName: meter.eventName, measure: meter.measure },
      /** False: of an account of Stripe's that is not connected now. */
      isConnected,
      mode: connection?.mode ?? null,
      state: windowState(found.map(({ state }) => state)),
      total: found.at(-1)?.total ?? "0",
      revisions: found.map((row) => ({
        id: row.id,
        revision: row.revision,
        generation: row.generation,
        identifier: row.identifier,
        value: row.value,
        total: row.total,
        state: row.state,
        attempts: row.attempts,
        createdAt: row.createdAt,
        triedAt: row.triedAt,
        unsureSince: row.unsureSince,
        acceptedAt: row.acceptedAt,
        settledAt: row.settledAt,
        failureCode: row.failureCode,
        failure: row.failure,
        next: isConnected
          ? nextStep({ ...row, isTooLong: isTooLong(BigInt(row.value)) }, connection, ctx.now)
          : null,
      })),
      differences,
    };
  });
}
