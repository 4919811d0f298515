"use client";

import { useQuery } from "@tanstack/react-query";
import { Failure } from "@/app/_components/failure";
import { Money } from "@/app/_components/money";
import { Card, CardHeader } from "@/app/_components/ui/card";
import { cn } from "@/app/_components/ui/class-names";
import { Link } from "@/app/_components/ui/link";
import { SkeletonRows } from "@/app/_components/ui/skeleton";
import { formatMonth } from "@/app/_format/dates";
import { formatShare, plural } from "@/app/_format/quantities";
import { useTRPC } from "@/app/_trpc/client";
import { useTenant } from "../_components/tenant-context";
import { type ChosenBill, trendMonths } from "./choose-bill";
import { billHref } from "./words";

const cell = "py-1.5";

/** How much of each month nobody can explain. */
export function TrendCard({ bill, months }: { bill: ChosenBill; months: readonly string[] }) {
  const { slug } = useTenant();
  const asked = { provider: bill.provider, months: trendMonths(months) };
  const trend = useQuery(useTRPC().bills.trend.queryOptions(asked));
  const shares = trend.data?.months.map(({ figures }) => Number(figures?.unexplainedShare ?? 0)) ?? [];
  const most = Math.max(...shares, 0.005);
  return (
    <Card>
      <CardHeader title="Unexplained, month by month" hint="Of what was billed, over and under added up." />
      {trend.isError ? (
        <Failure error={trend.error} onRetry={() => void trend.refetch()} />
      ) : trend.data === undefined ? (
        <SkeletonRows rows={3} />
      ) : (
        <table className="figures w-full text-sm">
          <caption className="sr-only">Unexplained share of the bill by month</caption>
          <thead className="sr-only">
            <tr>
              <th scope="col">Month</th>
              <th scope="col">Share</th>
              <th scope="col">USD</th>
            </tr>
          </thead>
          <tbody className="divide-y border-t">
            {trend.data.months.map(({ month, figures, unreadDays }) => {
              const share = figures?.unexplainedShare ?? null;
              return (
                <tr key={month}>
                  <th scope="row" className={cn(cell, "w-28 pl-4 text-left font-normal sm:pl-5")}>
                    <Link href={billHref(slug, { ...bill, month })} className={cn("hover:underline", month === bill.month && "font-medium")}>
                      {formatMonth(month)}
                    </Link>
                    {unreadDays > 0 && <span className="block text-2xs text-ink-muted">{plural(unreadDays, "day")} not read</span>}
                  </th>
                  <td className={cell}>
                    <span className="flex items-center gap-2">
                      <span aria-hidden className="h-2.5 flex-1">
                        {share !== null && Number(share) > 0 && (
                          <span className="block h-full min-w-0.5 rounded-[3px] bg-warn" style={{ width: `${String((Number(share) / most) * 100)}%` }} />
                        )}
                      </span>
                      <span className="w-12 text-right text-xs">{share === null ? "–" : formatShare(Number(share))}</span>
                    </span>
                  </td>
                  <td className={cn(cell, "w-24 pr-4 text-right sm:pr-5")}>{figures ? <Money usd={figures.unexplainedUsd} /> : "–"}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
    </Card>
  );
} // prettier-ignore
