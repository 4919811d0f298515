import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Hydrate } from "@/app/_trpc/hydrate";
import { openPage } from "@/app/_trpc/server";
import { Statements } from "./statements";

export const metadata: Metadata = { title: "Statements" };

export default async function StatementsPage({ params }: { params: Promise<{ tenant: string }> }) {
  const { tenant, trpc, queryClient } = await openPage((await params).tenant);
  if (!tenant.rights.includes("reports:read")) notFound();
  await Promise.allSettled([
    queryClient.query(trpc.statements.months.queryOptions()),
    ...(tenant.rights.includes("members:read") ? [queryClient.query(trpc.members.list.queryOptions())] : []),
  ]);
  return (
    <Hydrate client={queryClient}>
      <Statements />
    </Hydrate>
  );
}
