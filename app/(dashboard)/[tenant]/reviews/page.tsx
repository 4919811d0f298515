import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Hydrate } from "@/app/_trpc/hydrate";
import { openPage } from "@/app/_trpc/server";
import { Reviews } from "./reviews";

export const metadata: Metadata = { title: "Weekly review" };

export default async function ReviewsPage({ params }: { params: Promise<{ tenant: string }> }) {
  const { tenant, trpc, queryClient } = await openPage((await params).tenant);
  if (!tenant.rights.includes("reviews:read")) notFound();
  await Promise.allSettled([
    queryClient.query(trpc.reviews.list.queryOptions()),
    ...(tenant.rights.includes("members:read") ? [queryClient.query(trpc.members.list.queryOptions())] : []),
  ]);
  return (
    <Hydrate client={queryClient}>
      <Reviews />
    </Hydrate>
  );
}
