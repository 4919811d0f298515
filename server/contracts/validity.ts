import { startOfDay } from "@/server/calendar/local-day";
import { DomainError } from "@/server/errors";

interface Validity {
  validFrom: Date | null;
  validTo: Date | null;
}

const day = /^\d{4}-\d{2}-\d{2}$/;

/**
 * Days of the tenant's zone and instants → instants, `validTo` exclusive.
 * @throws DomainError INVALID_INPUT when they leave no time between them
 */
export function validityOf(
  input: { validFrom: string | null; validTo: string | null },
  timeZone: string,
): Validity {
  const instantOf = (bound: string | null) =>
    bound === null ? null : day.test(bound) ? startOfDay(bound, timeZone) : new Date(bound);
  const validity = { validFrom: instantOf(input.validFrom), validTo: instantOf(input.validTo) };
  if (validity.validFrom && validity.validTo && validity.validTo <= validity.validFrom) {
    throw new DomainError("INVALID_INPUT", "`validTo` must be after `validFrom`.", { field: "validTo" });
  }
  return validity;
}
