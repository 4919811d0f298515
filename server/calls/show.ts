import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { DomainError } from "@/server/errors";
import { type ExplainedLine, explainCall } from "@/server/prices/explain";
import { currentBook } from "@/server/prices/load-book";
import type { PriceVersion } from "@/server/prices/price-version";
import type { CallDetail } from "./call-row";
import { findCall } from "./queries";
import { ShowCallInput } from "./schemas";

export interface PriceFormula {
  lines: ExplainedLine[];
  notes: string[];
  /** Whether the formula, worked out again, still gives the stored amount. */
  agrees: boolean;
  version: {
    provider: string;
    model: string;
    validFrom: string | null;
    source: string;
    sourceVersion: string;
  } | null;
}

/** @throws DomainError NOT_FOUND, the same for an absent call and another tenant's */
export async function showCall(
  ctx: Ctx,
  input: ShowCallInput,
): Promise<{ call: CallDetail; formula: PriceFormula }> {
  requireRight(ctx.actor, "calls:read");
  const { id } = ShowCallInput.parse(input);
  const call = await ctx.db.read((db) => findCall(db, ctx.tenant.id, id));
  if (!call) throw new DomainError("NOT_FOUND", "There is no such call.");
  const book = await currentBook(ctx.now);
  const rates = call.priceVersionId === null ? null : book.version(call.priceVersionId);
  const version = call.priceVersionId === null ? null : book.find(call.priceVersionId);
  const explanation = explainCall(call, rates);
  return { call, formula: { ...explanation, version: version && versionFacts(version) } };
}

function versionFacts({
  provider,
  model,
  validFrom,
  source,
  sourceVersion,
}: PriceVersion): NonNullable<PriceFormula["version"]> {
  return { provider, model, validFrom: validFrom?.toISOString() ?? null, source, sourceVersion };
}
