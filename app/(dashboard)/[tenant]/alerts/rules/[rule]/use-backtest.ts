"use client";

import { skipToken, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "@/app/_trpc/client";
import { type ParamValues, mostBacktestDays } from "@/server/alerts/schemas";
import { addDays, localDay } from "@/server/calendar/local-day";
import type { IncidentSubject, RuleId } from "@/server/incidents/schemas";
import { useTenant } from "../../../_components/tenant-context";
import { filterOf } from "../../[incidentId]/around";
import { areSame } from "./draft-rule";

interface Asked {
  rule: RuleId;
  subject: IncidentSubject | null;
  /** As saved, all of them. */
  saved: ParamValues;
  /** The draft's; null: it cannot be tried as it is. */
  params: ParamValues | null;
  now: Date;
}

// Ninety days are judged hour by hour: what was found stays until somebody asks again.
const kept = { staleTime: 10 * 60_000, refetchOnWindowFocus: false } as const;

/** What a rule would have told in the last days, as it is saved and as it is drafted, once somebody asks. */
export function useBacktest({ rule, subject, saved: savedParams, params, now }: Asked) {
  const { timeZone } = useTenant();
  const trpc = useTRPC();
  const [tried, setTried] = useState<ParamValues | null>(null);
  const target = { rule, subject };
  const saved = useQuery(
    trpc.alerts.backtest.queryOptions(tried ? { ...target, params: { ...savedParams } } : skipToken, kept),
  );
  const draft = useQuery(trpc.alerts.backtest.queryOptions(tried ? { ...target, params: { ...tried } } : skipToken, kept)); // prettier-ignore
  const today = localDay(now, timeZone);
  const filter = subject ? filterOf({ rule, subject }) : {};
  const spent = useQuery(
    trpc.reports.trend.queryOptions(
      tried && filter
        ? { from: addDays(today, -mostBacktestDays), to: addDays(today, 1), granularity: "day", filter }
        : skipToken,
    ),
  );
  const queries = [saved, draft, spent];
  const failed = queries.find(({ isError }) => isError);
  return {
    ask: params === null ? null : () => setTried(params),
    isAsked: tried !== null,
    isLoading: tried !== null && queries.some(({ isFetching }) => isFetching),
    /** Whether it is of the draft as it stands in the form. */
    isOfThese: tried !== null && params !== null && areSame(tried, params),
    failure: failed?.error ? { error: failed.error, onRetry: () => void failed.refetch() } : null,
    saved: saved.data,
    draft: draft.data,
    spent: spent.data,
  };
}
