"use client";

import { useQuery } from "@tanstack/react-query";
import { Failure } from "@/app/_components/failure";
import { Skeleton, SkeletonRows } from "@/app/_components/ui/skeleton";
import { useTRPC } from "@/app/_trpc/client";
import type { Figure } from "@/server/analytics/explain/explain-schemas";
import type { ReportScope } from "@/server/analytics/schemas";
import { useTenant } from "../_components/tenant-context";
import { callsBehind, type ExplainedGroup } from "./calls-link";
import { CallsBehind } from "./calls-behind";
import { PricesInForce } from "./prices-in-force";
import { SameByApi } from "./same-by-api";
import { ValueAndFormula } from "./value-and-formula";

interface ExplanationProps {
  figure: Figure;
  scope: ReportScope;
  group?: ExplainedGroup;
}

/** Where a figure comes from, from what is asked first to what only an auditor wants. */
export function Explanation({ figure, scope, group }: ExplanationProps) {
  const { slug } = useTenant();
  const trpc = useTRPC();
  const answer = useQuery(trpc.reports.explain.queryOptions({ figure, scope, ...(group && { group }) }));
  if (answer.isError) return <Failure error={answer.error} onRetry={() => void answer.refetch()} />;
  if (!answer.data) {
    return (
      <div>
        <Skeleton className="h-9 w-40" />
        <Skeleton className="mt-3 h-4 w-full" />
        <SkeletonRows rows={8} className="px-0 sm:px-0" />
      </div>
    );
  }
  return (
    <div className="space-y-5 pb-2">
      <ValueAndFormula explained={answer.data} scope={scope} />
      <CallsBehind explained={answer.data} href={callsBehind(slug, figure, scope, group)} />
      <PricesInForce explained={answer.data} />
      <SameByApi api={answer.data.api} />
    </div>
  );
}
