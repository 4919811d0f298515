import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Hydrate } from "@/app/_trpc/hydrate";
import { openPage } from "@/app/_trpc/server";
import { ModelPrices } from "./model-prices";

interface Props {
  params: Promise<{ tenant: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const text = (value: string | string[] | undefined) => (typeof value === "string" ? value : "");

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  return { title: `Price of ${text((await searchParams).model)}` };
}

/** A model is named by the query, for its name may hold anything, slashes too. `&add=contract` opens the form for its rates. */
export default async function ModelPage({ params, searchParams }: Props) {
  const { tenant, trpc, queryClient, now } = await openPage((await params).tenant);
  const asked = await searchParams;
  const model = { provider: text(asked.provider), model: text(asked.model) };
  if (!tenant.rights.includes("prices:read") || model.model === "") notFound();
  await Promise.allSettled([queryClient.query(trpc.prices.model.queryOptions(model))]);
  return (
    <Hydrate client={queryClient}>
      <ModelPrices {...model} now={now.toISOString()} isAdding={asked.add === "contract"} />
    </Hydrate>
  );
}
