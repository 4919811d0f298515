import { z } from "zod";
import { readBillPage } from "./bill-answer";
import type { Refusals } from "./json-answer";
import { Amount, type DaysPage, type DaysQuestion } from "./openai-costs";

export interface AnthropicAccess {
  baseUrl: string;
  adminKey: string;
}

const text = z.string().max(1_000).nullish();
const count = z.int().min(0).nullish();

const CostResult = z.looseObject({
  /** Hundredths of the currency's whole unit. */
  amount: Amount,
  currency: z.string().max(10),
  description: text,
  cost_type: text,
  token_type: text,
  model: text,
  service_tier: text,
  context_window: text,
  inference_geo: text,
  workspace_id: text,
});
export type AnthropicCost = z.infer<typeof CostResult>;

const AnalyticsResult = z.looseObject({
  cost: z.object({ amount: Amount, list_amount: Amount.nullish(), currency: z.string().max(10) }),
  cost_type: text,
  token_type: text,
  model: text,
  service_tier: text,
  workspace_id: text,
});
export type AnthropicAnalyticsCost = z.infer<typeof AnalyticsResult>;

const UsageResult = z.looseObject({
  uncached_input_tokens: count,
  cache_read_input_tokens: count,
  cache_creation: z.object({ ephemeral_5m_input_tokens: count, ephemeral_1h_input_tokens: count }).nullish(),
  output_tokens: count,
  server_tool_use: z.object({ web_search_requests: count }).nullish(),
  model: text,
  service_tier: text,
  workspace_id: text,
});
export type AnthropicUsage = z.infer<typeof UsageResult>;

const pageOf = <T extends z.ZodType>(result: T) =>
  z.object({
    data: z
      .array(
        z.object({
          starting_at: z.string().regex(/^\d{4}-\d{2}-\d{2}T00:00:00/),
          results: z.array(result).max(50_000),
        }),
      )
      .max(400),
    has_more: z.boolean(),
    next_page: z.string().min(1).max(4_000).nullish(),
  });

const refusals: Refusals = {
  credentials:
    "Anthropic refuses this key. Costs are told to admin keys alone (sk-ant-admin…), which admins of the organization make.",
  missing: "There is no Anthropic API with a cost report at this address.",
  refused: (said) => `Anthropic refused the question${said === null ? "." : `: ${said}`}`,
};

const start = (day: string, days: number) =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().replace(".000", "");

/** A page of the cost report by workspace and description. Priority tier is not in it. @throws OutboundFailure */
export function listAnthropicCosts(
  access: AnthropicAccess,
  question: DaysQuestion,
): Promise<DaysPage<AnthropicCost>> {
  const groups = ["workspace_id", "description"];
  return ask(access, "/v1/organizations/cost_report", "bucket_width", groups, question, CostResult);
}

/** A page of what was paid after discounts and of the list price (`analytics/cost`, beta). @throws OutboundFailure */
export function listAnthropicAnalyticsCosts(
  access: AnthropicAccess,
  question: DaysQuestion,
): Promise<DaysPage<AnthropicAnalyticsCost>> {
  const groups = ["workspace_id", "model", "service_tier", "token_type"];
  const path = "/v1/organizations/analytics/cost";
  return ask(
    access,
    path,
    "time_bucket_width",
    groups,
    question,
    AnalyticsResult,
    "analytics-usage-cost-2026-08-24",
  );
}

/** A page of the tokens used. Input excludes what was read from or written to a cache. @throws OutboundFailure */
export function listAnthropicUsage(
  access: AnthropicAccess,
  question: DaysQuestion,
): Promise<DaysPage<AnthropicUsage>> {
  const groups = ["workspace_id", "model", "service_tier"];
  const path = "/v1/organizations/usage_report/messages";
  return ask(access, path, "bucket_width", groups, question, UsageResult);
}

async function ask<T extends z.ZodType>(
  { baseUrl, adminKey }: AnthropicAccess,
  path: string,
  width: string,
  groups: readonly string[],
  { firstDay, lastDay, page }: DaysQuestion,
  result: T,
  beta?: string,
): Promise<DaysPage<z.infer<T>>> {
  const query = new URLSearchParams([
    ["starting_at", start(firstDay, 0)],
    ["ending_at", start(lastDay, 1)],
    [width, "1d"],
    ...groups.map((group) => ["group_by[]", group]),
    ["limit", "31"],
    ...(page === null ? [] : [["page", page]]),
  ]);
  const headers = {
    "x-api-key": adminKey,
    "anthropic-version": "2023-06-01",
    ...(beta !== undefined && { "anthropic-beta": beta }),
  };
  const question = { host: "Anthropic", baseUrl, path: `${path}?${query.toString()}`, headers };
  const answer = await readBillPage(question, pageOf(result), refusals);
  return {
    days: answer.data.map(({ starting_at, results }) => ({ day: starting_at.slice(0, 10), results })),
    next: answer.has_more ? (answer.next_page ?? null) : null,
  };
}
