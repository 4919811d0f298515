import { addDays, localDay } from "@/server/calendar/local-day";
import { OutboundFailure } from "@/server/clients/outbound-failure";
import { DomainError } from "@/server/errors";
import { firstPhase, type ReportAccess, readPage } from "./report-phases";
import type { BillSettings, ReportProvider } from "./schemas";

const fields: Partial<Record<OutboundFailure["fault"], string>> = {
  address: "baseUrl",
  unreachable: "baseUrl",
  missing: "baseUrl",
  answer: "baseUrl",
  credentials: "credentials",
  refused: "settings",
};

/**
 * Yesterday's costs, so that a wrong key is told while the person is still there.
 * @throws DomainError INVALID_INPUT with what the provider said
 */
export async function probeBill(
  provider: ReportProvider,
  access: ReportAccess,
  settings: BillSettings,
  now: Date,
): Promise<void> {
  const yesterday = addDays(localDay(now, "UTC"), -1);
  const place = { phase: firstPhase(provider, settings), page: null };
  try {
    await readPage(access, place, yesterday, yesterday);
  } catch (error) {
    if (!(error instanceof OutboundFailure)) throw error;
    // Keys that are asked to slow down are good keys.
    if (error.fault === "rate" || error.fault === "too_large") return;
    const field = fields[error.fault];
    throw new DomainError("INVALID_INPUT", error.message, field === undefined ? {} : { field });
  }
}
