"use client";

import { type QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createTRPCClient, httpBatchLink } from "@trpc/client";
import type { inferRouterOutputs } from "@trpc/server";
import { createTRPCContext } from "@trpc/tanstack-react-query";
import type { ReactNode } from "react";
import { useState } from "react";
import type { AppRouter } from "@/server/api/root";
import { makeQueryClient } from "./query-client";

export type Outputs = inferRouterOutputs<AppRouter>;

const context = createTRPCContext<AppRouter>();
export const useTRPC = context.useTRPC;
/** The bare client, for what the query options cannot say. */
export const useTRPCClient = context.useTRPCClient;

const browserClients = new Map<string | null, QueryClient>();

/**
 * One cache a tenant, since query keys do not name the tenant: what was loaded for one must never be shown for another.
 * On the server a new one for each rendering.
 */
function queryClientOf(tenantSlug: string | null): QueryClient {
  if (typeof window === "undefined") return makeQueryClient();
  const known = browserClients.get(tenantSlug);
  if (known) return known;
  const made = makeQueryClient();
  browserClients.set(tenantSlug, made);
  return made;
}

/** `tenantSlug` goes with every request; null where no tenant is chosen yet. Give it as the `key` too. */
export function TrpcProvider({ tenantSlug, children }: { tenantSlug: string | null; children: ReactNode }) {
  const [client] = useState(() =>
    createTRPCClient<AppRouter>({
      links: [
        httpBatchLink({
          url: "/api/trpc",
          // The server takes ten calls in one request.
          maxItems: 10,
          headers: tenantSlug === null ? {} : { "x-tokenledger-tenant": tenantSlug },
        }),
      ],
    }),
  );
  const [queries] = useState(() => queryClientOf(tenantSlug));
  return (
    <QueryClientProvider client={queries}>
      <context.TRPCProvider trpcClient={client} queryClient={queries}>
        {children}
      </context.TRPCProvider>
    </QueryClientProvider>
  );
}
