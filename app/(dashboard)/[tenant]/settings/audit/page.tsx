import { notFound } from "next/navigation";
import { Hydrate } from "@/app/_trpc/hydrate";
import { openPage } from "@/app/_trpc/server";
import { AuditLog } from "./audit-log";

export default async function AuditPage({ params }: { params: Promise<{ tenant: string }> }) {
  const { tenant, trpc, queryClient } = await openPage((await params).tenant);
  if (!tenant.rights.includes("audit:read")) notFound();
  await Promise.allSettled([
    queryClient.infiniteQuery(
      trpc.audit.list.infiniteQueryOptions({}, { getNextPageParam: (page) => page.nextCursor }),
    ),
  ]);
  return (
    <Hydrate client={queryClient}>
      <AuditLog />
    </Hydrate>
  );
}
