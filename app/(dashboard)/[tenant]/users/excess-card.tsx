"use client";

import { useQuery } from "@tanstack/react-query";
import { Gauge } from "lucide-react";
import { Money } from "@/app/_components/money";
import type { Column } from "@/app/_components/tables/column";
import { CostCell } from "@/app/_components/tables/cost-cell";
import { ReportTable } from "@/app/_components/tables/report-table";
import { Card, CardHeader } from "@/app/_components/ui/card";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { formatTotal } from "@/app/_format/money";
import { formatCount, formatMultiple, formatShare, plural } from "@/app/_format/quantities";
import { useTRPC } from "@/app/_trpc/client";
import type { BreakdownRow } from "@/server/analytics/schemas";
import { useTenant } from "../_components/tenant-context";
import { groupWords } from "../_reports/groups";
import { live } from "../_reports/live";
import { callsHref } from "../calls/search-params";
import { withOnly } from "../_scope/filters";
import { useScope } from "../_scope/use-scope";
import { type Excess, excessOf, fewestPeople } from "./excess";
import { dearestQuestion } from "./questions";
import type { useSpread } from "./use-people";

const shown = 8;
const limitWords = ({ times, of }: Excess<unknown>["limit"]) =>
  of === "median" ? `${String(times)} times the median` : `${times === 2 ? "twice" : `${String(times)} times`} the 99th percentile`; // prettier-ignore

type Person = Excess<BreakdownRow>["people"][number];

function Conclusion({ excess, nouns }: { excess: Excess<BreakdownRow>; nouns: readonly [string, string] }) {
  const { people, isCutOff, costUsd, costShare, beyondUsd, limitUsd, limit } = excess;
  return (
    <>
      <strong className="font-semibold text-ink">
        {isCutOff && "At least "}
        {plural(people.length, ...nouns)}
      </strong>{" "}
      cost more than {formatTotal(limitUsd)}, {limitWords(limit)}
      {people.length > 1 && ", each"}: <Money usd={costUsd} />
      {people.length > 1 && " together"}
      {costShare !== null && <>, {formatShare(costShare)} of what all cost</>}. Held at that, they would have
      cost <Money usd={beyondUsd} className="font-semibold text-ink" /> less.
    </>
  );
}

const columns: readonly Column<Person>[] = [
  {
    key: "cost",
    header: "Cost",
    folded: { line: 1 },
    cell: ({ current }) => <CostCell {...current} />,
  },
  {
    key: "times",
    header: "× median",
    about: "How many times what the one in the middle costs",
    folded: { line: 2, after: "the median" },
    cell: ({ timesMedian }) => (timesMedian === null ? "–" : formatMultiple(timesMedian)),
  },
  {
    key: "calls",
    header: "Calls",
    folded: { line: 2, after: "calls" },
    cell: ({ current }) => <span className="text-ink-muted">{formatCount(current.calls)}</span>,
  },
];

/** Who costs out of all proportion: whom to talk to, or to throttle. */
export function ExcessCard({ by, query: spread }: ReturnType<typeof useSpread>) {
  const { slug } = useTenant();
  const { scope, params } = useScope();
  const dearest = useQuery(useTRPC().reports.breakdown.queryOptions(dearestQuestion(scope, by), live));
  const { noun, nouns } = groupWords[by];
  // A failure is told by the distribution beside this, and by the table beneath.
  if (spread.isError || dearest.isError) return null;
  const isThere = spread.data !== undefined && dearest.data !== undefined;
  const excess = isThere ? excessOf(dearest.data.rows, dearest.data.groups, spread.data) : undefined;
  const more = (excess?.people.length ?? 0) - shown;
  return (
    <Card>
      <CardHeader
        title="Worth a limit"
        hint={
          excess && excess.people.length > 0 ? (
            <>
              <Conclusion excess={excess} nouns={nouns} />
              {more > 0 && ` The dearest ${String(shown)} of them:`}
            </>
          ) : undefined
        }
      />
      <ReportTable<Person>
        caption={`${nouns[1]} that cost out of all proportion, the dearest first`}
        rows={isThere ? (excess?.people.slice(0, shown) ?? []) : undefined}
        keyOf={({ key }) => key}
        name={{
          header: noun,
          of: ({ key }) => ({
            text: key,
            href: callsHref(slug, { ...params, parts: withOnly(scope.parts, by, key), order: "dearest" }),
          }),
        }}
        columns={columns}
        isStale={spread.isPlaceholderData || dearest.isPlaceholderData}
        skeletonRows={5}
        empty={
          <EmptyState
            icon={Gauge}
            title={excess ? "Nobody is out of proportion" : "Too few to compare"}
            className="py-8"
          >
            {excess
              ? `None costs more than ${formatTotal(excess.limitUsd)}, ${limitWords(excess.limit)}.`
              : `With ${String(fewestPeople)} ${nouns[1]} or more whose cost is known, those that cost more than ten times the median are named here.`}
          </EmptyState>
        }
      />
    </Card>
  );
}
