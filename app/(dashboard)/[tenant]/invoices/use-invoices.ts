"use client";

import { infiniteQueryOptions, keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { type Outputs, useTRPC, useTRPCClient } from "@/app/_trpc/client";
import type { InvoiceState } from "@/server/invoices/schemas";
import { listQuestion } from "./search-params";

type Page = Outputs["invoices"]["list"];
const first: NonNullable<Page["nextCursor"]> | undefined = undefined;

/** The invoices of a month, a page at a time. @param month null: there is none to ask for */
export function useInvoices(month: string | null, state: InvoiceState | null) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const question = month === null ? {} : listQuestion(month, state);
  return useInfiniteQuery(
    infiniteQueryOptions({
      queryKey: [...trpc.invoices.list.queryKey(question), "pages"],
      queryFn: ({ pageParam }: { pageParam: typeof first }) =>
        client.invoices.list.query({ ...question, cursor: pageParam }),
      initialPageParam: first,
      getNextPageParam: (page: Page) => page.nextCursor ?? undefined,
      enabled: month !== null,
      placeholderData: keepPreviousData,
    }),
  );
}
