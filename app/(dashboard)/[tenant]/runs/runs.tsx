"use client";

import { useQueryState } from "nuqs";
import { ReportFrame } from "../_reports/report-frame";
import { Run } from "./run";
import { RunTiles } from "./run-tiles";
import { RunsCard } from "./runs-card";
import { runsParams } from "./search-params";
import { useRuns } from "./use-runs";

function AllRuns() {
  const table = useRuns();
  const { data, isError } = table.query;
  return (
    <ReportFrame title="Runs" watermark={data?.watermark}>
      {!isError && <RunTiles total={data?.total} previous={data?.previous ?? null} />}
      <RunsCard table={table} />
    </ReportFrame>
  );
}

/** All runs, or the one that the address names. */
export function Runs() {
  const [run] = useQueryState("run", runsParams.run);
  return run === null ? <AllRuns /> : <Run key={run} runId={run} />;
}
