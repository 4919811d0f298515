"use client";

import { useQuery } from "@tanstack/react-query";
import { ChevronLeft } from "lucide-react";
import { Link } from "@/app/_components/ui/link";
import { Failure } from "@/app/_components/failure";
import { ButtonLink } from "@/app/_components/ui/button";
import { Callout } from "@/app/_components/ui/callout";
import { Card } from "@/app/_components/ui/card";
import { useTRPC } from "@/app/_trpc/client";
import { longestRunDays } from "@/server/analytics/runs-schemas";
import { PageHeader } from "../_components/page-header";
import { useTenant } from "../_components/tenant-context";
import { WatermarkBadge } from "../_components/watermark-badge";
import { live } from "../_reports/live";
import { callsHref } from "../calls/search-params";
import { useScope } from "../_scope/use-scope";
import { ModelsOfRun } from "./models-of-run";
import { TagOfRun } from "./run-columns";
import { RunFacts } from "./run-facts";
import { StepsCard } from "./steps-card";

/** One run, step by step: where its time and its money went. */
export function Run({ runId }: { runId: string }) {
  const { slug } = useTenant();
  const { hrefOf, now } = useScope();
  const query = useQuery(useTRPC().reports.run.queryOptions({ runId }, live));
  const { data } = query;
  const parts = [{ tag: "run", operator: "is", value: runId } as const];
  return (
    <>
      <PageHeader
        title={runId}
        hint={
          <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <Link href={hrefOf("runs")} className="inline-flex items-center gap-1 hover:text-ink">
              <ChevronLeft aria-hidden className="size-3.5" /> All runs
            </Link>
            {data && <TagOfRun tag={data.feature} />}
            {data && <TagOfRun tag={data.user} />}
          </span>
        }
        aside={data && <WatermarkBadge watermark={data.watermark} now={now} />}
      >
        <ButtonLink href={callsHref(slug, { range: "all", parts, order: "dearest" })}>Its calls</ButtonLink>
      </PageHeader>
      {query.isError ? (
        <Card>
          <Failure error={query.error} onRetry={() => void query.refetch()} />
        </Card>
      ) : (
        <div className="space-y-4">
          {data?.isWhole === false && (
            <Callout tone="warn">
              This run goes on for more than {longestRunDays} days; told here are its last {longestRunDays}.
            </Callout>
          )}
          <RunFacts run={data} />
          <ModelsOfRun run={data} />
          <StepsCard run={data} />
        </div>
      )}
    </>
  );
}
