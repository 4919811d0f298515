"use client";

import { useQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { ReceiptText } from "lucide-react";
import { Failure } from "@/app/_components/failure";
import { Card } from "@/app/_components/ui/card";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { Select } from "@/app/_components/ui/field";
import { SkeletonRows } from "@/app/_components/ui/skeleton";
import { formatMonth } from "@/app/_format/dates";
import { useTRPC } from "@/app/_trpc/client";
import { CsvButton } from "../_export/csv-button";
import { PageHeader } from "../_components/page-header";
import { useRight } from "../_components/tenant-context";
import { BillConnections } from "./bill-connections";
import { BillFiles } from "./bill-files";
import { BillOfMonth } from "./bill-of-month";
import { chooseBill } from "./choose-bill";
import { billParams } from "./search-params";
import { providerName } from "./words";

/** What providers bill, held against the ledger. */
export function Bills({ now }: { now: string }) {
  const [asked, ask] = useQueryStates(billParams);
  const billed = useQuery(useTRPC().bills.providers.queryOptions());
  const maySeeConnections = useRight("sources:read");
  const providers = billed.data?.providers ?? [];
  const bill = chooseBill(providers, asked, now.slice(0, 7));
  const months = providers.find(({ provider }) => provider === bill?.provider)?.months ?? [];
  return (
    <>
      <PageHeader
        title="Provider bills"
        hint="What each provider bills, against what the ledger says, day by day. Every difference gets its cause; what has none is unexplained."
      >
        {bill && (
          <div className="flex w-full flex-wrap items-center gap-2 sm:w-auto">
            <Select
              aria-label="Provider"
              className="w-auto"
              value={bill.provider}
              onChange={({ target }) => void ask({ provider: target.value, month: null, day: null })}
            >
              {providers.map(({ provider }) => (
                <option key={provider} value={provider}>
                  {providerName(provider)}
                </option>
              ))}
            </Select>
            <Select
              aria-label="Month"
              className="w-auto"
              value={bill.month}
              onChange={({ target }) => void ask({ provider: bill.provider, month: target.value, day: null })}
            >
              {months.map((month) => (
                <option key={month} value={month}>
                  {formatMonth(month)}
                </option>
              ))}
            </Select>
            <CsvButton table="billMatch" input={bill} of="the comparison" />
          </div>
        )}
      </PageHeader>
      <div className="space-y-4">
        {billed.isError ? (
          <Card>
            <Failure error={billed.error} onRetry={() => void billed.refetch()} />
          </Card>
        ) : billed.data === undefined ? (
          <Card>
            <SkeletonRows rows={8} />
          </Card>
        ) : bill === null ? (
          <Card>
            <EmptyState icon={ReceiptText} title="No bill yet">
              Connect OpenAI or Anthropic with an admin key, and their cost reports are read twice a day. Or
              bring a bill as a file: a cost export of either, or a FOCUS file of AWS or Google.
            </EmptyState>
          </Card>
        ) : (
          <BillOfMonth key={`${bill.provider} ${bill.month}`} bill={bill} months={months} day={asked.day} now={now} />
        )}
        {maySeeConnections && <BillConnections now={new Date(now)} />}
        <BillFiles />
      </div>
    </>
  ); // prettier-ignore
}
