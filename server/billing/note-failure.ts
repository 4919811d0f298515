import { OutboundFailure } from "@/server/clients/outbound-failure";
import type { Ctx } from "@/server/context";
import { isDomainError } from "@/server/errors";
import { changeConnection, currentConnection } from "./queries";

/** A provider that does not answer as it should is written down for the tenant, and asked again with the next run. */
export async function noteFailure<T>(ctx: Ctx, work: () => Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    const isKey =
      (error instanceof OutboundFailure && error.fault === "credentials") ||
      (isDomainError(error) && error.code === "CONFLICT");
    if (!isKey && !(error instanceof OutboundFailure)) throw error;
    const { message } = error as Error;
    await ctx.db.write(async (db) => {
      const connection = await currentConnection(db, ctx.tenant.id);
      if (!connection) return;
      const key = { tenantId: ctx.tenant.id, id: connection.id };
      await changeConnection(db, key, { failure: message, ...(isKey && { state: "failing" as const }) });
    });
    return null;
  }
}
