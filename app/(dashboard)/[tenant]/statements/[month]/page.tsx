import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Hydrate } from "@/app/_trpc/hydrate";
import { openPage } from "@/app/_trpc/server";
import { Month } from "@/server/periods/schemas";
import { Statement } from "./statement";

export const metadata: Metadata = { title: "Statement" };

interface Props {
  params: Promise<{ tenant: string; month: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** `?revision=1` is an earlier one. */
export default async function StatementPage({ params, searchParams }: Props) {
  const { tenant: slug, month: asked } = await params;
  const { tenant, trpc, queryClient } = await openPage(slug);
  const month = Month.safeParse(asked);
  if (!month.success || !tenant.rights.includes("reports:read")) notFound();
  const { revision: text } = await searchParams;
  const revision = typeof text === "string" && /^[1-9]\d{0,5}$/.test(text) ? { revision: Number(text) } : {};
  const which = { month: month.data, ...revision };
  await Promise.allSettled([
    queryClient.query(trpc.statements.read.queryOptions(which)),
    queryClient.query(trpc.statements.view.queryOptions({ ...which, by: "account" })),
    queryClient.query(trpc.statements.sinceClosed.queryOptions({ month: month.data })),
    ...(tenant.rights.includes("members:read") ? [queryClient.query(trpc.members.list.queryOptions())] : []),
  ]);
  return (
    <Hydrate client={queryClient}>
      <Statement which={which} />
    </Hydrate>
  );
}
