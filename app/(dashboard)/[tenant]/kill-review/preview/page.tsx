import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Hydrate } from "@/app/_trpc/hydrate";
import { openPage } from "@/app/_trpc/server";
import { Preview } from "./preview";

export const metadata: Metadata = { title: "Kill review, preview" };

export default async function PreviewPage({ params }: { params: Promise<{ tenant: string }> }) {
  const { tenant, trpc, queryClient } = await openPage((await params).tenant);
  if (!tenant.rights.includes("reviews:read")) notFound();
  await Promise.allSettled([queryClient.query(trpc.killReview.preview.queryOptions())]);
  return (
    <Hydrate client={queryClient}>
      <Preview />
    </Hydrate>
  );
}
