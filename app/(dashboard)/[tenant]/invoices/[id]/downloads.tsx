"use client";

import { Download } from "lucide-react";
import { ButtonLink } from "@/app/_components/ui/button";
import { Card, CardHeader } from "@/app/_components/ui/card";
import type { Invoice } from "@/server/invoices/documents";
import { CsvButton } from "../../_export/csv-button";
import { useTenant } from "../../_components/tenant-context";
import { invoiceName } from "../words";

/** Where an invoice can be taken along from. */
export const downloadHref = (slug: string, id: string, format: "pdf" | "json") =>
  `/api/invoices/${id}/${format}?${new URLSearchParams({ tenant: slug }).toString()}`;

const focusHref = (slug: string, id: string) =>
  `/api/focus/focus.csv?${new URLSearchParams({ invoice: id, tenant: slug }).toString()}`;

export function Downloads({ invoice }: { invoice: Invoice }) {
  const { slug } = useTenant();
  const { id, state } = invoice;
  const name = invoiceName(invoice);
  const link = (label: string, href: string, title: string) => (
    <ButtonLink size="sm" href={href} download prefetch={false} aria-label={`Download ${name} as ${label}`} title={title}>
      <Download /> {label}
    </ButtonLink>
  );
  return (
    <Card>
      <CardHeader title="Take it with you" />
      <div className="flex flex-wrap gap-2 border-t px-4 py-3 sm:px-5">
        {link("PDF", downloadHref(slug, id, "pdf"), "As whoever is billed gets it")}
        <CsvButton table="invoice" input={{ id }} of={`the lines of ${name}`} />
        {link("JSON", downloadHref(slug, id, "json"), "Every field and digit, for programs")}
        {state === "final" && link("FOCUS", focusHref(slug, id), "FOCUS, the open format of cost data, as CSV")}
      </div>
    </Card>
  );
} // prettier-ignore
