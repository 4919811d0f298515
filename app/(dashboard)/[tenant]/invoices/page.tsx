import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Hydrate } from "@/app/_trpc/hydrate";
import { openPage } from "@/app/_trpc/server";
import { Invoices } from "./invoices";

export const metadata: Metadata = { title: "Invoices" };

export default async function InvoicesPage({ params }: { params: Promise<{ tenant: string }> }) {
  const { tenant, trpc, queryClient } = await openPage((await params).tenant);
  if (!tenant.rights.includes("reports:read")) notFound();
  await Promise.allSettled([
    queryClient.query(trpc.invoices.months.queryOptions()),
    queryClient.query(trpc.invoices.plans.queryOptions()),
  ]);
  return (
    <Hydrate client={queryClient}>
      <Invoices />
    </Hydrate>
  );
}
