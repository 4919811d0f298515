import type { CallFacts, TenantBook } from "@/server/contracts/tenant-book";
import { matchModel } from "@/server/prices/match-model";
import type { AdmittedCall } from "./admit";
import type { StorableCall } from "./store";

const noUnits: CallFacts["otherUnits"] = {};

/** Prices a call at the rates of when it occurred and makes it ready to store. */
export function priceAdmitted(book: TenantBook, call: AdmittedCall, keyId: string | null): StorableCall {
  const { input, units, occurredAt, fingerprint, quarantine } = call;
  const { kind, model = "", billed, cache, batch } = input;
  const provider = input.provider ?? matchModel("", model)?.provider ?? "";
  const price = book.price({
    kind,
    provider,
    model,
    feature: input.feature ?? null,
    region: input.region ?? null,
    errorClass: input.errorClass ?? null,
    occurredAt,
    units,
    otherUnits: input.usage?.units ?? noUnits,
    billed,
    cache,
    batch,
    serviceTier: input.serviceTier ?? null,
    reportedCostUsd: input.reportedCostUsd ?? null,
  });
  return {
    callId: input.id,
    fingerprint,
    quarantine,
    ledger: { input, occurredAt, units, keyId, provider, price },
  };
}
