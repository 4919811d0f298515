import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Hydrate } from "@/app/_trpc/hydrate";
import { openPage } from "@/app/_trpc/server";
import { KillReviews } from "./kill-reviews";

export const metadata: Metadata = { title: "Kill review" };

export default async function KillReviewsPage({ params }: { params: Promise<{ tenant: string }> }) {
  const { tenant, trpc, queryClient } = await openPage((await params).tenant);
  if (!tenant.rights.includes("reviews:read")) notFound();
  await Promise.allSettled([queryClient.query(trpc.killReview.list.queryOptions())]);
  return (
    <Hydrate client={queryClient}>
      <KillReviews />
    </Hydrate>
  );
}
