import { notFound } from "next/navigation";
import { Hydrate } from "@/app/_trpc/hydrate";
import { openPage } from "@/app/_trpc/server";
import { Keys } from "./keys";

export default async function KeysPage({ params }: { params: Promise<{ tenant: string }> }) {
  const { tenant, trpc, queryClient, now } = await openPage((await params).tenant);
  if (!tenant.rights.includes("keys:read")) notFound();
  await Promise.allSettled([queryClient.query(trpc.keys.list.queryOptions())]);
  return (
    <Hydrate client={queryClient}>
      <Keys now={now.toISOString()} />
    </Hydrate>
  );
}
