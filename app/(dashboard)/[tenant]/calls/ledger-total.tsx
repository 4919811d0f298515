"use client";

import { skipToken, useQuery } from "@tanstack/react-query";
import { Money } from "@/app/_components/money";
import { formatCount } from "@/app/_format/quantities";
import { useTRPC } from "@/app/_trpc/client";
import { useScope } from "../_scope/use-scope";
import { totalQuestion } from "./search-params";

/** What the calls of the chosen days come to, the list being only their first page. */
export function LedgerTotal() {
  const { scope } = useScope();
  const trpc = useTRPC();
  const { data } = useQuery(trpc.reports.spend.queryOptions(totalQuestion(scope) ?? skipToken));
  if (!data) return null;
  const { calls, inputTokens, outputTokens, costUsd, unpricedCalls } = data.total;
  return (
    <section
      aria-label="Total of these days"
      className="figures mb-3 flex flex-wrap gap-x-4 text-sm text-ink-muted"
    >
      <Money usd={costUsd} className="font-semibold text-ink" />
      <span>{formatCount(calls)} calls</span>
      <span>{formatCount(inputTokens)} tokens in</span>
      <span>{formatCount(outputTokens)} tokens out</span>
      {unpricedCalls > 0 && <span>+ {formatCount(unpricedCalls)} calls unpriced</span>}
    </section>
  );
}
