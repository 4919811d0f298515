import type { Db } from "@/server/db";
import { DomainError } from "@/server/errors";
import { countDestinations, type Destination, type DestinationId, isTargetTaken } from "./queries";
import { mostDestinations } from "./schemas";

/** @throws DomainError CONFLICT for one destination too many */
export async function requireRoom(db: Db, tenantId: string): Promise<void> {
  if ((await countDestinations(db, tenantId)) < mostDestinations) return;
  throw new DomainError("CONFLICT", `A tenant has at most ${mostDestinations} destinations.`);
}

/** @throws DomainError CONFLICT where another destination goes there already */
export async function requireFreeTarget(
  db: Db,
  destination: DestinationId,
  targetDigest: Uint8Array<ArrayBuffer>,
): Promise<void> {
  if (!(await isTargetTaken(db, destination, targetDigest))) return;
  const message = "Another destination has this address already. Change its routes instead.";
  throw new DomainError("CONFLICT", message, { field: "url" });
}

/** @throws DomainError NOT_FOUND also for one that was removed */
export function requirePresent<D extends Destination>(destination: D | null): D {
  if (destination && !destination.deletedAt) return destination;
  throw new DomainError("NOT_FOUND", "There is no such destination.");
}
