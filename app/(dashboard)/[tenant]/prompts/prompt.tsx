"use client";

import { useQuery } from "@tanstack/react-query";
import { ChevronLeft, SearchX } from "lucide-react";
import { Link } from "@/app/_components/ui/link";
import { Failure } from "@/app/_components/failure";
import { ButtonLink } from "@/app/_components/ui/button";
import { Callout } from "@/app/_components/ui/callout";
import { Card } from "@/app/_components/ui/card";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { useTRPC } from "@/app/_trpc/client";
import { mostVersions } from "@/server/analytics/prompt-schemas";
import { useTenant } from "../_components/tenant-context";
import { live } from "../_reports/live";
import { ReportFrame } from "../_reports/report-frame";
import { callsHref } from "../calls/search-params";
import { withOnly } from "../_scope/filters";
import { useScope } from "../_scope/use-scope";
import { PromptTiles } from "./prompt-tiles";
import { promptQuestion } from "./search-params";
import { TimelineCard } from "./timeline-card";
import { VersionChangesCard } from "./version-changes-card";
import { VersionsCard } from "./versions-card";

/** One prompt: its versions, when each came, and what that did to the cost of a call. */
export function Prompt({ prompt }: { prompt: string }) {
  const { slug } = useTenant();
  const { scope, params, hrefOf } = useScope();
  const query = useQuery(useTRPC().reports.promptVersions.queryOptions(promptQuestion(scope, prompt), live));
  const { data } = query;
  const report = data?.prompts[0];
  const isNowhere = data !== undefined && report === undefined;
  const parts = withOnly(scope.parts, "prompt", prompt);
  return (
    <ReportFrame
      title={prompt}
      hint={
        <Link href={hrefOf("prompts")} className="inline-flex items-center gap-1 hover:text-ink">
          <ChevronLeft aria-hidden className="size-3.5" /> All prompts
        </Link>
      }
      watermark={data?.watermark}
      actions={
        <ButtonLink size="sm" href={callsHref(slug, { ...params, parts, order: "dearest" })}>
          Its calls
        </ButtonLink>
      }
    >
      {query.isError ? (
        <Card>
          <Failure error={query.error} onRetry={() => void query.refetch()} />
        </Card>
      ) : isNowhere ? (
        <Card>
          <EmptyState icon={SearchX} title="No call of this prompt here">
            No call of this range matches the filters. Choose a longer range, or take a filter away.
          </EmptyState>
        </Card>
      ) : (
        <>
          {report?.isCrowded === true && (
            <Callout>
              This prompt has more than {mostVersions} versions, as if its text were made anew for each call.
              No change is looked for; send a version that stays the same while the template does.
            </Callout>
          )}
          <PromptTiles report={report} />
          <VersionChangesCard report={report} isStale={query.isPlaceholderData} />
          <TimelineCard
            report={report}
            finalThrough={data?.watermark.finalThrough}
            isStale={query.isPlaceholderData}
          />
          <VersionsCard prompt={prompt} report={report} isStale={query.isPlaceholderData} />
        </>
      )}
    </ReportFrame>
  );
}
