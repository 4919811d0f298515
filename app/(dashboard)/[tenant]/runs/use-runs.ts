"use client";

import { useQuery } from "@tanstack/react-query";
import { useQueryState } from "nuqs";
import { useState } from "react";
import { useTRPC } from "@/app/_trpc/client";
import { live } from "../_reports/live";
import { pageRows } from "../_reports/order";
import { useScope } from "../_scope/use-scope";
import { runsParams, runsQuestion } from "./search-params";

/** Runs of the scope, in the order that the address says. */
export function useRuns() {
  const trpc = useTRPC();
  const { scope } = useScope();
  const [order, setOrder] = useQueryState("order", runsParams.order);
  const [limit, setLimit] = useState(pageRows);
  const question = runsQuestion(scope, order, limit);
  const query = useQuery(trpc.reports.runs.queryOptions(question, live));
  return {
    query,
    question,
    sort: { order, onSort: (next: typeof order) => void setOrder(next) },
    more: () => setLimit((rows) => Math.min(10_000, rows + 4 * pageRows)),
  };
}
