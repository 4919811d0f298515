import { z } from "zod";
import { readBillPage } from "./bill-answer";
import type { Refusals } from "./json-answer";

export interface OpenAiAccess {
  baseUrl: string;
  adminKey: string;
}

/** Days of UTC, YYYY-MM-DD, both inclusive. */
export interface DaysQuestion {
  firstDay: string;
  lastDay: string;
  page: string | null;
}

/** An amount as it was written: digits, never a float. */
export const Amount = z.string().regex(/^-?\d{1,20}(\.\d{1,40})?([eE][+-]?\d{1,2})?$/);
const text = z.string().max(1_000).nullish();
const count = z.int().min(0).nullish();

const CostResult = z.looseObject({
  amount: z.object({ value: Amount, currency: z.string().max(10) }).nullish(),
  line_item: text,
  project_id: text,
  api_key_id: text,
  quantity: Amount.nullish(),
});
export type OpenAiCost = z.infer<typeof CostResult>;

const UsageResult = z.looseObject({
  model: text,
  batch: z.boolean().nullish(),
  service_tier: text,
  project_id: text,
  input_tokens: count,
  input_cached_tokens: count,
  input_cache_write_tokens: count,
  input_audio_tokens: count,
  output_tokens: count,
  output_audio_tokens: count,
  num_model_requests: count,
});
export type OpenAiUsage = z.infer<typeof UsageResult>;

const pageOf = <T extends z.ZodType>(result: T) =>
  z.object({
    data: z.array(z.object({ start_time: z.int().min(0), results: z.array(result).max(50_000) })).max(400),
    has_more: z.boolean(),
    next_page: z.string().min(1).max(4_000).nullish(),
  });

/** What a provider says of its days, a page of it. */
export interface DaysPage<Result> {
  days: { day: string; results: Result[] }[];
  /** Null after the last page. */
  next: string | null;
}

const refusals: Refusals = {
  credentials:
    "OpenAI refuses this key. Costs are told to admin keys alone (sk-admin-…), which owners of the organization make.",
  missing: "There is no OpenAI API with organization costs at this address.",
  refused: (said) => `OpenAI refused the question${said === null ? "." : `: ${said}`}`,
};

const seconds = (day: string, days: number) => String(Date.parse(`${day}T00:00:00Z`) / 1_000 + days * 86_400);
const dayOf = (start: number) => new Date(start * 1_000).toISOString().slice(0, 10);

/** A page of costs by line item and project (`/v1/organization/costs`), in the currency's whole unit. @throws OutboundFailure */
export function listOpenAiCosts(access: OpenAiAccess, question: DaysQuestion): Promise<DaysPage<OpenAiCost>> {
  return ask(access, "costs", ["line_item", "project_id"], "30", question, CostResult);
}

/** A page of the tokens used (`/v1/organization/usage/…`). Input includes what was read from or written to a cache. @throws OutboundFailure */
export function listOpenAiUsage(
  access: OpenAiAccess,
  of: "completions" | "embeddings",
  question: DaysQuestion,
): Promise<DaysPage<OpenAiUsage>> {
  const groups =
    of === "completions" ? ["model", "project_id", "batch", "service_tier"] : ["model", "project_id"];
  return ask(access, `usage/${of}`, groups, "31", question, UsageResult);
}

async function ask<T extends z.ZodType>(
  { baseUrl, adminKey }: OpenAiAccess,
  what: string,
  groups: readonly string[],
  limit: string,
  { firstDay, lastDay, page }: DaysQuestion,
  result: T,
): Promise<DaysPage<z.infer<T>>> {
  const query = new URLSearchParams([
    ["start_time", seconds(firstDay, 0)],
    ["end_time", seconds(lastDay, 1)],
    ["bucket_width", "1d"],
    ...groups.map((group) => ["group_by[]", group]),
    ["limit", limit],
    ...(page === null ? [] : [["page", page]]),
  ]);
  const headers = { authorization: `Bearer ${adminKey}` };
  const path = `/v1/organization/${what}?${query.toString()}`;
  const answer = await readBillPage({ host: "OpenAI", baseUrl, path, headers }, pageOf(result), refusals);
  return {
    days: answer.data.map(({ start_time, results }) => ({ day: dayOf(start_time), results })),
    next: answer.has_more ? (answer.next_page ?? null) : null,
  };
}
