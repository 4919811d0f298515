"use client";

import { SearchX } from "lucide-react";
import type { ReactNode } from "react";
import { Failure } from "@/app/_components/failure";
import { breakdownColumns } from "@/app/_components/tables/breakdown-columns";
import type { Column, RowHead } from "@/app/_components/tables/column";
import { ConcentrationNote } from "@/app/_components/tables/concentration";
import { ReportTable } from "@/app/_components/tables/report-table";
import { Card, CardHeader } from "@/app/_components/ui/card";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { formatCount } from "@/app/_format/quantities";
import { toGeometry } from "@/app/_format/money";
import type { BreakdownRow, Grouping } from "@/server/analytics/schemas";
import { callsHref } from "../calls/search-params";
import { CsvButton } from "../_export/csv-button";
import { WhyButton } from "../_why/why-button";
import { explained } from "./explained";
import { useTenant } from "../_components/tenant-context";
import { withOnly } from "../_scope/filters";
import { useScope } from "../_scope/use-scope";
import { groupWords } from "./groups";
import type { useBreakdown } from "./use-breakdown";

type Columns = ReturnType<typeof breakdownColumns>;
type Order =
  | "cost"
  | "change"
  | "calls"
  | "tokens"
  | "unpriced"
  | "retries"
  | "errors"
  | "latency"
  | "costPerCall"
  | "key";

interface BreakdownCardProps {
  groupBy: Grouping;
  table: ReturnType<typeof useBreakdown>;
  title: string;
  hint?: ReactNode;
  /** The columns of this screen, in order; the name comes first by itself. */
  pick: (columns: Columns) => readonly Column<BreakdownRow, Order>[];
  /** Where a row leads; by default to its calls, the dearest first. */
  headOf?: (row: BreakdownRow) => Partial<RowHead>;
  controls?: ReactNode;
}

/** The groups of a tag, the dearest first: what each costs, its share, how it changed. */
export function BreakdownCard({ groupBy, table, title, hint, pick, headOf, controls }: BreakdownCardProps) {
  const { slug } = useTenant();
  const { scope, params } = useScope();
  const { query, sort, more } = table;
  const { noun, nouns, without } = groupWords[groupBy];
  const columns = explained(
    breakdownColumns(query.data, {
      why: (row) => (
        <WhyButton
          asked={scope.compared}
          group={row ? { by: groupBy, key: row.key } : undefined}
          label={`the cost of ${row ? (row.key ?? without) : `all ${nouns[1]}`}`}
        />
      ),
    }),
    scope.report,
    groupBy,
  );
  const shown = query.data?.rows;
  const isByCost = sort.order === "cost";
  return (
    <Card>
      <CardHeader
        title={title}
        hint={
          hint ??
          (query.data && isByCost && (
            <ConcentrationNote
              cumulative={query.data.rows.map(({ cumulativeShare }) =>
                cumulativeShare === null ? null : toGeometry(cumulativeShare),
              )}
              groups={query.data.groups}
              nouns={nouns}
            />
          ))
        }
      >
        {controls}
        <CsvButton table="breakdown" input={table.question} of={nouns[1]} />
      </CardHeader>
      {query.isError ? (
        <Failure error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <ReportTable<BreakdownRow, Order>
          caption={`${title}, ${sort.order === "key" ? "by name" : "the largest first"}`}
          rows={shown}
          keyOf={({ key }) => key ?? ""}
          name={{
            header: noun,
            order: "key",
            isAscending: true,
            of: (row) => ({
              text: row.key ?? without,
              isNameless: row.key === null,
              href: callsHref(slug, {
                ...params,
                parts: withOnly(scope.parts, groupBy, row.key),
                order: "dearest",
              }),
              ...headOf?.(row),
            }),
          }}
          columns={pick(columns)}
          sort={sort}
          total={{
            label: query.data ? `All ${formatCount(query.data.groups)} ${nouns[1]}` : "Total",
            unpricedCalls: query.data?.total.current.unpricedCalls,
          }}
          paging={{ of: query.data?.groups ?? 0, nouns, onMore: more, isLoading: query.isFetching }}
          isStale={query.isPlaceholderData}
          empty={
            <EmptyState icon={SearchX} title={`No ${nouns[1]} here`}>
              No call of this range matches the filters. Choose a longer range, or take a filter away.
            </EmptyState>
          }
        />
      )}
    </Card>
  );
}
