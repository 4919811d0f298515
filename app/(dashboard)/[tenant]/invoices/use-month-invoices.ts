"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { toast } from "sonner";
import { errorSentence } from "@/app/_format/errors";
import { plural } from "@/app/_format/quantities";
import { useTRPC, useTRPCClient } from "@/app/_trpc/client";
import { draftsWords } from "./words";

/** How far a batched change is; of how many. */
export interface Done {
  done: number;
  of: number;
}

interface Confirmed {
  drafts: number;
  totalUsd: string;
}

/** What is done with all invoices of a month, a batch at a time; whatever shows invoices is read anew after it. */
export function useMonthInvoices(month: string) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queries = useQueryClient();
  const [progress, setProgress] = useState<Done | null>(null);
  const always = {
    onError: (error: Error) => void toast.error(errorSentence(error)),
    onSettled: async () => {
      setProgress(null);
      await queries.invalidateQueries(trpc.invoices.pathFilter());
    },
  };
  const makeDrafts = useMutation({
    ...always,
    mutationFn: async () => {
      const sum = { made: 0, recomputed: 0, edited: 0, final: 0, discarded: 0 };
      let done = 0;
      let after: string | null = null;
      do {
        const batch = await client.invoices.makeDrafts.mutate({ month, after });
        for (const name of ["made", "recomputed", "edited", "final", "discarded"] as const) sum[name] += batch[name];
        done += batch.accounts;
        setProgress({ done, of: batch.total });
        after = batch.next;
      } while (after !== null);
      return sum;
    },
    onSuccess: (sum) => void toast.success(draftsWords(sum)),
  });
  const finalise = useMutation({
    ...always,
    mutationFn: async (confirmed: Confirmed) => {
      let given = 0;
      let confirm: Confirmed | null = confirmed;
      do {
        const batch = await client.invoices.finaliseMonth.mutate({ month, confirm });
        given += batch.invoices.length;
        setProgress({ done: given, of: confirmed.drafts });
        confirm = batch.left;
      } while (confirm !== null);
      return given;
    },
    onSuccess: (given) => void toast.success(`${plural(given, "invoice")} final.`),
  });
  return { makeDrafts, finalise, progress };
} // prettier-ignore
