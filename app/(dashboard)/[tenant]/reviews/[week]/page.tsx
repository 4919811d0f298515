import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Hydrate } from "@/app/_trpc/hydrate";
import { openPage } from "@/app/_trpc/server";
import { Week } from "@/server/weekly-review/schemas";
import { Review } from "./review";

export const metadata: Metadata = { title: "Weekly review" };

export default async function ReviewPage({ params }: { params: Promise<{ tenant: string; week: string }> }) {
  const { tenant: slug, week: asked } = await params;
  const { tenant, trpc, queryClient } = await openPage(slug);
  const week = Week.safeParse(asked);
  if (!week.success || !tenant.rights.includes("reviews:read")) notFound();
  await Promise.allSettled([
    queryClient.query(trpc.reviews.read.queryOptions({ week: week.data })),
    ...(tenant.rights.includes("members:read") ? [queryClient.query(trpc.members.list.queryOptions())] : []),
  ]);
  return (
    <Hydrate client={queryClient}>
      <Review week={week.data} />
    </Hydrate>
  );
}
