"use client";

import { useQuery } from "@tanstack/react-query";
import { parseAsString, useQueryState, useQueryStates } from "nuqs";
import { useTRPC } from "@/app/_trpc/client";
import { stripeParams } from "./search-params";
import { type Shown, underWay } from "./words";

const busyMs = 3_000;
const quietMs = 60_000;

/** While something is on its way, the screen looks again and again. */
export const pace = (shown: Shown | null | undefined) =>
  shown && (underWay(shown) > 0 || shown.connection.comparedAt === null) ? busyMs : quietMs;

export function useShown() {
  const { show } = useTRPC().billing;
  return useQuery(show.queryOptions(undefined, { refetchInterval: ({ state }) => pace(state.data) }));
}

export const useStripeParams = () => useQueryStates(stripeParams);

/** The hour whose story is open. */
export const useOpenWindow = () => useQueryState("window", parseAsString.withOptions({ history: "push" }));
