"use client";

import { Download } from "lucide-react";
import { useState } from "react";
import { Money } from "@/app/_components/money";
import { Button, ButtonLink } from "@/app/_components/ui/button";
import { Dialog } from "@/app/_components/ui/dialog";
import { Progress } from "@/app/_components/ui/progress";
import { formatMonth } from "@/app/_format/dates";
import { plural } from "@/app/_format/quantities";
import type { InvoiceMonth } from "@/server/invoices/documents";
import { CsvButton } from "../_export/csv-button";
import { useRight, useTenant } from "../_components/tenant-context";
import { useMonthInvoices } from "./use-month-invoices";

/** Names how many and what they come to: what is confirmed here cannot be undone, only voided. */
function FinaliseAll({ of, onConfirm, disabled }: { of: InvoiceMonth; onConfirm: () => void; disabled: boolean }) {
  const [isOpen, setIsOpen] = useState(false);
  const { drafts, outdatedDrafts, month } = of;
  const all = drafts.count === 1 ? "the draft" : `all ${plural(drafts.count, "draft")}`;
  return (
    <>
      <Button size="sm" variant="primary" disabled={disabled} onClick={() => setIsOpen(true)}>
        Finalise {all}
      </Button>
      <Dialog
        open={isOpen}
        onClose={() => setIsOpen(false)}
        title={`Finalise ${all} of ${formatMonth(month)}?`}
        footer={
          <>
            <Button onClick={() => setIsOpen(false)}>Cancel</Button>
            <Button
              variant="danger"
              disabled={outdatedDrafts > 0}
              onClick={() => {
                setIsOpen(false);
                onConfirm();
              }}
            >
              Give {drafts.count === 1 ? "it a number" : "them numbers"}
            </Button>
          </>
        }
      >
        <div className="space-y-3 text-sm text-ink-muted">
          <p>
            {plural(drafts.count, "invoice")} for <Money usd={drafts.totalUsd} className="font-semibold text-ink" /> in all, tax included, {drafts.count === 1 ? "gets the next number" : "get the next numbers"} of the series.
          </p>
          {outdatedDrafts > 0 ? (
            <p className="text-warn">
              {outdatedDrafts === 1 ? "One of them is" : `${String(outdatedDrafts)} of them are`} not what {outdatedDrafts === 1 ? "it" : "they"} would be now. Make the drafts again first.
            </p>
          ) : (
            <p>This cannot be undone: a final invoice is never changed or deleted. One that is wrong is voided, keeps its number, and can be replaced.</p>
          )}
        </div>
      </Dialog>
    </>
  );
} // prettier-ignore

/** What this member may do with the invoices of a month, and take along. */
export function MonthActions({ of }: { of: InvoiceMonth }) {
  const { slug } = useTenant();
  const mayWrite = useRight("billing:write");
  const { makeDrafts, finalise, progress } = useMonthInvoices(of.month);
  const { month, statement, drafts, finals, voids } = of;
  const isBusy = makeDrafts.isPending || finalise.isPending;
  const count = drafts.count + finals.count + voids.count;
  return (
    <div className="flex flex-wrap items-center gap-2">
      {isBusy && (
        <div className="w-40" role="status">
          <Progress
            fraction={progress && progress.of > 0 ? Math.min(1, progress.done / progress.of) : null}
            label={makeDrafts.isPending ? "Drafts made" : "Invoices made final"}
          />
          <p className="figures mt-1 text-2xs text-ink-muted">
            {progress ? `${progress.done.toLocaleString("en-US")} of ${progress.of.toLocaleString("en-US")}` : "Working …"}
          </p>
        </div>
      )}
      {count > 0 && <CsvButton table="invoices" input={{ month }} of={`invoices of ${formatMonth(month)}`} />}
      {finals.count + voids.count > 0 && (
        <ButtonLink size="sm" href={`/api/invoices/months/${month}/zip?tenant=${slug}`} download prefetch={false} title="PDFs, CSV and JSON of all that have a number">
          <Download /> All as ZIP
        </ButtonLink>
      )}
      {mayWrite && statement && (
        <Button size="sm" variant={drafts.count === 0 && finals.count === 0 ? "primary" : "secondary"} disabled={isBusy} onClick={() => makeDrafts.mutate()}>
          {count === 0 ? "Make drafts" : "Make drafts again"}
        </Button>
      )}
      {mayWrite && statement && drafts.count > 0 && (
        <FinaliseAll of={of} disabled={isBusy} onConfirm={() => finalise.mutate({ drafts: drafts.count, totalUsd: drafts.totalUsd })} />
      )}
    </div>
  );
} // prettier-ignore
