import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Hydrate } from "@/app/_trpc/hydrate";
import { openPage } from "@/app/_trpc/server";
import { Rules } from "./rules";

export const metadata: Metadata = { title: "Alert rules" };

export default async function AlertRulesPage({ params }: { params: Promise<{ tenant: string }> }) {
  const { tenant, trpc, queryClient, now } = await openPage((await params).tenant);
  if (!tenant.rights.includes("alerts:read")) notFound();
  await Promise.allSettled([queryClient.query(trpc.alerts.rules.queryOptions())]);
  return (
    <Hydrate client={queryClient}>
      <Rules now={now.toISOString()} />
    </Hydrate>
  );
}
