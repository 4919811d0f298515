"use client";

import { useQuery } from "@tanstack/react-query";
import { Timer } from "lucide-react";
import { ChartCard } from "@/app/_components/charts/chart-card";
import { prepareScatter } from "@/app/_components/charts/prepare-scatter";
import { ScatterChart } from "@/app/_components/charts/scatter-chart";
import { ScatterTable } from "@/app/_components/charts/scatter-table";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { plural } from "@/app/_format/quantities";
import { useTRPC } from "@/app/_trpc/client";
import { groupWords } from "../_reports/groups";
import { live } from "../_reports/live";
import { useScope } from "../_scope/use-scope";
import { costPerCallOf, meanLatencyOf } from "./measures";
import { dearestQuestion } from "./questions";
import { useGroupHref } from "./use-group-href";

/** Cost per call against latency: what is slow and dear stands at the top right. */
export function LatencyCard({ groupBy }: { groupBy: "model" | "provider" }) {
  const { scope } = useScope();
  const query = useQuery(useTRPC().reports.breakdown.queryOptions(dearestQuestion(scope, groupBy), live));
  const hrefOf = useGroupHref(groupBy);
  const { noun, nouns, without } = groupWords[groupBy];
  const { data } = query;
  // Without any price there is no size to draw either, and none to put into the table.
  const priced = data?.rows.filter(({ current }) => costPerCallOf(current) !== null);
  const scatter =
    priced &&
    prepareScatter({
      rows: priced.map(({ key, current }) => ({
        key,
        x: meanLatencyOf(current),
        y: costPerCallOf(current),
        size: current.costUsd,
        calls: current.calls,
      })),
      x: { kind: "ms", label: "Mean latency" },
      y: { kind: "unitUsd", label: "Cost per call" },
      size: { kind: "usd", label: "Cost" },
      without,
    });
  const lacks = [
    { of: "a price", count: scatter ? (data?.rows.length ?? 0) - priced.length : 0 },
    { of: "a latency or a cost", count: scatter?.leftOut.length ?? 0 },
  ].filter(({ count }) => count > 0);
  return (
    <ChartCard
      title="Latency and cost per call"
      hint="Large bubbles are what you spend most on; at the top right stands what is slow and dear."
      chart={
        scatter === undefined ? undefined : scatter && <ScatterChart scatter={scatter} hrefOf={hrefOf} />
      }
      table={scatter && <ScatterTable scatter={scatter} noun={noun} without={without} />}
      empty={
        scatter === null ? (
          <EmptyState icon={Timer} title="Nothing to set against each other" className="py-8">
            No call of this range has a price and told how long it took. Send{" "}
            <code className="font-mono">latencyMs</code> with each call, and {nouns[1]} find their place here.
          </EmptyState>
        ) : undefined
      }
      note={
        lacks.length > 0
          ? `Not drawn: ${lacks.map(({ of, count }) => `${plural(count, nouns[0], nouns[1])} for want of ${of}`).join(", ")}.`
          : undefined
      }
      failure={query.isError ? { error: query.error, onRetry: () => void query.refetch() } : null}
      isStale={query.isPlaceholderData}
    />
  );
}
