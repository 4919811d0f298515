"use client";

import { ShieldCheck } from "lucide-react";
import { ReportTable } from "@/app/_components/tables/report-table";
import { Card, CardHeader } from "@/app/_components/ui/card";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { formatShare, plural } from "@/app/_format/quantities";
import { formatTotal, toGeometry } from "@/app/_format/money";
import type { Outputs } from "@/app/_trpc/client";
import { CsvButton } from "../_export/csv-button";
import { useTenant } from "../_components/tenant-context";
import { groupWords } from "../_reports/groups";
import { callsHref } from "../calls/search-params";
import { withOnly } from "../_scope/filters";
import { useScope } from "../_scope/use-scope";
import { WhyButton } from "../_why/why-button";
import { type WorstCell, worstCell } from "./conclude";
import { failureColumns, type FailureRow } from "./failure-columns";
import { failureCost } from "./failure-figures";
import { errorsQuestion, failedCompared } from "./questions";

type Errors = Outputs["reports"]["errors"];

function Worst({ found: { errorClass, feature, calls, costUsd, share, isByCost } }: { found: WorstCell }) {
  return (
    <>
      <strong className="font-semibold text-ink">{errorClass}</strong> in{" "}
      <strong className="font-semibold text-ink">{feature ?? groupWords.feature.without}</strong> is{" "}
      {formatShare(share)} of {isByCost ? "what failures cost" : "all failures"}: {plural(calls, "call")}
      {isByCost && `, ${formatTotal(costUsd)}`}.
    </>
  );
}

export const longestOf = (rows: readonly FailureRow[]) =>
  rows
    .map(({ current }) => failureCost(current.failures).costUsd)
    .reduce((longest, usd) => (toGeometry(usd) > toGeometry(longest) ? usd : longest), "0");

/** What failed calls cost by class of error, the dearest first. */
export function ClassesCard({ data, isStale }: { data: Errors | undefined; isStale: boolean }) {
  const { slug } = useTenant();
  const { scope, params } = useScope();
  const rows = data?.classes.map(({ errorClass, current, previous }): FailureRow => ({
    key: errorClass,
    current: { failures: current },
    previous: previous && { failures: previous },
  }));
  const worst = data && worstCell(data.cells, data.total.current.failures);
  const columns = failureColumns<FailureRow>({
    total: data?.total,
    longestUsd: longestOf(rows ?? []),
    why: (row) => (
      <WhyButton
        asked={failedCompared(scope)}
        group={row ? { by: "error", key: row.key } : undefined}
        label={`the cost of ${row ? (row.key ?? "failed calls without a class") : "all failed calls"}`}
      />
    ),
  });
  const { cost, change, failed, billed, unknown, free } = columns;
  return (
    <Card className="overflow-hidden">
      <CardHeader title="Cost by error class" hint={worst ? <Worst found={worst} /> : undefined}>
        <CsvButton table="errors" input={{ ...errorsQuestion(scope), by: "class" }} of="error classes" />
      </CardHeader>
      <ReportTable<FailureRow>
        caption="What failed calls cost by error class, the dearest first"
        rows={rows}
        keyOf={({ key }) => key ?? ""}
        name={{
          header: groupWords.error.noun,
          of: ({ key }) => ({
            text: key ?? "Not named",
            isNameless: key === null,
            href: callsHref(slug, {
              ...params,
              parts: withOnly(scope.parts, "error", key),
              order: "dearest",
            }),
          }),
        }}
        columns={[cost, change, failed, billed, unknown, free]}
        total={{
          label: rows ? `All ${plural(rows.length, ...groupWords.error.nouns)}` : "Total",
          unpricedCalls: data && failureCost(data.total.current.failures).unpricedCalls,
        }}
        isStale={isStale}
        skeletonRows={4}
        empty={
          <EmptyState icon={ShieldCheck} title="No call failed" className="py-8">
            Of this range and these filters. Send failed attempts too, with{" "}
            <code className="font-mono">errorClass</code> and <code className="font-mono">billed</code>:
            providers charge for many of them.
          </EmptyState>
        }
      />
    </Card>
  );
}
