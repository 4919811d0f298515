import type { OpenAiCost, OpenAiUsage } from "@/server/clients/openai-costs";
import { usdAmount } from "./amount";
import { readLineItem, serviceOfWords } from "./line-item";
import type { BillLine, TokenClass } from "./schemas";

/** @throws OutboundFailure for an amount that is not in USD */
export function openAiCostLine(day: string, cost: OpenAiCost): BillLine {
  const { amount, line_item, project_id, quantity } = cost;
  const description = line_item ?? "";
  return {
    basis: "cost",
    ...readLineItem(description),
    day,
    workspace: project_id ?? "",
    description,
    amount: amount ? usdAmount(amount.value, amount.currency, 1) : "0",
    listAmount: null,
    quantity: quantity ?? null,
    raw: cost,
  };
}

/** Lines of the tokens used, by class: the input that is told includes what was cached, ours does not. */
export function openAiUsageLines(day: string, usage: OpenAiUsage): BillLine[] {
  const cached = usage.input_cached_tokens ?? 0;
  const written = usage.input_cache_write_tokens ?? 0;
  const [audioIn, audioOut] = [usage.input_audio_tokens ?? 0, usage.output_audio_tokens ?? 0];
  const tokens: Partial<Record<TokenClass, number>> = {
    input: Math.max(0, (usage.input_tokens ?? 0) - cached - written - audioIn),
    cache_read: cached,
    cache_write_5m: written,
    audio_input: audioIn,
    output: Math.max(0, (usage.output_tokens ?? 0) - audioOut),
    audio_output: audioOut,
  };
  const service = usage.batch === true ? "batch" : serviceOfWords(usage.service_tier ?? "default");
  return usageLines(
    day,
    { model: usage.model ?? "", service, workspace: usage.project_id ?? "" },
    tokens,
    usage,
  );
}

export function usageLines(
  day: string,
  of: Pick<BillLine, "model" | "service" | "workspace">,
  tokens: Partial<Record<TokenClass, number>>,
  raw: unknown,
): BillLine[] {
  return Object.entries(tokens)
    .filter(([, count]) => count > 0)
    .map(([tokenClass, count]) => ({
      basis: "usage",
      kind: "usage",
      day,
      ...of,
      ...(tokenClass === "tool" && { model: "", service: "" }),
      tokenClass: tokenClass as TokenClass,
      description: "",
      amount: null,
      listAmount: null,
      quantity: String(count),
      raw,
    }));
}
