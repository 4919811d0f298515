import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { z } from "zod";
import { Hydrate } from "@/app/_trpc/hydrate";
import { openPage } from "@/app/_trpc/server";
import { Plan } from "./plan";

export const metadata: Metadata = { title: "Rate plan" };

/** `new` in place of an id is a plan that is not there yet. */
export default async function PlanPage({ params }: { params: Promise<{ tenant: string; planId: string }> }) {
  const { tenant: slug, planId } = await params;
  const { tenant, trpc, queryClient } = await openPage(slug);
  const isNew = planId === "new";
  if (!tenant.rights.includes(isNew ? "billing:write" : "reports:read")) notFound();
  if (!isNew && !z.uuid().safeParse(planId).success) notFound();
  if (!isNew) {
    await Promise.allSettled([
      queryClient.query(trpc.invoices.plan.queryOptions({ id: planId })),
      ...(tenant.rights.includes("members:read")
        ? [queryClient.query(trpc.members.list.queryOptions())]
        : []),
    ]);
  }
  return (
    <Hydrate client={queryClient}>
      <Plan id={isNew ? null : planId} />
    </Hydrate>
  );
}
