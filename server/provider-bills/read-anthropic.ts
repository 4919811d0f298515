import type { AnthropicAnalyticsCost, AnthropicCost, AnthropicUsage } from "@/server/clients/anthropic-costs";
import { usdAmount } from "./amount";
import { classOfWords, lineWithoutModel, serviceOfWords } from "./line-item";
import { usageLines } from "./read-openai";
import type { BillLine } from "./schemas";

/** The one workspace that has no id. */
const defaultWorkspace = "default";

type Told = Pick<AnthropicCost, "cost_type" | "token_type" | "model" | "service_tier"> & {
  description: string;
};

function toldBy({ cost_type, token_type, model, service_tier, description }: Told) {
  if (cost_type === "web_search" || cost_type === "code_execution")
    return { kind: "usage", model: "", tokenClass: "tool", service: "" } as const;
  const tokenClass = classOfWords(token_type ?? "");
  if (!model || tokenClass === null) return lineWithoutModel(description);
  return { kind: "usage", model, tokenClass, service: serviceOfWords(service_tier) } as const;
}

/** @throws OutboundFailure for an amount that is not in USD */
export function anthropicCostLine(day: string, cost: AnthropicCost): BillLine {
  const description = cost.description ?? "";
  return {
    basis: "cost",
    ...toldBy({ ...cost, description }),
    day,
    workspace: cost.workspace_id ?? defaultWorkspace,
    description,
    amount: usdAmount(cost.amount, cost.currency, 100),
    listAmount: null,
    quantity: null,
    raw: cost,
  };
}

/** As {@link anthropicCostLine}, with the price before discounts. */
export function anthropicAnalyticsLine(day: string, row: AnthropicAnalyticsCost): BillLine {
  const { amount, list_amount, currency } = row.cost;
  const description = [row.model, row.token_type ?? row.cost_type].filter(Boolean).join(", ");
  return {
    basis: "cost",
    ...toldBy({ ...row, description }),
    day,
    workspace: row.workspace_id ?? defaultWorkspace,
    description,
    amount: usdAmount(amount, currency, 100),
    listAmount: list_amount == null ? null : usdAmount(list_amount, currency, 100),
    quantity: null,
    raw: row,
  };
}

/** Lines of the tokens used, by class: the input that is told excludes what was cached, as ours does. */
export function anthropicUsageLines(day: string, usage: AnthropicUsage): BillLine[] {
  const of = {
    model: usage.model ?? "",
    service: serviceOfWords(usage.service_tier),
    workspace: usage.workspace_id ?? defaultWorkspace,
  };
  return usageLines(
    day,
    of,
    {
      input: usage.uncached_input_tokens ?? 0,
      cache_read: usage.cache_read_input_tokens ?? 0,
      cache_write_5m: usage.cache_creation?.ephemeral_5m_input_tokens ?? 0,
      cache_write_1h: usage.cache_creation?.ephemeral_1h_input_tokens ?? 0,
      output: usage.output_tokens ?? 0,
      tool: usage.server_tool_use?.web_search_requests ?? 0,
    },
    usage,
  );
}
