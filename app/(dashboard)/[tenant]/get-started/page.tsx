import type { Metadata } from "next";
import { Hydrate } from "@/app/_trpc/hydrate";
import { openPage } from "@/app/_trpc/server";
import { env } from "@/server/env";
import { GetStarted } from "./get-started";

export const metadata: Metadata = { title: "Get started" };

export default async function GetStartedPage({ params }: { params: Promise<{ tenant: string }> }) {
  const { trpc, queryClient, now } = await openPage((await params).tenant);
  await Promise.allSettled([queryClient.query(trpc.onboarding.status.queryOptions())]);
  return (
    <Hydrate client={queryClient}>
      <GetStarted baseUrl={env.NEXTAUTH_URL.replace(/\/+$/, "")} now={now.toISOString()} />
    </Hydrate>
  );
}
