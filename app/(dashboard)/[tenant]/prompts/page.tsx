import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { Hydrate } from "@/app/_trpc/hydrate";
import { openPage } from "@/app/_trpc/server";
import { breakdownQuestion, loadOrder } from "../_reports/order";
import { loadScope } from "../_scope/params";
import { ScopeProvider } from "../_scope/use-scope";
import { Prompts } from "./prompts";
import {
  changesQuestion,
  firstChanges,
  loadPromptParams,
  promptQuestion,
  versionsQuestion,
} from "./search-params";

interface PromptsPageProps {
  params: Promise<{ tenant: string }>;
  searchParams: Promise<SearchParams>;
}

export async function generateMetadata({ searchParams }: PromptsPageProps): Promise<Metadata> {
  const { prompt } = await loadPromptParams(searchParams);
  return { title: prompt === null ? "Prompts" : `Prompt ${prompt}` };
}

export default async function PromptsPage({ params, searchParams }: PromptsPageProps) {
  const { tenant, trpc, queryClient, now } = await openPage((await params).tenant);
  const scope = await loadScope(searchParams, now, tenant.timeZone);
  const { order } = await loadOrder(searchParams);
  const { prompt } = await loadPromptParams(searchParams);
  await Promise.allSettled(
    prompt === null
      ? [
          queryClient.query(trpc.reports.promptChanges.queryOptions(changesQuestion(scope, firstChanges))),
          queryClient.query(trpc.reports.promptVersions.queryOptions(versionsQuestion(scope))),
          queryClient.query(trpc.reports.breakdown.queryOptions(breakdownQuestion(scope, "prompt", order))),
        ]
      : [queryClient.query(trpc.reports.promptVersions.queryOptions(promptQuestion(scope, prompt)))],
  );
  return (
    <Hydrate client={queryClient}>
      <ScopeProvider now={now.toISOString()}>
        <Prompts />
      </ScopeProvider>
    </Hydrate>
  );
}
