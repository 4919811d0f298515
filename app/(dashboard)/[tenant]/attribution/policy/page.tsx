import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Hydrate } from "@/app/_trpc/hydrate";
import { openPage } from "@/app/_trpc/server";
import { AttributeMap } from "../../settings/sources/attribute-map";
import { TagPolicyCard } from "./tag-policy-card";

export const metadata: Metadata = { title: "Tag policy" };

export default async function TagPolicyPage({ params }: { params: Promise<{ tenant: string }> }) {
  const { tenant, trpc, queryClient } = await openPage((await params).tenant);
  if (!tenant.rights.includes("attribution:read")) notFound();
  await Promise.allSettled([queryClient.query(trpc.attribution.show.queryOptions())]);
  return (
    <Hydrate client={queryClient}>
      <div className="max-w-4xl space-y-4">
        <TagPolicyCard />
        <AttributeMap />
      </div>
    </Hydrate>
  );
}
