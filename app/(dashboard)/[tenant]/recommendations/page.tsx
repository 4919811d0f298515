import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Hydrate } from "@/app/_trpc/hydrate";
import { openPage } from "@/app/_trpc/server";
import { Recommendations } from "./recommendations";

export const metadata: Metadata = { title: "Recommendations" };

export default async function RecommendationsPage({ params }: { params: Promise<{ tenant: string }> }) {
  const { tenant, trpc, queryClient, now } = await openPage((await params).tenant);
  if (!tenant.rights.includes("reviews:read")) notFound();
  await Promise.allSettled([
    queryClient.query(trpc.recommendations.list.queryOptions({})),
    ...(tenant.rights.includes("members:read") ? [queryClient.query(trpc.members.list.queryOptions())] : []),
  ]);
  return (
    <Hydrate client={queryClient}>
      <Recommendations now={now.toISOString()} />
    </Hydrate>
  );
}
