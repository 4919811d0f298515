"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { toast } from "sonner";
import { useTRPC } from "@/app/_trpc/client";
import { failureSentence } from "../../stripe/failure-sentence";

/** What can be changed about billing by Stripe; whatever shows it is read anew after it. */
export function useBillingSettings() {
  const { billing } = useTRPC();
  const queries = useQueryClient();
  const onSettled = () => queries.invalidateQueries(billing.pathFilter());
  const told = (sentence: string) => ({ onSuccess: () => void toast.success(sentence), onSettled });
  const toasted = (sentence: string) => ({
    ...told(sentence),
    onError: (error: Parameters<typeof failureSentence>[0]) => void toast.error(failureSentence(error)),
  });
  const unmap = useMutation(billing.unmapAccount.mutationOptions(toasted("The account is mapped to nobody.")));
  return {
    connect: useMutation(billing.connect.mutationOptions(told("Stripe is connected."))),
    rotate: useMutation(billing.rotate.mutationOptions(told("The new secrets are in use."))),
    disconnect: useMutation(billing.disconnect.mutationOptions(toasted("Stripe is disconnected."))),
    addMeter: useMutation(billing.addMeter.mutationOptions(told("The meter is fed from its first hour on."))),
    endMeter: useMutation(billing.endMeter.mutationOptions(toasted("The meter is fed no more after this hour."))),
    map: useMutation(
      billing.mapAccount.mutationOptions({
        onSuccess: (_, { accountId, customerId }) =>
          void toast.success(`${accountId} is billed as ${customerId}.`, {
            action: { label: "Undo", onClick: () => unmap.mutate({ accountId }) },
          }),
        onSettled,
      }),
    ),
    unmap,
    readRevenue: useMutation(billing.readRevenue.mutationOptions(toasted("Subscriptions were read."))),
  };
} // prettier-ignore

interface Failed {
  message: string;
  data?: { field?: string } | null;
}

/** Whether the server's sentence stands below one of these fields already. */
export const isAboutField = (error: Failed | null, fields: readonly string[]) =>
  fields.includes(error?.data?.field ?? "");
