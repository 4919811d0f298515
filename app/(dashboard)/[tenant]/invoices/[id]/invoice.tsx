"use client";

import { useQuery } from "@tanstack/react-query";
import { Failure } from "@/app/_components/failure";
import { Badge } from "@/app/_components/ui/badge";
import { Callout } from "@/app/_components/ui/callout";
import { Link } from "@/app/_components/ui/link";
import { formatMonth } from "@/app/_format/dates";
import { useTRPC } from "@/app/_trpc/client";
import type { Invoice as Document } from "@/server/invoices/documents";
import { PageHeader } from "../../_components/page-header";
import { useRight, useTenant } from "../../_components/tenant-context";
import { invoicesHref } from "../search-params";
import { invoiceName, stateTones } from "../words";
import { Actions } from "./actions";
import { Downloads } from "./downloads";
import { FactsCard } from "./facts-card";
import { Notices } from "./notices";
import { Paper } from "./paper";
import { useInvoiceChanges } from "./use-invoice-changes";

function Known({ invoice }: { invoice: Document }) {
  const { slug } = useTenant();
  const mayWrite = useRight("billing:write");
  const { id, month, state } = invoice;
  const changes = useInvoiceChanges(month);
  return (
    <>
      <Link href={invoicesHref(slug, month)} className="mb-2 inline-block text-sm text-ink-muted hover:text-ink">
        ← Invoices of {formatMonth(month)}
      </Link>
      <PageHeader title={invoiceName(invoice)} aside={<Badge tone={stateTones[state]}>{state}</Badge>}>
        <Actions invoice={invoice} changes={changes} />
      </PageHeader>
      {!mayWrite && (
        <Callout className="mb-5">Your role can see and download it, not change it. Owners, admins and finance may.</Callout>
      )}
      <Notices invoice={invoice} />
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <Paper
          invoice={invoice}
          onRemoveLine={
            mayWrite && state === "draft" && !changes.isBusy ? (manualId) => changes.removeLine.mutate({ id, manualId }) : undefined
          }
        />
        <div className="space-y-5">
          <Downloads invoice={invoice} />
          <FactsCard invoice={invoice} />
        </div>
      </div>
    </>
  );
} // prettier-ignore

/** One invoice: as it is on paper, and beside it what it was computed from. */
export function Invoice({ id }: { id: string }) {
  const read = useQuery(useTRPC().invoices.read.queryOptions({ id }));
  if (read.isError) {
    return (
      <>
        <PageHeader title="Invoice" />
        <Failure error={read.error} onRetry={() => void read.refetch()} />
      </>
    );
  }
  return read.data ? <Known invoice={read.data} /> : null;
}
