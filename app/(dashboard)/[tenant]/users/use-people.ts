"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/app/_trpc/client";
import { live } from "../_reports/live";
import { useScope } from "../_scope/use-scope";
import { peopleOf } from "./offers";
import { spreadQuestion } from "./questions";

/** Users or accounts, whichever the screen is about, and how the cost is spread over them. */
export function useSpread() {
  const { scope } = useScope();
  const by = peopleOf(scope);
  return { by, query: useQuery(useTRPC().reports.userSpread.queryOptions(spreadQuestion(scope, by), live)) };
}
