import { notFound } from "next/navigation";
import { Hydrate } from "@/app/_trpc/hydrate";
import { openPage } from "@/app/_trpc/server";
import { Sources } from "./sources";

export default async function SourcesPage({ params }: { params: Promise<{ tenant: string }> }) {
  const { tenant, trpc, queryClient, now } = await openPage((await params).tenant);
  if (!tenant.rights.includes("sources:read")) notFound();
  await Promise.allSettled([
    queryClient.query(trpc.sources.connections.list.queryOptions()),
    queryClient.query(trpc.sources.inbox.list.queryOptions()),
    queryClient.query(trpc.attribution.show.queryOptions()),
  ]);
  return (
    <Hydrate client={queryClient}>
      <Sources now={now.toISOString()} />
    </Hydrate>
  );
}
