import { X } from "lucide-react";
import type { ReactNode } from "react";
import { Badge } from "@/app/_components/ui/badge";
import { Button } from "@/app/_components/ui/button";
import { Card } from "@/app/_components/ui/card";
import { formatDayLong, formatMonth } from "@/app/_format/dates";
import type { Invoice } from "@/server/invoices/documents";
import { type LinesTotal, LinesTable } from "../lines-table";

function Lines({ of }: { of: readonly string[] }) {
  return of.map((line, at) => (
    <span key={at} className="block">
      {line}
    </span>
  ));
}

function Party({ title, name, addressLines, vatId, email }: Invoice["customer"] & { title: string }) {
  return (
    <div className="min-w-0 wrap-anywhere">
      <h2 className="text-xs font-normal text-ink-muted">{title}</h2>
      <p className="mt-1 text-sm">
        <span className="block font-semibold">{name}</span>
        <Lines of={addressLines} />
        {vatId !== "" && <span className="block text-ink-muted">VAT id {vatId}</span>}
        {email !== "" && <span className="block text-ink-muted">{email}</span>}
      </p>
    </div>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-xs text-ink-muted">{name}</dt>
      <dd className="figures mt-0.5 text-sm">{children}</dd>
    </div>
  );
}

/** Net, the tax as it is called, and the total; without a tax the net is the total. */
function totalsOf({ lines, netUsd, taxUsd, totalUsd }: Invoice): LinesTotal[] {
  const tax = lines.find(({ kind }) => kind === "tax");
  return [
    ...(tax
      ? [
          { label: "Net", usd: netUsd },
          { label: tax.description, usd: taxUsd },
        ]
      : []),
    { label: "Total in USD", usd: totalUsd, isGrand: true },
  ];
}

interface PaperProps {
  invoice: Invoice;
  /** Undefined: lines are not to be taken away. */
  onRemoveLine: ((manualId: string) => void) | undefined;
}

/** The invoice as whoever is billed gets it. */
export function Paper({ invoice, onRemoveLine }: PaperProps) {
  const { issuer, customer, number, month, issuedOn, dueOn, dueDays, state, lines } = invoice;
  return (
    <Card className="relative overflow-hidden">
      {state !== "final" && (
        <p className="border-b bg-sunken px-4 py-1.5 text-center text-xs font-medium tracking-widest text-ink-muted uppercase sm:px-5">
          {state === "void" ? "Void" : "Draft, not an invoice yet"}
        </p>
      )}
      <div className="grid gap-6 px-4 py-5 sm:grid-cols-2 sm:px-5">
        <Party title="From" {...issuer} email="" />
        <Party title="To" {...customer} />
      </div>
      <dl className="grid grid-cols-2 gap-4 border-y bg-sunken/40 px-4 py-3 sm:grid-cols-4 sm:px-5">
        <Fact name="Number">{number ?? "when it is final"}</Fact>
        <Fact name="For">{formatMonth(month)}</Fact>
        <Fact name="Issued">{issuedOn === null ? "when it is final" : formatDayLong(issuedOn)}</Fact>
        <Fact name="Due">{dueOn === null ? `${String(dueDays)} days after that` : formatDayLong(dueOn)}</Fact>
      </dl>
      <LinesTable
        caption={`Lines of ${number ?? "the draft"}`}
        lines={lines.filter(({ kind }) => kind !== "tax")}
        totals={totalsOf(invoice)}
        actionOf={({ kind, manualId, ofMonth, description }) => (
          <>
            {ofMonth !== month && <Badge title="A correction of an earlier month">of {formatMonth(ofMonth)}</Badge>}
            {kind === "manual" && manualId !== null && (
              <>
                <Badge>by hand</Badge>
                {onRemoveLine && (
                  <Button variant="ghost" size="sm" aria-label={`Take the line “${description}” away`} onClick={() => onRemoveLine(manualId)}>
                    <X />
                  </Button>
                )}
              </>
            )}
          </>
        )}
      />
      {(issuer.bankLines.length > 0 || issuer.note !== "") && (
        <div className="space-y-3 border-t px-4 py-4 text-sm wrap-anywhere text-ink-muted sm:px-5">
          {issuer.bankLines.length > 0 && (
            <p>
              <Lines of={issuer.bankLines} />
            </p>
          )}
          {issuer.note !== "" && <p className="whitespace-pre-line">{issuer.note}</p>}
        </div>
      )}
    </Card>
  );
} // prettier-ignore
