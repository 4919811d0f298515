"use client";

import { useQuery } from "@tanstack/react-query";
import { plural } from "@/app/_format/quantities";
import { formatAgo, formatTime } from "@/app/_format/dates";
import { useTRPC } from "@/app/_trpc/client";
import { useTenant } from "../_components/tenant-context";
import { lookedAt } from "./looked-at";

/** What is watched, when it was looked at, and when next: an empty list must not look like one that nobody fills. */
export function Watched({ now }: { now: Date }) {
  const { timeZone } = useTenant();
  const rules = useQuery(useTRPC().alerts.rules.queryOptions());
  if (!rules.data) return null;
  const watching = rules.data.rules.filter(({ enabled }) => enabled);
  const { last, next } = lookedAt(rules.data.rules, now);
  return (
    <>
      {plural(watching.length, "rule")} {watching.length === 1 ? "watches" : "watch"} features, users, models,
      budgets and sources: spikes and budgets each minute, hours and days once their figures are final.{" "}
      {last === null
        ? "Nothing was looked at yet: the first look comes with the first roll-up."
        : `Last looked at ${formatAgo(last, now, timeZone)}; next with the next calls, at ${formatTime(next, timeZone)} at the latest.`}
    </>
  );
}
