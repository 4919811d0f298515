import { z } from "zod";
import {
  listAnthropicAnalyticsCosts,
  listAnthropicCosts,
  listAnthropicUsage,
} from "@/server/clients/anthropic-costs";
import {
  type DaysPage,
  type DaysQuestion,
  listOpenAiCosts,
  listOpenAiUsage,
} from "@/server/clients/openai-costs";
import { anthropicAnalyticsLine, anthropicCostLine, anthropicUsageLines } from "./read-anthropic";
import { openAiCostLine, openAiUsageLines } from "./read-openai";
import type { BillLine, BillSettings, ReportProvider } from "./schemas";

/** The reports of a provider, in the order in which a pull reads them. */
const phases = [
  "openai-costs",
  "openai-completions",
  "openai-embeddings",
  "anthropic-costs",
  "anthropic-analytics",
  "anthropic-usage",
] as const;
const Phase = z.enum(phases);
export type Phase = z.infer<typeof Phase>;

/** The page that is read next. */
export const Place = z.object({ phase: Phase, page: z.string().nullable() });
export type Place = z.infer<typeof Place>;

export interface ReportAccess {
  baseUrl: string;
  adminKey: string;
}

type Reader = (
  access: ReportAccess,
  question: DaysQuestion,
) => Promise<{ lines: BillLine[]; next: string | null }>;

const reader =
  <Result>(
    list: (access: ReportAccess, question: DaysQuestion) => Promise<DaysPage<Result>>,
    linesOf: (day: string, result: Result) => BillLine | BillLine[],
  ): Reader =>
  async (access, question) => {
    const { days, next } = await list(access, question);
    const lines = days.flatMap(({ day, results }) => results.flatMap((result) => linesOf(day, result)));
    return { lines, next };
  };

const readers: Record<Phase, Reader> = {
  "openai-costs": reader(listOpenAiCosts, openAiCostLine),
  "openai-completions": reader(
    (access, question) => listOpenAiUsage(access, "completions", question),
    openAiUsageLines,
  ),
  "openai-embeddings": reader(
    (access, question) => listOpenAiUsage(access, "embeddings", question),
    openAiUsageLines,
  ),
  "anthropic-costs": reader(listAnthropicCosts, anthropicCostLine),
  "anthropic-analytics": reader(listAnthropicAnalyticsCosts, anthropicAnalyticsLine),
  "anthropic-usage": reader(listAnthropicUsage, anthropicUsageLines),
};

function phasesOf(provider: ReportProvider, { netOfDiscounts }: BillSettings): Phase[] {
  if (provider === "openai") return ["openai-costs", "openai-completions", "openai-embeddings"];
  return [netOfDiscounts ? "anthropic-analytics" : "anthropic-costs", "anthropic-usage"];
}

export function firstPhase(provider: ReportProvider, settings: BillSettings): Phase {
  const [first = "openai-costs"] = phasesOf(provider, settings);
  return first;
}

/** Where to go on after a page; null after the last page of the last report. */
export function placeAfter(
  provider: ReportProvider,
  settings: BillSettings,
  place: Place,
  next: string | null,
): Place | null {
  if (next !== null) return { phase: place.phase, page: next };
  const all = phasesOf(provider, settings);
  const phase = all[all.indexOf(place.phase) + 1];
  return phase === undefined ? null : { phase, page: null };
}

/** @throws OutboundFailure */
export function readPage(access: ReportAccess, place: Place, firstDay: string, lastDay: string) {
  return readers[place.phase](access, { firstDay, lastDay, page: place.page });
}
