"use client";

import { Boxes } from "lucide-react";
import type { Column } from "@/app/_components/tables/column";
import { CostCell } from "@/app/_components/tables/cost-cell";
import { ReportTable } from "@/app/_components/tables/report-table";
import { Card, CardHeader } from "@/app/_components/ui/card";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { shareOf } from "@/app/_format/money";
import { formatCount, formatShare, plural } from "@/app/_format/quantities";
import type { Outputs } from "@/app/_trpc/client";
import { groupWords } from "../_reports/groups";
import { dearestModel } from "./steps";

type Run = Outputs["reports"]["run"];
type Model = Run["models"][number];

const nameOf = ({ model, kind }: Model) => (model === "" ? `${groupWords.model.without} (${kind})` : model);

const columnsOf = (costUsd: string): readonly Column<Model>[] => [
  {
    key: "cost",
    header: "Cost",
    folded: { line: 1 },
    width: "w-32",
    cell: (row) => <CostCell {...row} length={shareOf(row.costUsd, costUsd) ?? 0} />,
  },
  {
    key: "share",
    header: "Share",
    about: "Of the cost of the run",
    folded: { line: 2 },
    cell: (row) => {
      const share = shareOf(row.costUsd, costUsd);
      return <span className="text-ink-muted">{share === null ? "–" : formatShare(share)}</span>;
    },
  },
  {
    key: "calls",
    header: "Steps",
    folded: { line: 2, after: "steps" },
    cell: ({ calls }) => <span className="text-ink-muted">{formatCount(calls)}</span>,
  },
];

/** What the models and tools of a run cost in it. Undefined: still loading. */
export function ModelsOfRun({ run }: { run: Run | undefined }) {
  const costUsd = run?.figures.costUsd ?? "0";
  const dearest = run && dearestModel(run.models, costUsd);
  return (
    <Card>
      <CardHeader
        title="By model"
        hint={
          dearest
            ? `${nameOf(dearest)} is ${formatShare(dearest.share)} of it, in ${plural(dearest.calls, "step")}.`
            : undefined
        }
      />
      <ReportTable<Model>
        caption="Models and tools of the run, the dearest first"
        rows={run?.models}
        keyOf={({ kind, provider, model }) => JSON.stringify([kind, provider, model])}
        name={{
          header: groupWords.model.noun,
          of: (row) => ({ text: nameOf(row), isNameless: row.model === "", detail: row.provider }),
        }}
        columns={columnsOf(costUsd)}
        skeletonRows={2}
        empty={<EmptyState icon={Boxes} title="No steps" className="py-8" />}
      />
    </Card>
  );
}
