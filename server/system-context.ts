import { createContext, type Ctx, type Emit } from "@/server/context";
import { withTenant } from "@/server/db";
import { DomainError } from "@/server/errors";

/**
 * The context of a job: the tenant comes from the event, and is read again rather than trusted.
 * @throws DomainError NOT_FOUND when the tenant is gone
 */
export async function systemContext(
  tenantId: string,
  job: string,
  options: { now?: Date; emit?: Emit } = {},
): Promise<Ctx> {
  const row = await withTenant("jobs", tenantId, (db) =>
    db.tenant.findUnique({
      where: { tenantId },
      select: { tenantId: true, slug: true, name: true, timeZone: true, latencyBufferMinutes: true },
    }),
  );
  if (!row) throw new DomainError("NOT_FOUND", "There is no such tenant.");
  const { tenantId: id, ...facts } = row;
  return createContext({ tenant: { id, ...facts }, actor: { kind: "system", job }, ...options });
}
