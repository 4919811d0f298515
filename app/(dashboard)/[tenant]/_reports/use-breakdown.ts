"use client";

import { useQuery } from "@tanstack/react-query";
import { useQueryState } from "nuqs";
import { useState } from "react";
import { useTRPC } from "@/app/_trpc/client";
import type { Grouping } from "@/server/analytics/schemas";
import { useScope } from "../_scope/use-scope";
import { live } from "./live";
import { breakdownQuestion, orderParams, pageRows } from "./order";

/** A table's groups for the scope of its screen, in the order that the address says. */
export function useBreakdown(groupBy: Grouping) {
  const trpc = useTRPC();
  const { scope } = useScope();
  const [order, setOrder] = useQueryState("order", orderParams.order);
  const [limit, setLimit] = useState(pageRows);
  const question = breakdownQuestion(scope, groupBy, order, limit);
  const query = useQuery(trpc.reports.breakdown.queryOptions(question, live));
  return {
    query,
    question,
    sort: { order, onSort: (next: typeof order) => void setOrder(next) },
    more: () => setLimit((rows) => Math.min(10_000, rows + 4 * pageRows)),
  };
}
