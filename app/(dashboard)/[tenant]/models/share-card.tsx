"use client";

import { useQuery } from "@tanstack/react-query";
import { SearchX } from "lucide-react";
import { ChartCard } from "@/app/_components/charts/chart-card";
import { prepareShareBars } from "@/app/_components/charts/prepare-share-bars";
import { ShareBars, shareBarsLegend } from "@/app/_components/charts/share-bars";
import { Money } from "@/app/_components/money";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { subtractUsd } from "@/app/_format/money";
import { formatMultiple, formatShare, plural } from "@/app/_format/quantities";
import { useTRPC } from "@/app/_trpc/client";
import { groupWords } from "../_reports/groups";
import { live } from "../_reports/live";
import { useScope } from "../_scope/use-scope";
import { heaviest, type HeaviestGroup } from "./conclude";
import { costOf } from "./measures";
import { dearestQuestion } from "./questions";
import { useGroupHref } from "./use-group-href";

const shown = 7;

function Heaviest({
  found: { key, costShare, callShare, weight },
  without,
}: {
  found: HeaviestGroup;
  without: string;
}) {
  return (
    <>
      <strong className="font-semibold text-ink">{key ?? without}</strong> is {formatShare(costShare)} of the
      cost for {formatShare(callShare)} of the calls: {formatMultiple(weight)} its share.
    </>
  );
}

/** Share of cost against share of calls: which model is dear for what it does. */
export function ShareCard({ groupBy }: { groupBy: "model" | "provider" }) {
  const { scope } = useScope();
  const query = useQuery(useTRPC().reports.breakdown.queryOptions(dearestQuestion(scope, groupBy), live));
  const hrefOf = useGroupHref(groupBy);
  const { noun, nouns, without } = groupWords[groupBy];
  const { data } = query;
  const rows = data && prepareShareBars(data.rows.map(({ current, ...row }) => ({ ...current, ...row })));
  const found = data && heaviest(data.rows);
  const others = data ? data.groups - Math.min(shown, data.rows.length) : 0;
  return (
    <ChartCard
      title="Share of cost, share of calls"
      hint={found ? <Heaviest found={found} without={without} /> : undefined}
      legend={rows && rows.length > 0 ? shareBarsLegend : []}
      chart={rows && <ShareBars rows={rows.slice(0, shown)} noun={noun} without={without} hrefOf={hrefOf} />}
      empty={
        rows?.length === 0 ? (
          <EmptyState icon={SearchX} title={`No ${nouns[1]} here`} className="py-8">
            No call of this range matches the filters. Choose a longer range, or take a filter away.
          </EmptyState>
        ) : undefined
      }
      note={
        data && others > 0 ? (
          <>
            {plural(others, `other ${nouns[0]}`, `other ${nouns[1]}`)}:{" "}
            <Money
              usd={subtractUsd(
                data.total.current.costUsd,
                costOf(data.rows.slice(0, shown).map(({ current }) => current)),
              )}
            />
            , in the table below.
          </>
        ) : undefined
      }
      failure={query.isError ? { error: query.error, onRetry: () => void query.refetch() } : null}
      isStale={query.isPlaceholderData}
    />
  );
}
