import type { PriceBook } from "@/server/prices/book";
import { matchModel } from "@/server/prices/match-model";
import { priceCall, type PricedCall } from "@/server/prices/price-call";
import type { AdmittedCall } from "./admit";
import { toLedgerRow } from "./ledger-row";
import type { StorableCall } from "./store";

/** Kinds that are paid by the token: without any usage their cost is unknown, not zero. */
const paidByToken = new Set(["llm", "embedding", "rerank", "audio"]);

function priceOf(
  book: PriceBook,
  call: AdmittedCall,
): { price: Pick<PricedCall, "costUsd" | "status" | "priceVersionId">; provider: string } {
  const { input, units, occurredAt } = call;
  const model = matchModel(input.provider ?? "", input.model ?? "");
  const rates = model && book.lookup(model.provider, model.model, occurredAt);
  // A stream that ended without its usage block, say. An error without usage produced nothing and costs nothing.
  const lacksUsage = !input.usage && paidByToken.has(input.kind) && input.errorClass === undefined;
  const price = priceCall(
    {
      units,
      billed: input.billed,
      cache: input.cache,
      batch: input.batch,
      reportedCostUsd: input.reportedCostUsd ?? null,
    },
    lacksUsage ? null : rates,
  );
  return { price, provider: input.provider ?? model?.provider ?? "" };
}

/** Prices a call at the rates of when it occurred and makes it ready to store. */
export function priceAdmitted(book: PriceBook, call: AdmittedCall, keyId: string | null): StorableCall {
  const { price, provider } = priceOf(book, call);
  return {
    callId: call.input.id,
    fingerprint: call.fingerprint,
    input: call.input,
    keyId,
    quarantine: call.quarantine,
    row: toLedgerRow(call, keyId, provider, price),
  };
}
