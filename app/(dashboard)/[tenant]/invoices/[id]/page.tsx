import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Hydrate } from "@/app/_trpc/hydrate";
import { openPage } from "@/app/_trpc/server";
import { InvoiceInput } from "@/server/invoices/schemas";
import { Invoice } from "./invoice";

export const metadata: Metadata = { title: "Invoice" };

export default async function InvoicePage({ params }: { params: Promise<{ tenant: string; id: string }> }) {
  const { tenant: slug, id } = await params;
  const { tenant, trpc, queryClient } = await openPage(slug);
  const asked = InvoiceInput.safeParse({ id });
  if (!asked.success || !tenant.rights.includes("reports:read")) notFound();
  await Promise.allSettled([
    queryClient.query(trpc.invoices.read.queryOptions(asked.data)),
    ...(tenant.rights.includes("members:read") ? [queryClient.query(trpc.members.list.queryOptions())] : []),
  ]);
  return (
    <Hydrate client={queryClient}>
      <Invoice id={asked.data.id} />
    </Hydrate>
  );
}
