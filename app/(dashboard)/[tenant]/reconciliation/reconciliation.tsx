"use client";

import { useQuery } from "@tanstack/react-query";
import { useQueryState } from "nuqs";
import { Failure } from "@/app/_components/failure";
import { Card } from "@/app/_components/ui/card";
import { useTRPC } from "@/app/_trpc/client";
import { PageHeader } from "../_components/page-header";
import { useTenant } from "../_components/tenant-context";
import { CsvButton } from "../_export/csv-button";
import { AccountsCard } from "./accounts-card";
import { ChainLoading } from "./chain-loading";
import { CustomerChain, ProviderChain } from "./chains";
import { DifferencesCard } from "./differences-card";
import { MonthPicker } from "./month-picker";
import { lastMonth, monthOf, monthParam } from "./search-params";
import { Verdict } from "./verdict";
import { differencesOf } from "./words";

/** A month's figures from the calls to the invoices, and against the providers' bills. */
export function Reconciliation({ now }: { now: string }) {
  const { timeZone } = useTenant();
  const trpc = useTRPC();
  const [asked, setAsked] = useQueryState("month", monthParam.withOptions({ history: "push" }));
  const month = monthOf(asked, new Date(now), timeZone);
  const isDefault = (other: string) => other === lastMonth(new Date(now), timeZone);
  const customers = useQuery(trpc.reconciliation.customers.queryOptions({ month }));
  const providers = useQuery(trpc.reconciliation.providers.queryOptions({ month }));
  const hasFailed = customers.isError || providers.isError;
  const links = customers.data && providers.data ? [...customers.data.links, ...providers.data.links] : null;
  return (
    <>
      <PageHeader
        title="Reconciliation"
        hint="One month, one figure: what the calls cost, what was frozen, billed and invoiced, and what the providers bill. Green, or the exact difference with its cause and who looks into it."
      >
        <span className="flex flex-wrap items-center gap-2 print:hidden">
          <MonthPicker month={month} onMonth={(next) => void setAsked(isDefault(next) ? null : next)} />
          <CsvButton table="reconciliation" input={{ month }} of="the reconciliation" />
        </span>
      </PageHeader>
      <div className="space-y-5">
        {!hasFailed && <Verdict month={month} links={links} />}
        {customers.isError ? (
          <Card>
            <Failure error={customers.error} onRetry={() => void customers.refetch()} />
          </Card>
        ) : customers.data ? (
          <CustomerChain side={customers.data} />
        ) : (
          <ChainLoading title="From the calls to the invoices" />
        )}
        {providers.isError ? (
          <Card>
            <Failure error={providers.error} onRetry={() => void providers.refetch()} />
          </Card>
        ) : providers.data ? (
          <ProviderChain side={providers.data} />
        ) : (
          <ChainLoading title="Against the providers' bills" steps={2} />
        )}
        {!hasFailed && (
          <DifferencesCard
            month={month}
            rows={links === null ? undefined : differencesOf(links)}
            gone={[...(customers.data?.gone ?? []), ...(providers.data?.gone ?? [])]}
          />
        )}
        <AccountsCard key={month} month={month} />
      </div>
    </>
  );
}
