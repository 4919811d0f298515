import { amountOf, type Cells, countOf, optionalAmount, type RowAnswer, RowFault, utcDay } from "./file-rows";
import { classOfWords, lineWithoutModel, serviceOfWords } from "./line-item";
import { usageLines } from "./read-openai";

/** The console names the one workspace that has no id. */
const workspaceOf = (cell: Cells) => {
  const name = cell("workspace");
  return name === "" || name.toLowerCase() === "default" ? "default" : name;
};
const nobody = { provider: "anthropic", organization: "", invoiceNo: "" };

/** Of a service that both sides name alike; the console's "message" or "api" says none. */
const serviceOf = (cell: Cells) =>
  /batch/i.test(cell("usage_type")) ? "batch" : serviceOfWords(cell("usage_type"));

/** "input_no_cache" is of what was not cached, whatever its words say. */
const classOf = (tokenType: string) =>
  /no_?cache|non_?cache/i.test(tokenType) ? "input" : classOfWords(tokenType);

/** A row of the console's cost export: dollars by day, model, key and class of token, beside the list price. */
export function readAnthropicCost(cell: Cells): RowAnswer {
  const day = utcDay(cell, "usage_date_utc");
  const amount = amountOf(cell, "cost_usd");
  const model = cell("model");
  const description = [model, cell("token_type") || cell("cost_type")].filter(Boolean).join(", ");
  const isTool = /search|execution/i.test(cell("cost_type"));
  const tokenClass = classOf(cell("token_type"));
  const told = isTool
    ? { kind: "usage" as const, model: "", tokenClass: "tool" as const, service: "" }
    : model === "" || tokenClass === null
      ? lineWithoutModel(description || cell("cost_type"))
      : { kind: "usage" as const, model, tokenClass, service: serviceOf(cell) };
  const listAmount = told.kind === "usage" ? optionalAmount(cell, "list_price_usd") : null;
  const line = { ...told, basis: "cost" as const, day, workspace: workspaceOf(cell), description };
  return {
    kind: "lines",
    ...nobody,
    day,
    lines: [{ ...line, amount, listAmount, quantity: null, raw: null }],
  };
}

/** A row of the console's usage export: tokens by class, its input without what was cached, as ours. */
export function readAnthropicUsage(cell: Cells): RowAnswer {
  const day = utcDay(cell, "usage_date_utc");
  const model = cell("model_version");
  if (model === "") throw new RowFault("model_version", "names no model");
  const lines = usageLines(
    day,
    { model, service: serviceOf(cell), workspace: workspaceOf(cell) },
    {
      input: countOf(cell, "usage_input_tokens_no_cache"),
      cache_write_5m: countOf(cell, "usage_input_tokens_cache_write_5m"),
      cache_write_1h: countOf(cell, "usage_input_tokens_cache_write_1h"),
      cache_read: countOf(cell, "usage_input_tokens_cache_read"),
      output: countOf(cell, "usage_output_tokens"),
      tool: countOf(cell, "web_search_count"),
    },
    null,
  );
  return { kind: "lines", ...nobody, day, lines };
}
