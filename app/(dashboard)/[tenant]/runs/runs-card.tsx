"use client";

import { Workflow } from "lucide-react";
import { Failure } from "@/app/_components/failure";
import { ConcentrationNote } from "@/app/_components/tables/concentration";
import { ReportTable } from "@/app/_components/tables/report-table";
import { Card, CardHeader } from "@/app/_components/ui/card";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { formatTotal, toGeometry } from "@/app/_format/money";
import { formatCount, formatMultiple, plural } from "@/app/_format/quantities";
import type { RunOrder } from "@/server/analytics/runs-schemas";
import { useTenant } from "../_components/tenant-context";
import { CsvButton } from "../_export/csv-button";
import { useScope } from "../_scope/use-scope";
import { strayRun } from "./conclude";
import { runColumns, type RunRow } from "./run-columns";
import { runHref } from "./search-params";
import type { useRuns } from "./use-runs";

const nouns = ["run", "runs"] as const;
const orderWords: Record<RunOrder, string> = {
  cost: "the dearest first",
  calls: "those with the most steps first",
  duration: "the longest first",
  newest: "the newest first",
};

function Stray({ run }: { run: RunRow & { timesMedian: number } }) {
  const { runId, costUsd, timesMedian, retryCalls, calls } = run;
  return (
    <>
      <strong className="font-semibold wrap-anywhere text-ink">{runId}</strong> cost {formatTotal(costUsd)},{" "}
      {formatMultiple(timesMedian)} the median
      {retryCalls > 0 && `: ${formatCount(retryCalls)} of its ${plural(calls, "step")} were retries`}.
    </>
  );
}

/** Runs of agents, each with what it cost and what went on in it. */
export function RunsCard({ table }: { table: ReturnType<typeof useRuns> }) {
  const { slug, timeZone } = useTenant();
  const { scope, params, now } = useScope();
  const { query, question, sort, more } = table;
  const { data } = query;
  const stray = data && strayRun(data.rows, data.total);
  return (
    <Card>
      <CardHeader
        title="What each run costs"
        hint={
          data && sort.order === "cost" ? (
            stray ? (
              <Stray run={stray} />
            ) : (
              <ConcentrationNote
                cumulative={data.rows.map(({ cumulativeShare }) =>
                  cumulativeShare === null ? null : toGeometry(cumulativeShare),
                )}
                groups={data.total.runs}
                nouns={nouns}
              />
            )
          ) : undefined
        }
      >
        <CsvButton table="runs" input={{ ...scope.report, order: question.order }} of="runs" />
      </CardHeader>
      {query.isError ? (
        <Failure error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <ReportTable<RunRow, RunOrder>
          caption={`Runs, ${orderWords[sort.order]}`}
          rows={data?.rows}
          keyOf={({ runId }) => runId}
          name={{
            header: "Run",
            of: ({ runId }) => ({
              text: runId,
              href: runHref(slug, runId, params),
            }),
          }}
          columns={runColumns(data, { timeZone, now })}
          sort={sort}
          total={{
            label: data ? `All ${formatCount(data.total.runs)} runs` : "Total",
            unpricedCalls: data?.total.unpricedCalls,
          }}
          paging={{ of: data?.total.runs ?? 0, nouns, onMore: more, isLoading: query.isFetching }}
          isStale={query.isPlaceholderData}
          empty={
            <EmptyState icon={Workflow} title="No runs here">
              Send the same <code className="font-mono">runId</code> with every call of an agent’s run, calls
              of tools among them, and see what each run costs and where it went astray. If you do, choose a
              longer range, or take a filter away.
            </EmptyState>
          }
        />
      )}
    </Card>
  );
}
