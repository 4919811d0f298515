import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Hydrate } from "@/app/_trpc/hydrate";
import { openPage } from "@/app/_trpc/server";
import { EraseUser } from "./erase-user";
import { Pseudonyms } from "./pseudonyms";

export const metadata: Metadata = { title: "Privacy" };

export default async function PrivacyPage({ params }: { params: Promise<{ tenant: string }> }) {
  const { tenant, trpc, queryClient, now } = await openPage((await params).tenant);
  if (!tenant.rights.includes("privacy:write")) notFound();
  await Promise.allSettled([
    queryClient.query(trpc.privacy.show.queryOptions()),
    queryClient.query(trpc.privacy.erasures.queryOptions()),
  ]);
  return (
    <Hydrate client={queryClient}>
      <div className="space-y-4">
        <Pseudonyms />
        <EraseUser now={now.toISOString()} />
      </div>
    </Hydrate>
  );
}
