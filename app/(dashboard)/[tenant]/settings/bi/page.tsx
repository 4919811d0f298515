import { notFound } from "next/navigation";
import { Hydrate } from "@/app/_trpc/hydrate";
import { openPage } from "@/app/_trpc/server";
import { ReadyQuestions } from "./ready-questions";
import { Readers } from "./readers";

export default async function BiPage({ params }: { params: Promise<{ tenant: string }> }) {
  const { tenant, trpc, queryClient } = await openPage((await params).tenant);
  if (!tenant.rights.includes("bi:read")) notFound();
  await Promise.allSettled([queryClient.query(trpc.bi.listReaders.queryOptions())]);
  return (
    <Hydrate client={queryClient}>
      <div className="space-y-4">
        <Readers />
        <ReadyQuestions />
      </div>
    </Hydrate>
  );
}
