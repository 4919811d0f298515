import { at, reader, settle, tokensAt, unit } from "./fields";

/**
 * Cohere bills `billed_units`, which leave out the tokens of its own templates; `tokens` is what the model saw. Cached
 * tokens have no price of their own.
 */
export const cohere = reader((raw) => {
  const billed = at(raw, "billed_units") ?? at(raw, "billedUnits");
  const counted = billed ?? at(raw, "tokens");
  return settle({
    input: tokensAt(counted, "input_tokens", "inputTokens"),
    output: tokensAt(counted, "output_tokens", "outputTokens"),
    units: unit("rerank_searches", at(billed, "search_units") ?? at(billed, "searchUnits")),
  });
});
