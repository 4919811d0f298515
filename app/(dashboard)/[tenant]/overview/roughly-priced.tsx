"use client";

import { useQuery } from "@tanstack/react-query";
import { Callout } from "@/app/_components/ui/callout";
import { plural } from "@/app/_format/quantities";
import { useTRPC } from "@/app/_trpc/client";
import { live } from "../_reports/live";
import { useScope } from "../_scope/use-scope";
import { unpricedQuestion } from "../models/questions";

/** Which calls of the range the amounts include only in part or by estimate. Nothing where there are none. */
export function RoughlyPriced() {
  const { scope } = useScope();
  const { data } = useQuery(useTRPC().reports.breakdown.queryOptions(unpricedQuestion(scope), live));
  const { partialCalls = 0, estimatedCalls = 0 } = data?.total.current ?? {};
  if (partialCalls === 0 && estimatedCalls === 0) return null;
  return (
    <Callout>
      {partialCalls > 0 && <>{plural(partialCalls, "call")} of this range only partly priced. </>}
      {estimatedCalls > 0 && (
        <>{plural(estimatedCalls, "call")} priced by estimate (no rate of their own in the book).</>
      )}
    </Callout>
  );
}
