import { layerOf } from "@/server/prices/book";
import { type ExplainedLine, explainCall, type StoredCall } from "@/server/prices/explain";
import type { PriceRule } from "./contract";
import type { Layer, TenantBook } from "./tenant-book";

export interface PriceFormula {
  lines: ExplainedLine[];
  notes: string[];
  /** Whether the formula, worked out again, still gives the stored amount. */
  agrees: boolean;
  /** Whose rates they are: null where there are none. */
  version: {
    layer: Layer;
    provider: string;
    model: string;
    validFrom: string | null;
    source: string;
    sourceVersion: string;
  } | null;
  /** The discount or markup on list prices that was applied. */
  rule: { id: string; factor: string; note: string } | null;
}

export interface ExplainableCall extends StoredCall {
  priceVersionId: string | null;
  priceRuleId: string | null;
  shareOf: string | null;
}

/** How a stored call came to its cost, by the version and the rule that it was stored with, withdrawn or not. */
export function explainStored(book: TenantBook, call: ExplainableCall): PriceFormula {
  const rates = call.priceVersionId === null ? null : book.version(call.priceVersionId);
  const rule = call.priceRuleId === null ? null : book.rule(call.priceRuleId);
  const version = call.priceVersionId === null ? null : versionFacts(book, call.priceVersionId);
  const facts = { version, rule: rule && { id: rule.id, factor: rule.factor, note: rule.note } };
  if (call.shareOf !== null) {
    // The whole was priced, and its tier and tokens are not the share's: the parts of its formula would not add up.
    const note = `A share of the call ${call.shareOf}, whose cost was split by weight.`;
    return { lines: [], notes: [note], agrees: true, ...facts };
  }
  const { lines, notes, agrees } = explainCall(call, rates, rule?.factor);
  const origin = lines.length === 0 ? [] : [...notesOnLayer(book, call), ...notesOnRule(rule)];
  return { lines, notes: [...notes, ...origin], agrees, ...facts };
}

function versionFacts(book: TenantBook, id: string): PriceFormula["version"] {
  const contract = book.contract(id);
  if (contract) {
    const { provider, model, validFrom } = contract;
    return { layer: "contract", provider, model, validFrom: validFrom?.toISOString() ?? null, source: "contract", sourceVersion: "" }; // prettier-ignore
  }
  const version = book.book.find(id);
  if (!version) return null;
  const { provider, model, validFrom, source, sourceVersion } = version;
  return { layer: layerOf(source), provider, model, validFrom: validFrom?.toISOString() ?? null, source, sourceVersion }; // prettier-ignore
}

function notesOnLayer(book: TenantBook, { priceVersionId }: ExplainableCall): string[] {
  const contract = priceVersionId === null ? null : book.contract(priceVersionId);
  if (contract) {
    const narrowed = [
      ...(contract.feature === null ? [] : [`feature ${contract.feature}`]),
      ...(contract.region === null ? [] : [`region ${contract.region}`]),
    ];
    const scope = narrowed.length > 0 ? ` for ${narrowed.join(" in ")}` : "";
    return [`At your contract's rates${scope}${quoted(contract.note)}.`];
  }
  const source = priceVersionId === null ? undefined : book.book.find(priceVersionId)?.source;
  if (source === undefined) return [];
  if (layerOf(source) === "platform") return ["At rates that this installation's staff has set."];
  return layerOf(source) === "litellm" ? ["At LiteLLM's rates, for the first list has none for this."] : [];
}

function notesOnRule(rule: PriceRule | null): string[] {
  if (!rule) return [];
  const whose = [rule.provider, rule.model].filter((name) => name !== null).join(" / ");
  return [`List prices${whose === "" ? "" : ` of ${whose}`} times ${rule.factor}${quoted(rule.note)}.`];
}

function quoted(note: string): string {
  return note === "" ? "" : `: “${note}”`;
}
