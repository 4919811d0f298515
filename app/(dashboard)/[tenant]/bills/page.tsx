import type { Metadata } from "next";
import { notFound } from "next/navigation";
import type { SearchParams } from "nuqs/server";
import { Hydrate } from "@/app/_trpc/hydrate";
import { openPage } from "@/app/_trpc/server";
import { Bills } from "./bills";
import { chooseBill } from "./choose-bill";
import { loadBillParams } from "./search-params";

export const metadata: Metadata = { title: "Provider bills" };

interface Props {
  params: Promise<{ tenant: string }>;
  searchParams: Promise<SearchParams>;
}

export default async function BillsPage({ params, searchParams }: Props) {
  const { tenant, trpc, queryClient, now } = await openPage((await params).tenant);
  if (!tenant.rights.includes("reports:read")) notFound();
  const asked = await loadBillParams(searchParams);
  await Promise.allSettled([
    queryClient.query(trpc.bills.files.queryOptions()),
    ...(tenant.rights.includes("sources:read") ? [queryClient.query(trpc.bills.list.queryOptions())] : []),
    ...(tenant.rights.includes("members:read") ? [queryClient.query(trpc.members.list.queryOptions())] : []),
    queryClient.query(trpc.bills.providers.queryOptions()).then(async ({ providers }) => {
      const bill = chooseBill(providers, asked, now.toISOString().slice(0, 7));
      if (bill) await queryClient.query(trpc.bills.month.queryOptions(bill));
    }),
  ]);
  return (
    <Hydrate client={queryClient}>
      <Bills now={now.toISOString()} />
    </Hydrate>
  );
}
