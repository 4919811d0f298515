import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Hydrate } from "@/app/_trpc/hydrate";
import { openPage } from "@/app/_trpc/server";
import { KillMonth } from "@/server/kill-review/schemas";
import { KillReview } from "./kill-review";

export const metadata: Metadata = { title: "Kill review" };

export default async function KillReviewPage({
  params,
}: {
  params: Promise<{ tenant: string; month: string }>;
}) {
  const { tenant: slug, month: asked } = await params;
  const { tenant, trpc, queryClient } = await openPage(slug);
  const month = KillMonth.safeParse(`${asked}-01`);
  if (!month.success || !tenant.rights.includes("reviews:read")) notFound();
  await Promise.allSettled([
    queryClient.query(trpc.killReview.read.queryOptions({ month: month.data })),
    ...(tenant.rights.includes("members:read") ? [queryClient.query(trpc.members.list.queryOptions())] : []),
  ]);
  return (
    <Hydrate client={queryClient}>
      <KillReview month={month.data} />
    </Hydrate>
  );
}
