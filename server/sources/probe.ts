import { localDay } from "@/server/calendar/local-day";
import { listObservations } from "@/server/clients/langfuse";
import { OutboundFailure } from "@/server/clients/outbound-failure";
import { queryFeatureDays } from "@/server/clients/plausible";
import { DomainError } from "@/server/errors";
import type { LangfuseCredentials, PlausibleCredentials, PlausibleSettings } from "./schemas";

/**
 * The smallest question that a pull would ask, so that a wrong key is told while the person is still there.
 * @throws DomainError INVALID_INPUT with what the source said; RATE_LIMITED, UNAVAILABLE when it could not say
 */
export async function probeLangfuse(baseUrl: string, keys: LangfuseCredentials, now: Date): Promise<void> {
  const from = new Date(now.getTime() - 60_000);
  const question = { type: "GENERATION", from, to: now, limit: 1, cursor: null } as const;
  await asked(() => listObservations({ baseUrl, ...keys }, question));
}

/** As {@link probeLangfuse}; Plausible also refuses a site or a goal that it does not have. */
export async function probePlausible(
  baseUrl: string,
  keys: PlausibleCredentials,
  settings: PlausibleSettings,
  now: Date,
): Promise<void> {
  const today = localDay(now, settings.timeZone);
  const question = { ...settings, from: today, to: today, limit: 1, offset: 0 };
  await asked(() => queryFeatureDays({ baseUrl, ...keys }, question));
}

const fields: Partial<Record<OutboundFailure["fault"], string>> = {
  address: "baseUrl",
  unreachable: "baseUrl",
  missing: "baseUrl",
  answer: "baseUrl",
  credentials: "credentials",
  refused: "settings",
};

async function asked(question: () => Promise<unknown>): Promise<void> {
  try {
    await question();
  } catch (error) {
    if (!(error instanceof OutboundFailure)) throw error;
    // Keys that are asked to slow down are good keys.
    if (error.fault === "rate" || error.fault === "too_large") return;
    const field = fields[error.fault];
    throw new DomainError("INVALID_INPUT", error.message, field === undefined ? {} : { field });
  }
}
