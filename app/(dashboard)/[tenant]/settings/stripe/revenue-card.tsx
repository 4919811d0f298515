"use client";

import { useQuery } from "@tanstack/react-query";
import { Repeat } from "lucide-react";
import { Failure } from "@/app/_components/failure";
import { Money } from "@/app/_components/money";
import { Button } from "@/app/_components/ui/button";
import { Callout } from "@/app/_components/ui/callout";
import { Card, CardHeader } from "@/app/_components/ui/card";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { SkeletonRows } from "@/app/_components/ui/skeleton";
import { formatAgo } from "@/app/_format/dates";
import { plural } from "@/app/_format/quantities";
import { type Outputs, useTRPC } from "@/app/_trpc/client";
import { useRight, useTenant } from "../../_components/tenant-context";
import { useBillingSettings } from "./use-billing-settings";

type Revenue = NonNullable<Outputs["billing"]["revenue"]>;

/** Accounts that are listed; what could not be counted always is. */
const shownAccounts = 20;

function Accounts({ accounts }: Pick<Revenue, "accounts">) {
  const unsure = accounts.filter(({ mrrUsd, notes }) => mrrUsd === null || notes.length > 0);
  const sure = accounts.filter((one) => !unsure.includes(one));
  const rows = [...unsure, ...sure].slice(0, Math.max(shownAccounts, unsure.length));
  return (
    <ul className="divide-y border-t">
      {rows.map(({ accountId, customerName, mrrUsd, subscriptions, trialing, notes }) => (
        <li
          key={accountId}
          className="flex flex-wrap items-baseline gap-x-4 gap-y-1 px-4 py-2.5 text-sm sm:px-5"
        >
          <p className="min-w-0 flex-1 basis-56 wrap-anywhere">
            <span className="font-medium">{accountId}</span>{" "}
            <span className="text-xs text-ink-muted">
              {customerName} · {plural(subscriptions, "subscription")}
              {trialing > 0 && `, ${String(trialing)} on trial`}
            </span>
            {notes.map((note) => (
              <span key={note} className="block text-xs text-warn">
                {note}
              </span>
            ))}
          </p>
          {mrrUsd === null ? <span className="text-warn">not known</span> : <Money usd={mrrUsd} />}
        </li>
      ))}
      {rows.length < accounts.length && (
        <li className="px-4 py-2.5 text-xs text-ink-muted sm:px-5">
          and {plural(accounts.length - rows.length, "more account")}, all of them counted in full
        </li>
      )}
    </ul>
  );
}

/** What accounts pay a month by their subscriptions, when that was read, and what could not be counted. */
export function RevenueCard({ now }: { now: Date }) {
  const { timeZone } = useTenant();
  const mayWrite = useRight("billing:write");
  const revenue = useQuery(useTRPC().billing.revenue.queryOptions());
  const { readRevenue } = useBillingSettings();
  const { data } = revenue;
  const unknown = data?.accounts.filter(({ mrrUsd }) => mrrUsd === null).length ?? 0;
  return (
    <Card>
      <CardHeader
        title="Recurring revenue"
        hint="Read once a day from subscriptions of mapped customers; margins and throttle lists use it."
      >
        {mayWrite && (
          <Button size="sm" disabled={readRevenue.isPending} onClick={() => readRevenue.mutate()}>
            {readRevenue.isPending ? "Asking Stripe …" : "Read now"}
          </Button>
        )}
      </CardHeader>
      {revenue.isError ? (
        <Failure error={revenue.error} onRetry={() => void revenue.refetch()} />
      ) : data === undefined ? (
        <SkeletonRows rows={2} />
      ) : data === null ? null : (
        <>
          <div className="space-y-2 px-4 pb-3 sm:px-5">
            {data.failure !== null && <Callout tone="bad">{data.failure}</Callout>}
            {!data.counts && data.readAt !== null && (
              <Callout>
                This is {data.mode} mode: it is shown here alone. Only what live subscriptions pay counts as revenue.
              </Callout>
            )}
            {data.readAt !== null && (
              <p className="text-sm">
                <Money usd={data.totalUsd} className="text-base font-semibold" /> a month from{" "}
                {plural(data.accounts.length, "account")}, read {formatAgo(data.readAt, now, timeZone)}
                {unknown > 0 && <span className="text-warn"> + {plural(unknown, "account")} not known</span>}
                {data.unmapped !== null && data.unmapped.customers > 0 && (
                  <span className="block text-xs text-ink-muted">
                    {plural(data.unmapped.customers, "customer")} with subscriptions whom no account is mapped to
                    {data.unmapped.mrrUsd !== null && (
                      <>
                        {" pay "}
                        <Money usd={data.unmapped.mrrUsd} /> a month
                      </>
                    )}
                    ; in no figure here.
                  </span>
                )}
              </p>
            )}
          </div>
          {data.readAt === null ? (
            <EmptyState icon={Repeat} title="Nothing was read yet" className="py-8">
              Once accounts are mapped, what their customers subscribe to is read with the next daily run.
            </EmptyState>
          ) : data.accounts.length === 0 ? (
            <EmptyState icon={Repeat} title="No mapped customer has a subscription" className="py-8">
              Margins go on with the revenue that your app tells.
            </EmptyState>
          ) : (
            <Accounts accounts={data.accounts} />
          )}
        </>
      )}
    </Card>
  );
} // prettier-ignore
