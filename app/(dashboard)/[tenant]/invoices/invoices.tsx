"use client";

import { useQuery } from "@tanstack/react-query";
import { FileText } from "lucide-react";
import { useQueryStates } from "nuqs";
import { Failure } from "@/app/_components/failure";
import { ReportTable } from "@/app/_components/tables/report-table";
import { Button, ButtonLink } from "@/app/_components/ui/button";
import { Callout } from "@/app/_components/ui/callout";
import { Card, CardHeader } from "@/app/_components/ui/card";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { Select } from "@/app/_components/ui/field";
import { Segmented } from "@/app/_components/ui/segmented";
import { SkeletonRows } from "@/app/_components/ui/skeleton";
import { formatMonth } from "@/app/_format/dates";
import { useTRPC } from "@/app/_trpc/client";
import type { InvoiceMonth } from "@/server/invoices/documents";
import { InvoiceState } from "@/server/invoices/schemas";
import { useRight, useTenant } from "../_components/tenant-context";
import { accountOf, invoiceColumns } from "./invoice-columns";
import { InvoicesHeader } from "./invoices-header";
import { MonthSummary } from "./month-summary";
import { invoicesParams, shownMonth } from "./search-params";
import { useInvoices } from "./use-invoices";

const states = [{ value: "all", label: "All" }, ...InvoiceState.options.map((value) => ({ value, label: `${value.slice(0, 1).toUpperCase()}${value.slice(1)}` }))] as const; // prettier-ignore

const countOf = ({ drafts, finals, voids }: InvoiceMonth, state: InvoiceState | null) => {
  const counts = { draft: drafts.count, final: finals.count, void: voids.count };
  return state === null ? drafts.count + finals.count + voids.count : counts[state];
};

/** Nobody has closed a month, or nobody has said how accounts are billed. */
function Teaches({ of }: { of: InvoiceMonth | null }) {
  const { slug } = useTenant();
  const mayWrite = useRight("billing:write");
  const plans = useQuery(useTRPC().invoices.plans.queryOptions());
  if (of === null) {
    return (
      <EmptyState icon={FileText} title="No closed month yet" action={<ButtonLink href={`/${slug}/statements`}>Go to statements</ButtonLink>}>
        Invoices are computed from the statement of a closed month, never from figures that still move.
      </EmptyState>
    );
  }
  if (plans.data?.every(({ retiredAt }) => retiredAt !== null)) {
    return (
      <EmptyState icon={FileText} title="No rate plan yet" action={mayWrite && <ButtonLink variant="primary" href={`/${slug}/invoices/plans/new`}>New rate plan</ButtonLink>}>
        A rate plan says what accounts pay: cost plus a markup, a price per token or call, a fee. Then drafts can be made.
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={FileText} title="No invoice of this month">
      {mayWrite ? "Make drafts: one for each account that has a plan. Nobody gets anything before they are final." : "Owners, admins and finance make them."}
    </EmptyState>
  );
} // prettier-ignore

/** The invoices of a month and what they leave over of its statement. */
export function Invoices() {
  const { slug } = useTenant();
  const mayWrite = useRight("billing:write");
  const [params, setParams] = useQueryStates(invoicesParams);
  const trpc = useTRPC();
  const months = useQuery(trpc.invoices.months.queryOptions());
  const of = shownMonth(months.data ?? [], params.month);
  const invoices = useInvoices(of?.month ?? null, params.state);
  const rows = of && countOf(of, null) === 0 ? [] : invoices.data?.pages.flatMap((page) => page.invoices);
  return (
    <>
      <InvoicesHeader hint="What accounts pay for a closed month, by their rate plans. Drafts change with the statement; a final invoice never does.">
        {of !== null && (
          <Select
            aria-label="Month"
            className="w-40"
            value={of.month}
            onChange={({ target }) => void setParams({ month: target.value, state: null })}
          >
            {months.data?.map(({ month }) => (
              <option key={month} value={month}>
                {formatMonth(month)}
              </option>
            ))}
          </Select>
        )}
      </InvoicesHeader>
      {!mayWrite && of !== null && (
        <Callout className="mb-5">Your role can see and download invoices, not make, finalise or void them. Owners, admins and finance may.</Callout>
      )}
      {months.isError ? (
        <Card>
          <Failure error={months.error} onRetry={() => void months.refetch()} />
        </Card>
      ) : months.data === undefined ? (
        <Card>
          <SkeletonRows rows={8} />
        </Card>
      ) : of === null ? (
        <Card>
          <Teaches of={null} />
        </Card>
      ) : (
        <div className="space-y-5">
          <MonthSummary of={of} />
          <Card>
            <CardHeader title={`Invoices of ${formatMonth(of.month)}`} hint="By account. In USD.">
              {countOf(of, null) > 0 && (
                <Segmented
                  label="State"
                  value={params.state ?? "all"}
                  options={states}
                  onChange={(value) => void setParams({ state: value === "all" ? null : value })}
                />
              )}
            </CardHeader>
            {invoices.isError ? (
              <Failure error={invoices.error} onRetry={() => void invoices.refetch()} />
            ) : (
              <ReportTable
                caption={`Invoices of ${formatMonth(of.month)} by account`}
                rows={rows}
                isStale={invoices.isPlaceholderData}
                keyOf={({ id }) => id}
                name={accountOf(slug)}
                columns={invoiceColumns}
                paging={{
                  of: countOf(of, params.state),
                  nouns: ["invoice", "invoices"],
                  isLoading: invoices.isFetchingNextPage,
                  ...(invoices.hasNextPage && { onMore: () => void invoices.fetchNextPage() }),
                }}
                empty={
                  params.state === null ? (
                    <Teaches of={of} />
                  ) : (
                    <EmptyState icon={FileText} title={`No ${params.state} invoice`} action={<Button onClick={() => void setParams({ state: null })}>Show all</Button>} />
                  )
                }
              />
            )}
          </Card>
        </div>
      )}
    </>
  );
} // prettier-ignore
