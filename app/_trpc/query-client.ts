import { QueryClient } from "@tanstack/react-query";

/** Fresh for half a minute: the server has just prefetched it, and the roll-up runs each minute. */
export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { staleTime: 30_000, retry: 1, refetchOnWindowFocus: true },
    },
  });
}
