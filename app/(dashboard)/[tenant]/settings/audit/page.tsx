import { notFound } from "next/navigation";
import { Hydrate } from "@/app/_trpc/hydrate";
import { pages } from "@/app/_trpc/pages";
import { openPage } from "@/app/_trpc/server";
import { AuditLog } from "./audit-log";

export default async function AuditPage({ params }: { params: Promise<{ tenant: string }> }) {
  const { tenant, trpc, caller, queryClient } = await openPage((await params).tenant);
  if (!tenant.rights.includes("audit:read")) notFound();
  await Promise.allSettled([
    queryClient.infiniteQuery(pages(trpc.audit.list.queryKey({}), (cursor) => caller.audit.list({ cursor }))),
  ]);
  return (
    <Hydrate client={queryClient}>
      <AuditLog />
    </Hydrate>
  );
}
