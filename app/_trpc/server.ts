import "server-only";
import { QueryClient } from "@tanstack/react-query";
import { createTRPCOptionsProxy } from "@trpc/tanstack-react-query";
import { headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { cache } from "react";
import { appRouter, createCaller } from "@/server/api/root";
import { createTransport } from "@/server/api/transport";
import { readSession } from "@/server/auth/session";
import { currentTime } from "@/server/clock";
import { DomainError, isDomainError } from "@/server/errors";

/** Who is looking, asked once for each rendering. */
export const signedIn = cache(async () => readSession(await headers()));

/** The in-process door. Pages only read, so nothing that would emit an event comes through here. */
async function pageTransport(tenantSlug: string | undefined) {
  return createTransport({
    headers: new Headers(await headers()),
    address: "in-process",
    tenantSlug,
    emit: (event) => Promise.reject(new DomainError("INTERNAL", `A page must not cause ${event.name}.`)),
  });
}

/** Of no tenant when the slug is left out. */
export const serverCaller = async (tenantSlug?: string) => createCaller(await pageTransport(tenantSlug));

export async function requireSignedIn(backTo: string) {
  const person = await signedIn();
  if (!person) redirect(`/sign-in?callbackUrl=${encodeURIComponent(backTo)}`);
  return person;
}

/** The page asked for, which server/http notes in a header; on hosts without it, the tenant's first. */
async function askedPath(slug: string): Promise<string> {
  const asked = new URL((await headers()).get("x-request-path") ?? "", "http://page");
  // Next's own mark on requests for data, not part of the address.
  asked.searchParams.delete("_rsc");
  return asked.pathname.startsWith(`/${slug}/`) ? asked.pathname + asked.search : `/${slug}/overview`;
}

/** The tenant of a page, for its members; everybody else gets the same answer as if there were none. */
export const requireTenant = cache(async (slug: string) => {
  const person = await requireSignedIn(await askedPath(slug));
  try {
    return { person, tenant: await (await serverCaller(slug)).tenants.current() };
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
  const ctx = await pageTransport(slug);
  const trpc = createTRPCOptionsProxy({ ctx, router: appRouter, queryClient });
  return { tenant, person, queryClient, trpc, caller: createCaller(ctx), now: currentTime() };
}
