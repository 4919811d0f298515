"use client";

import { SearchX } from "lucide-react";
import { Failure } from "@/app/_components/failure";
import { ReportTable } from "@/app/_components/tables/report-table";
import { Card, CardHeader } from "@/app/_components/ui/card";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { formatCompact, formatCount, formatShare } from "@/app/_format/quantities";
import type { CacheInput, CacheRow } from "@/server/analytics/cache/cache-schemas";
import { Explain } from "../_explain/explain";
import { CsvButton } from "../_export/csv-button";
import { useTenant } from "../_components/tenant-context";
import { groupWords } from "../_reports/groups";
import { callsHref } from "../calls/search-params";
import { withOnly } from "../_scope/filters";
import { useScope } from "../_scope/use-scope";
import { cacheColumns } from "./cache-columns";
import { type CacheChance, largestChance } from "./conclude";
import { groupingOf } from "./search-params";
import type { useCache } from "./use-cache";

function Chance({
  found: { key, freshTokens, shareOfFresh, hitRate },
  without,
}: {
  found: CacheChance;
  without: string;
}) {
  return (
    <>
      <strong className="font-semibold text-ink">{key ?? without}</strong> sent {formatCompact(freshTokens)}{" "}
      input tokens past the cache, {formatShare(shareOfFresh)} of all fresh input, and{" "}
      {hitRate === 0 ? "read none from it" : `read ${formatShare(hitRate)} from it`}: put what stays the same
      at the start of its prompts.
    </>
  );
}

/** What the cache did for each group, the largest saving first. */
export function CacheCard({ table }: { table: ReturnType<typeof useCache> }) {
  const { slug } = useTenant();
  const { scope, params } = useScope();
  const groupBy = groupingOf(scope);
  const { noun, nouns, without } = groupWords[groupBy];
  const { query, sort, more } = table;
  const { data } = query;
  const chance = data && largestChance(data.rows, data.total.current);
  return (
    <Card className="overflow-hidden">
      <CardHeader
        title={`The cache by ${nouns[0]}`}
        hint={chance ? <Chance found={chance} without={without} /> : undefined}
      >
        <CsvButton table="cache" input={table.question} of={`the cache by ${nouns[0]}`} />
      </CardHeader>
      {query.isError ? (
        <Failure error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <ReportTable<CacheRow, CacheInput["order"]>
          caption={`The cache by ${nouns[0]}, ${sort.order === "key" ? "by name" : "the largest first"}`}
          rows={data?.rows}
          keyOf={({ key }) => key ?? ""}
          name={{
            header: noun,
            order: "key",
            isAscending: true,
            of: ({ key }) => ({
              text: key ?? without,
              isNameless: key === null,
              href: callsHref(slug, {
                ...params,
                parts: withOnly(scope.parts, groupBy, key),
                order: "dearest",
              }),
            }),
          }}
          columns={cacheColumns(data?.total, (row, rate) => (
            <Explain
              figure="cacheHitRate"
              scope={scope.report}
              {...(row && { group: { by: groupBy, key: row.key } })}
            >
              {rate}
            </Explain>
          ))}
          sort={sort}
          total={{
            label: data ? `All ${formatCount(data.groups)} ${nouns[1]}` : "Total",
            unpricedCalls: data?.total.current.unpricedCalls,
          }}
          paging={{ of: data?.groups ?? 0, nouns, onMore: more, isLoading: query.isFetching }}
          isStale={query.isPlaceholderData}
          empty={
            <EmptyState icon={SearchX} title={`No ${nouns[1]} here`}>
              No call of this range matches the filters. Choose a longer range, or take a filter away.
            </EmptyState>
          }
        />
      )}
      <p className="border-t px-4 py-2.5 text-xs text-ink-muted sm:px-5">
        Savings are an estimate: cached tokens times the difference to your rate for fresh input, each at the
        rates of its day. The service tier, region and length of single calls are not known here, so standard
        rates for short inputs are taken. Answers from a cache of your own are calls without cost, and no
        saving.
      </p>
    </Card>
  );
}
