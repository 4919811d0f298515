import type { PriceBook } from "@/server/prices/book";
import { matchModel } from "@/server/prices/match-model";
import { priceCall } from "@/server/prices/price-call";
import type { AdmittedCall } from "./admit";
import type { StorableCall } from "./store";

/** Kinds that are paid by the token: without any usage their cost is unknown, not zero. */
const paidByToken = new Set(["llm", "embedding", "rerank", "audio"]);

/** Prices a call at the rates of when it occurred and makes it ready to store. */
export function priceAdmitted(book: PriceBook, call: AdmittedCall, keyId: string | null): StorableCall {
  const { input, units, occurredAt, fingerprint, quarantine } = call;
  const model = matchModel(input.provider ?? "", input.model ?? "");
  const rates = model && book.lookup(model.provider, model.model, occurredAt);
  // A stream that ended without its usage block, say. An error without usage produced nothing and costs nothing.
  const lacksUsage = !input.usage && paidByToken.has(input.kind) && input.errorClass === undefined;
  const { billed, cache, batch, reportedCostUsd = null } = input;
  const price = priceCall({ units, billed, cache, batch, reportedCostUsd }, lacksUsage ? null : rates);
  const provider = input.provider ?? model?.provider ?? "";
  return {
    callId: input.id,
    fingerprint,
    quarantine,
    ledger: { input, occurredAt, units, keyId, provider, price },
  };
}
