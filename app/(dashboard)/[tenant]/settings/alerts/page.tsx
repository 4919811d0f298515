import { notFound } from "next/navigation";
import { Hydrate } from "@/app/_trpc/hydrate";
import { openPage } from "@/app/_trpc/server";
import { AlertSettings } from "./alert-settings";

export default async function AlertSettingsPage({ params }: { params: Promise<{ tenant: string }> }) {
  const { tenant, trpc, queryClient, now } = await openPage((await params).tenant);
  if (!tenant.rights.includes("alerts:read")) notFound();
  await Promise.allSettled([
    queryClient.query(trpc.delivery.list.queryOptions()),
    queryClient.query(trpc.delivery.messages.queryOptions({ failed: false })),
  ]);
  return (
    <Hydrate client={queryClient}>
      <AlertSettings now={now.toISOString()} />
    </Hydrate>
  );
}
