import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Hydrate } from "@/app/_trpc/hydrate";
import { openPage } from "@/app/_trpc/server";
import { Run } from "./run";

export const metadata: Metadata = { title: "Import" };

export default async function ImportPage({ params }: { params: Promise<{ tenant: string; id: string }> }) {
  const { tenant: slug, id } = await params;
  const { tenant, trpc, queryClient } = await openPage(slug);
  if (!tenant.rights.includes("calls:import")) notFound();
  await Promise.allSettled([queryClient.query(trpc.imports.show.queryOptions({ id }))]);
  return (
    <Hydrate client={queryClient}>
      <Run id={id} />
    </Hydrate>
  );
}
