"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { parseAsString, useQueryState, useQueryStates } from "nuqs";
import { useEffect, useRef } from "react";
import { useTRPC } from "@/app/_trpc/client";
import { stripeParams } from "./search-params";
import { type Shown, underWay } from "./words";

const busyMs = 3_000;
const quietMs = 60_000;

/** While something is on its way, the screen looks again and again. */
const pace = (shown: Shown | null | undefined) =>
  shown && (underWay(shown) > 0 || shown.connection.comparedAt === null) ? busyMs : quietMs;

export function useShown() {
  const { show } = useTRPC().billing;
  return useQuery(show.queryOptions(undefined, { refetchInterval: ({ state }) => pace(state.data) }));
}

/** Lists and sums are read anew when the connection says that something has moved, and only then. */
export function useFollow(shown: Shown | null | undefined): void {
  const { billing } = useTRPC();
  const queries = useQueryClient();
  const mark = shown && JSON.stringify([shown.connection.comparedAt, shown.states]);
  const last = useRef(mark);
  useEffect(() => {
    if (last.current === mark) return;
    last.current = mark;
    for (const list of [billing.windows, billing.sums, billing.differences, billing.window])
      void queries.invalidateQueries(list.pathFilter());
  }, [mark, billing, queries]);
}

export const useStripeParams = () => useQueryStates(stripeParams);

/** The hour whose story is open. */
export const useOpenWindow = () => useQueryState("window", parseAsString.withOptions({ history: "push" }));
