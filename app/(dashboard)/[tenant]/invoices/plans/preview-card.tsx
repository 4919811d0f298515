"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Failure } from "@/app/_components/failure";
import { Money } from "@/app/_components/money";
import type { Column } from "@/app/_components/tables/column";
import { ReportTable } from "@/app/_components/tables/report-table";
import { Card, CardHeader } from "@/app/_components/ui/card";
import { cn } from "@/app/_components/ui/class-names";
import { Link } from "@/app/_components/ui/link";
import { formatMonth } from "@/app/_format/dates";
import { formatTotalChange, subtractUsd } from "@/app/_format/money";
import { plural } from "@/app/_format/quantities";
import { useTRPC } from "@/app/_trpc/client";
import type { PlanPreview } from "@/server/invoices/documents";
import type { PlanTerms } from "@/server/invoices/plan-schemas";
import { useTenant } from "../../_components/tenant-context";
import { useSettled } from "../../_scope/use-settled";
import { LinesTable } from "../lines-table";

type Row = PlanPreview["accounts"][number];

const columnsOf = (preview: PlanPreview | undefined): Column<Row>[] => [
  {
    key: "net",
    header: "Billed",
    about: "Before tax",
    folded: { line: 1 },
    total: preview && <Money usd={preview.netUsd} />,
    cell: ({ netUsd }) => <Money usd={netUsd} />,
  },
  {
    key: "cost",
    header: "Cost",
    folded: { line: 2, after: " of cost" },
    total: preview && <Money usd={preview.costUsd} />,
    cell: ({ costUsd }) => <Money usd={costUsd} />,
  },
];

/** What the last closed month would have come to by these terms, saved or not. */
export function PreviewCard({ terms }: { terms: PlanTerms | null }) {
  const { slug } = useTenant();
  const [accountId, setAccountId] = useState<string | null>(null);
  const [valid, setValid] = useState(terms);
  // While a field is half typed, the last answer that made sense stays.
  if (terms !== null && JSON.stringify(terms) !== JSON.stringify(valid)) setValid(terms);
  const asked = useSettled(valid, 400);
  const preview = useQuery(
    useTRPC().invoices.previewPlan.queryOptions(
      { terms: asked ?? { name: "", components: [] } },
      { enabled: asked !== null, placeholderData: keepPreviousData },
    ),
  );
  const { data } = preview;
  const shown = data?.accounts.find((row) => row.accountId === accountId) ?? data?.accounts[0];
  const isStale = preview.isPlaceholderData || terms === null;
  if (data === null) {
    return (
      <Card className="px-4 py-4 text-sm text-ink-muted sm:px-5">
        Once a month is closed, what it would have come to by this plan is shown here.{" "}
        <Link href={`/${slug}/statements`} className="text-accent underline underline-offset-2">
          Close a month
        </Link>
      </Card>
    );
  }
  return (
    <Card>
      <CardHeader
        title={data ? `${formatMonth(data.month)} by this plan` : "By this plan"}
        hint="What the last closed month would have come to, were all accounts on it. Nothing is saved or billed."
      />
      {preview.isError ? (
        <Failure error={preview.error} onRetry={() => void preview.refetch()} />
      ) : (
        <>
          {terms === null && (
            <p role="status" className="border-t px-4 py-3 text-xs text-ink-muted sm:px-5">
              {asked === null
                ? "It is computed once the plan has a name and all its prices."
                : "The plan is not complete; this is by what it was before."}
            </p>
          )}
          {asked !== null && (
            <ReportTable
              caption="What each account would have been billed"
              fold="narrow"
              skeletonRows={4}
              isStale={isStale}
              rows={data?.accounts}
              keyOf={(row) => row.accountId}
              name={{
                header: "Account",
                of: (row) => ({ text: row.customerName, onOpen: () => setAccountId(row.accountId) }),
              }}
              columns={columnsOf(data)}
              {...(data && { total: { label: `All ${plural(data.count, "account")}` } })}
              empty={
                <p className="border-t px-5 py-4 text-sm text-ink-muted">
                  No call of the month had an account: only calls that name one are billed.
                </p>
              }
            />
          )}
          {data && data.count > data.accounts.length && (
            <p className="border-t px-5 py-3 text-xs text-ink-muted">
              The first {data.accounts.length.toLocaleString("en-US")} are listed; all {plural(data.count, "account")} are in the sum.
            </p>
          )}
          {data && data.count > 0 && (
            <p className={cn("border-t px-4 py-3 text-sm sm:px-5", isStale && "opacity-60")}>
              Margin: <span className="figures">{formatTotalChange(subtractUsd(data.netUsd, data.costUsd))}</span>, before tax.
            </p>
          )}
          {shown && (
            <div className={cn("border-t pt-3", isStale && "opacity-60")}>
              <h3 className="px-4 pb-1 text-xs font-semibold wrap-anywhere sm:px-5">The lines of {shown.customerName}</h3>
              <LinesTable
                caption={`Lines of ${shown.customerName} by this plan`}
                isNarrow
                lines={shown.lines.filter(({ kind }) => kind !== "tax")}
                totals={[{ label: "Net", usd: shown.netUsd, isGrand: true }]}
              />
            </div>
          )}
        </>
      )}
    </Card>
  );
} // prettier-ignore
