"use client";

import { useQuery } from "@tanstack/react-query";
import { UserCheck } from "lucide-react";
import { useQueryStates } from "nuqs";
import { Failure } from "@/app/_components/failure";
import { Callout } from "@/app/_components/ui/callout";
import { Card, CardHeader } from "@/app/_components/ui/card";
import { cn } from "@/app/_components/ui/class-names";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { Segmented } from "@/app/_components/ui/segmented";
import { plural } from "@/app/_format/quantities";
import { useTRPC } from "@/app/_trpc/client";
import { WatermarkBadge } from "../_components/watermark-badge";
import { CsvButton } from "../_export/csv-button";
import { live } from "../_reports/live";
import { ScopeBar } from "../_scope/scope-bar";
import { useScope } from "../_scope/use-scope";
import { CohortGrid } from "./cohort-grid";
import { conclusionOf, countedWords, oldestWords, recountWords, viewWords } from "./cohorts-words";
import { GridSkeleton } from "./grid-skeleton";
import { prepareCohorts } from "./prepare-cohorts";
import { cohortsParams, cohortsQuestion } from "./search-params";
import { TrackTeaches } from "./track-teaches";

const grainOptions = [
  { value: "month", label: "Months" },
  { value: "week", label: "Weeks" },
] as const;
const viewOptions = [
  { value: "retention", label: "Retention" },
  { value: "cost", label: "Cost per user" },
  { value: "left", label: "Cost of who left" },
] as const;

/** @param baseUrl where apps reach the deployment */
export function Cohorts({ baseUrl }: { baseUrl: string }) {
  const { scope, now } = useScope();
  const [{ grain, show }, setChoice] = useQueryStates(cohortsParams);
  const question = cohortsQuestion(scope, grain);
  const query = useQuery(useTRPC().reports.retention.queryOptions(question, live));
  const { data } = query;
  const oldestNote = data ? oldestWords(data) : null;
  const recount = data ? recountWords(data) : null;
  const isEmpty = data?.cohorts.length === 0;
  const cells = data?.cohorts.flatMap((cohort) => cohort.cells) ?? [];
  const unpriced = cells.reduce((sum, { unpricedCalls }) => sum + unpricedCalls, 0);
  return (
    <>
      <ScopeBar>{data && <WatermarkBadge watermark={data.watermark} now={now} />}</ScopeBar>
      <div className="space-y-4">
        {recount !== null && <Callout tone="warn">{recount}</Callout>}
        <Card className={cn(query.isPlaceholderData && "opacity-60 transition-opacity")}>
          <CardHeader
            title={`Cohorts by ${grain}`}
            hint={(data && conclusionOf(data, show)) ?? `${viewWords[show]}, by when they were first there.`}
          >
            <div className="flex flex-wrap items-center gap-2">
              <Segmented label="Cohorts by" value={grain} options={grainOptions} onChange={(next) => void setChoice({ grain: next })} />
              <Segmented label="Show" value={show} options={viewOptions} onChange={(next) => void setChoice({ show: next })} className="max-w-full overflow-x-auto" />
              <CsvButton table="retention" input={question} of="cohorts" />
            </div>
          </CardHeader>
          {query.isError ? (
            <Failure error={query.error} onRetry={() => void query.refetch()} />
          ) : data === undefined ? (
            <GridSkeleton />
          ) : isEmpty ? (
            <>
              <EmptyState icon={UserCheck} title="Nobody was first there in this time" className="py-8">
                Choose a longer range, or let your app say who uses it: from then on, this shows who stays and what that costs.
              </EmptyState>
              <TrackTeaches baseUrl={baseUrl} />
            </>
          ) : (
            <CohortGrid grid={prepareCohorts(data, show)} answer={data} label={viewWords[show]} />
          )}
          {data !== undefined && (
            <p className="border-t px-4 py-2.5 text-xs text-ink-muted sm:px-5">
              {countedWords(data)}
              {!isEmpty && ` Dashed: the ${grain} is not over. Shares and costs of a user are told of ${String(data.minUsers)} users or more.`}
              {oldestNote !== null && ` ${oldestNote}`}
              {unpriced > 0 && ` + ${plural(unpriced, "call")} unpriced, in no amount.`}
            </p>
          )}
        </Card>
      </div>
    </>
  ); // prettier-ignore
}
