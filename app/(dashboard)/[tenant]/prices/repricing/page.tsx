import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Hydrate } from "@/app/_trpc/hydrate";
import { openPage } from "@/app/_trpc/server";
import { askedChange } from "../price-change";
import { ClosedMonths } from "./closed-months";
import { Repricings } from "./repricings";

export const metadata: Metadata = { title: "Repricing" };

interface Props {
  params: Promise<{ tenant: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** `?provider=&model=` opens the form, filled in: where a price was just changed, that is the next question. */
export default async function RepricingsPage({ params, searchParams }: Props) {
  const { tenant, trpc, queryClient, now } = await openPage((await params).tenant);
  if (!tenant.rights.includes("prices:read")) notFound();
  await Promise.allSettled([
    queryClient.query(trpc.repricing.list.queryOptions()),
    queryClient.query(trpc.periods.list.queryOptions()),
  ]);
  const asked = askedChange(await searchParams);
  return (
    <Hydrate client={queryClient}>
      <Repricings now={now.toISOString()} asked={asked} />
      <ClosedMonths />
    </Hydrate>
  );
}
