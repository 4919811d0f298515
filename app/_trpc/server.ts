import "server-only";
import { QueryClient } from "@tanstack/react-query";
import { createTRPCOptionsProxy } from "@trpc/tanstack-react-query";
import { randomUUID } from "node:crypto";
import { headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { cache } from "react";
import { appRouter } from "@/server/api/root";
import type { Transport } from "@/server/api/trpc";
import { readSession } from "@/server/auth/session";
import { DomainError, isDomainError } from "@/server/errors";

/** Who is looking, asked once for each rendering. */
export const signedIn = cache(async () => readSession(await headers()));

/** The in-process door. Pages only read, so nothing that would emit an event comes through here. */
function pageTransport(tenantSlug: string | null): Transport {
  return {
    requestId: randomUUID(),
    now: new Date(),
    address: "in-process",
    tenantSlug,
    session: signedIn,
    key: () => Promise.resolve(null),
    emit: (event) => Promise.reject(new DomainError("INTERNAL", `A page must not cause ${event.name}.`)),
  };
}

export const serverCaller = (tenantSlug: string | null) => appRouter.createCaller(pageTransport(tenantSlug));

export async function requireSignedIn(backTo: string) {
  const person = await signedIn();
  if (!person) redirect(`/sign-in?callbackUrl=${encodeURIComponent(backTo)}`);
  return person;
}

/** The tenant of a page, for its members; everybody else gets the same answer as if there were none. */
export const requireTenant = cache(async (slug: string) => {
  const person = await requireSignedIn(`/${slug}/overview`);
  try {
    return { person, tenant: await serverCaller(slug).tenants.current() };
  } catch (error) {
    const cause = error instanceof Error ? error.cause : undefined;
    if (isDomainError(cause) && cause.code === "NOT_FOUND") notFound();
    throw error;
  }
});

/** What a page of the dashboard needs: access checked, a cache to prefetch into, and the questions it can ask. */
export async function openPage(slug: string) {
  const { tenant, person } = await requireTenant(slug);
  const queryClient = new QueryClient();
  const trpc = createTRPCOptionsProxy({ ctx: pageTransport(slug), router: appRouter, queryClient });
  return { tenant, person, queryClient, trpc, now: new Date() };
}
