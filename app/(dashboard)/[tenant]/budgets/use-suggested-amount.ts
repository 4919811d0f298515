"use client";

import { skipToken, useQuery } from "@tanstack/react-query";
import { compareUsd } from "@/app/_format/money";
import { useTRPC } from "@/app/_trpc/client";
import { lastWholeMonth, thisMonth } from "@/server/calendar/month";
import { useSettled } from "../_scope/use-settled";
import type { DraftBudget } from "./draft-budget";

/** First days of last month and of this one. */
export function lastMonth(now: Date, timeZone: string): { from: string; to: string } {
  return { from: lastWholeMonth(now, timeZone), to: thisMonth(now, timeZone) };
}

/** What the drafted subject cost last month, USD as a decimal string; null: nothing, or nobody is named. */
export function useSuggestedAmount({ kind, key }: DraftBudget, now: Date, timeZone: string): string | null {
  const name = useSettled(key.trim());
  const isNamed = kind === "tenant" || name !== "";
  const spent = useQuery(
    useTRPC().reports.spend.queryOptions(
      isNamed
        ? { ...lastMonth(now, timeZone), ...(kind !== "tenant" && { filter: { [kind]: [name] } }) }
        : skipToken,
    ),
  );
  const usd = spent.data?.total.costUsd;
  return usd === undefined || compareUsd(usd, "0") === 0 ? null : usd;
}
