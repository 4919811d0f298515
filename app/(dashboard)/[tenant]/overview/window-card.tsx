"use client";

import { useQuery } from "@tanstack/react-query";
import { Tags } from "lucide-react";
import { Failure } from "@/app/_components/failure";
import { Money } from "@/app/_components/money";
import { changeOfTotals } from "@/app/_components/tables/breakdown-change";
import { ChangeCell } from "@/app/_components/tables/change-cell";
import type { Column } from "@/app/_components/tables/column";
import { ConcentrationNote } from "@/app/_components/tables/concentration";
import { ReportTable } from "@/app/_components/tables/report-table";
import { spendColumns } from "@/app/_components/tables/spend-columns";
import { Card, CardHeader } from "@/app/_components/ui/card";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { toGeometry } from "@/app/_format/money";
import { formatCount, formatShare } from "@/app/_format/quantities";
import { useTRPC } from "@/app/_trpc/client";
import type { WindowsRow } from "@/server/analytics/windows/windows-schemas";
import { useTenant } from "../_components/tenant-context";
import { Explain } from "../_explain/explain";
import { CsvButton } from "../_export/csv-button";
import { groupWords } from "../_reports/groups";
import { live } from "../_reports/live";
import { withOnly } from "../_scope/filters";
import { useScope } from "../_scope/use-scope";
import { WhyButton } from "../_why/why-button";
import { callsHref } from "../calls/search-params";
import { windowsQuestion } from "./questions";
import { type WindowShown, windowScope } from "./windows";

const shareText = (share: string | null) => (share === null ? "–" : formatShare(toGeometry(share)));

/** What drives a window: its dearest groups, each with its share, that of all so far, and how it changed. */
export function WindowCard({ window }: { window: WindowShown }) {
  const { slug } = useTenant();
  const { scope, now } = useScope();
  const question = windowsQuestion(scope, window.last);
  const query = useQuery(useTRPC().reports.windows.queryOptions(question, live));
  const { groupBy } = question;
  const { noun, nouns, without } = groupWords[groupBy];
  const { report, compared } = windowScope(window, scope, now);
  const { data } = query;
  // A group of the other window alone has nothing to tell of this one.
  const rows = data?.rows.filter((row) => row[window.last].calls > 0 || row[window.previous].calls > 0);
  const title = `Last ${String(window.days)} days by ${nouns[0]}`;
  const { cost } = spendColumns<WindowsRow>({
    of: (row) => row[window.last],
    ...(rows?.[0] && { longestUsd: rows[0][window.last].costUsd }),
  });
  const columns: Column<WindowsRow>[] = [
    {
      ...cost,
      width: "w-24",
      cell: (row) => (
        <Explain figure="costUsd" scope={report} group={{ by: groupBy, key: row.key }}>
          {cost.cell(row)}
        </Explain>
      ),
      ...(data && {
        total: (
          <Explain figure="costUsd" scope={report}>
            <Money usd={data.total[window.last].costUsd} />
          </Explain>
        ),
      }),
    },
    {
      key: "share",
      header: "Share / so far",
      about: "Of the cost of these days: this row, and this with all above it",
      folded: { line: 2 },
      cell: (row) => (
        <>
          <span className="text-ink-muted">{shareText(row.costShares[window.last])}</span>{" "}
          <span className="text-ink-faint">/ {shareText(row.cumulativeShare)}</span>
        </>
      ),
    },
    {
      key: "change",
      header: "Change",
      about: `Against the ${String(window.days)} days before, up to this time of day`,
      folded: { line: 2 },
      cell: (row) => (
        <ChangeCell
          change={changeOfTotals(row[window.last], row[window.previous])}
          changeUsd={row[window.change]}
          why={
            <WhyButton
              asked={compared}
              group={{ by: groupBy, key: row.key }}
              label={`the cost of ${row.key ?? without} in ${String(window.days)} days`}
            />
          }
        />
      ),
      ...(data && {
        total: (
          <ChangeCell
            change={changeOfTotals(data.total[window.last], data.total[window.previous])}
            changeUsd={data.total[window.change]}
            why={
              <WhyButton
                asked={compared}
                label={`the cost of all ${nouns[1]} in ${String(window.days)} days`}
              />
            }
          />
        ),
      }),
    },
  ];
  return (
    <Card>
      <CardHeader
        title={title}
        hint={
          data && (
            <ConcentrationNote
              cumulative={data.rows.map(({ cumulativeShare }) =>
                cumulativeShare === null ? null : toGeometry(cumulativeShare),
              )}
              groups={data.groups}
              nouns={nouns}
            />
          )
        }
      >
        <CsvButton table="windows" input={question} of={`${nouns[1]} of the windows`} />
      </CardHeader>
      {query.isError ? (
        <Failure error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <ReportTable<WindowsRow>
          caption={`${title}, the dearest first`}
          rows={rows}
          keyOf={({ key }) => key ?? ""}
          name={{
            header: noun,
            of: ({ key }) => ({
              text: key ?? without,
              isNameless: key === null,
              href: callsHref(slug, {
                range: window.range,
                parts: withOnly(scope.parts, groupBy, key),
                order: "dearest",
              }),
            }),
          }}
          columns={columns}
          total={{
            label: data ? `All ${formatCount(data.groups)} ${nouns[1]}` : "Total",
            unpricedCalls: data?.total[window.last].unpricedCalls,
          }}
          isStale={query.isPlaceholderData}
          fold="narrow"
          empty={
            <EmptyState icon={Tags} title="No calls in these days" className="py-8">
              No call of these days matches. Take a filter away, or send calls with a {noun.toLowerCase()}.
            </EmptyState>
          }
        />
      )}
    </Card>
  );
}
