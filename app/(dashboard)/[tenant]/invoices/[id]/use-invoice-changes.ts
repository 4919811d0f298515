"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { toast } from "sonner";
import { errorSentence } from "@/app/_format/errors";
import { useTRPC } from "@/app/_trpc/client";
import { useTenant } from "../../_components/tenant-context";
import { invoiceHref, invoicesHref } from "../search-params";

/** What can be done with one invoice; whatever shows invoices is read anew after it. */
export function useInvoiceChanges(month: string) {
  const { slug } = useTenant();
  const trpc = useTRPC();
  const queries = useQueryClient();
  const router = useRouter();
  const again = () => queries.invalidateQueries(trpc.invoices.pathFilter());
  const onError = (error: Parameters<typeof errorSentence>[0]) => void toast.error(errorSentence(error));
  const told = (words: string) => ({ onError, onSettled: again, onSuccess: () => void toast.success(words) });
  const finalise = useMutation(
    trpc.invoices.finalise.mutationOptions({
      onError,
      onSettled: again,
      onSuccess: ({ number }) => void toast.success(`${number} is final.`),
    }),
  );
  const recompute = useMutation(trpc.invoices.recompute.mutationOptions(told("Computed anew.")));
  // Its refusals stand in the form.
  const addLine = useMutation(trpc.invoices.addLine.mutationOptions({ onSettled: again, onSuccess: () => void toast.success("The line was added.") })); // prettier-ignore
  const removeLine = useMutation(trpc.invoices.removeLine.mutationOptions(told("The line was taken away.")));
  const voidIt = useMutation(trpc.invoices.void.mutationOptions(told("The invoice is void.")));
  const replace = useMutation(
    trpc.invoices.replace.mutationOptions({
      onError,
      onSuccess: async ({ id }) => {
        await again();
        router.push(invoiceHref(slug, id));
      },
    }),
  );
  const discard = useMutation(
    trpc.invoices.discard.mutationOptions({
      onError,
      onSuccess: () => {
        toast.success("The draft is gone.");
        router.push(invoicesHref(slug, month));
        // Not the draft itself, which is not there any more while its screen still is.
        void queries.invalidateQueries(trpc.invoices.months.queryFilter());
        void queries.invalidateQueries(trpc.invoices.list.pathFilter());
      },
    }),
  );
  const all = [finalise, recompute, addLine, removeLine, voidIt, replace, discard];
  return { finalise, recompute, addLine, removeLine, voidIt, replace, discard, isBusy: all.some(({ isPending }) => isPending) }; // prettier-ignore
}

export type InvoiceChanges = ReturnType<typeof useInvoiceChanges>;
