import { Money } from "@/app/_components/money";
import type { Column, NameColumn } from "@/app/_components/tables/column";
import { Badge } from "@/app/_components/ui/badge";
import { formatDayLong } from "@/app/_format/dates";
import type { InvoiceHead } from "@/server/invoices/documents";
import { invoiceHref } from "./search-params";
import { outdatedWords, stateTones } from "./words";

export const accountOf = (slug: string): NameColumn<InvoiceHead> => ({
  header: "Account",
  of: ({ id, accountId, customerName, number }) => ({
    text: customerName,
    href: invoiceHref(slug, id),
    detail: [number, ...(customerName === accountId ? [] : [accountId])].filter((part) => part !== null).join(" · ") || undefined,
  }),
}); // prettier-ignore

function State({ state, outdated, isEdited, sinceReopened }: InvoiceHead) {
  const why = outdatedWords(outdated);
  return (
    <span className="inline-flex flex-wrap gap-1">
      <Badge tone={stateTones[state]}>{state}</Badge>
      {why !== null && (
        <Badge tone="warn" title={`Not what it would be now: ${why}`}>
          out of date
        </Badge>
      )}
      {isEdited && state === "draft" && <Badge title="Somebody added lines by hand">edited</Badge>}
      {sinceReopened !== null && (
        <Badge tone="warn" title="The month was opened again since">
          reopened since
        </Badge>
      )}
    </span>
  );
}

export const invoiceColumns: Column<InvoiceHead>[] = [
  { key: "state", header: "State", align: "start", folded: { line: 2 }, cell: (row) => <State {...row} /> },
  {
    key: "plan",
    header: "Plan",
    align: "start",
    from: "lg",
    cell: ({ plan }) => `${plan.name}, version ${String(plan.version)}`,
  },
  {
    key: "cost",
    header: "Cost",
    about: "What the statement has of the account",
    from: "md",
    cell: ({ costUsd }) => <Money usd={costUsd} />,
  },
  { key: "net", header: "Net", from: "md", cell: ({ netUsd }) => <Money usd={netUsd} /> },
  { key: "tax", header: "Tax", from: "lg", cell: ({ taxUsd }) => <Money usd={taxUsd} /> },
  {
    key: "total",
    header: "Total",
    folded: { line: 1 },
    cell: ({ totalUsd, state }) => (
      <Money usd={totalUsd} {...(state === "void" && { className: "text-ink-muted line-through" })} />
    ),
  },
  {
    key: "due",
    header: "Due",
    folded: { line: 2, before: "due " },
    cell: ({ dueOn }) => (dueOn === null ? "once final" : formatDayLong(dueOn)),
  },
];
