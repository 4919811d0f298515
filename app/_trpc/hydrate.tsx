import { dehydrate, type DehydratedState, HydrationBoundary, type QueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";

/** As the wire would bring it: dates of an in-process answer become the text that the types promise. */
const asSent = (client: QueryClient) => JSON.parse(JSON.stringify(dehydrate(client))) as DehydratedState;

/** Hands what the server prefetched to the client parts; what failed here is asked again by the browser. */
export function Hydrate({ client, children }: { client: QueryClient; children: ReactNode }) {
  return <HydrationBoundary state={asSent(client)}>{children}</HydrationBoundary>;
}
