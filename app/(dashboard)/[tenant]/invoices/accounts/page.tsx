import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Hydrate } from "@/app/_trpc/hydrate";
import { openPage } from "@/app/_trpc/server";
import { Accounts } from "./accounts";

export const metadata: Metadata = { title: "Who is billed" };

export default async function AccountsPage({ params }: { params: Promise<{ tenant: string }> }) {
  const { tenant, trpc, queryClient } = await openPage((await params).tenant);
  if (!tenant.rights.includes("reports:read")) notFound();
  await Promise.allSettled([
    queryClient.query(trpc.invoices.plans.queryOptions()),
    queryClient.query(trpc.invoices.issuer.queryOptions()),
  ]);
  return (
    <Hydrate client={queryClient}>
      <Accounts />
    </Hydrate>
  );
}
