import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Hydrate } from "@/app/_trpc/hydrate";
import { openPage } from "@/app/_trpc/server";
import { Issuer } from "./issuer";

export const metadata: Metadata = { title: "Who bills" };

export default async function IssuerPage({ params }: { params: Promise<{ tenant: string }> }) {
  const { tenant, trpc, queryClient, now } = await openPage((await params).tenant);
  if (!tenant.rights.includes("reports:read")) notFound();
  await Promise.allSettled([
    queryClient.query(trpc.invoices.issuer.queryOptions()),
    queryClient.query(trpc.invoices.plans.queryOptions()),
  ]);
  return (
    <Hydrate client={queryClient}>
      <Issuer year={now.toISOString().slice(0, 4)} />
    </Hydrate>
  );
}
