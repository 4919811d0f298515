import { infiniteQueryOptions, type QueryKey } from "@tanstack/react-query";

/**
 * A list that is read a page at a time. tRPC's own options for this send a `direction` along, which our strict inputs refuse.
 * @param load one page; without a cursor the first
 */
export function pages<Page extends { nextCursor: string | null }>(
  queryKey: QueryKey,
  load: (cursor: string | undefined) => Promise<Page>,
) {
  const first: string | undefined = undefined;
  return infiniteQueryOptions({
    queryKey: [...queryKey, "pages"],
    queryFn: ({ pageParam }: { pageParam: string | undefined }) => load(pageParam),
    initialPageParam: first,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
}
