import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Hydrate } from "@/app/_trpc/hydrate";
import { openPage } from "@/app/_trpc/server";
import { PageHeader } from "../_components/page-header";
import { NewImport } from "./new-import";
import { RunList } from "./run-list";

export const metadata: Metadata = { title: "Import" };

export default async function ImportsPage({ params }: { params: Promise<{ tenant: string }> }) {
  const { tenant, trpc, queryClient, now } = await openPage((await params).tenant);
  if (!tenant.rights.includes("calls:import")) notFound();
  await Promise.allSettled([queryClient.query(trpc.imports.list.queryOptions())]);
  return (
    <Hydrate client={queryClient}>
      <PageHeader
        title="Import"
        hint="History from a CSV or JSON Lines file, of any age. A row that is in the ledger already is counted, not added."
      />
      <div className="space-y-4">
        <NewImport now={now.toISOString()} />
        <RunList />
      </div>
    </Hydrate>
  );
}
