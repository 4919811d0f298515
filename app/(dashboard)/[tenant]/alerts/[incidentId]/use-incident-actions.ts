"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { toast } from "sonner";
import { formatInstant } from "@/app/_format/dates";
import { errorSentence } from "@/app/_format/errors";
import { useTRPC } from "@/app/_trpc/client";
import { useTenant } from "../../_components/tenant-context";

/** What a member can do to an incident. Each says what became of it; a resolution can be undone. */
export function useIncidentActions(id: string) {
  const { timeZone } = useTenant();
  const trpc = useTRPC();
  const queries = useQueryClient();
  // A refusal often says that somebody else was faster: then the screen is behind, too.
  const onSettled = () => queries.invalidateQueries(trpc.incidents.pathFilter());
  const onError = (error: Parameters<typeof errorSentence>[0]) => void toast.error(errorSentence(error));
  const shared = { onSettled, onError };
  const acknowledge = useMutation(trpc.incidents.acknowledge.mutationOptions(shared));
  const snooze = useMutation(trpc.incidents.snooze.mutationOptions(shared));
  const resolve = useMutation(trpc.incidents.resolve.mutationOptions(shared));
  const reopen = useMutation(trpc.incidents.reopen.mutationOptions(shared));
  const note = useMutation(trpc.incidents.note.mutationOptions(shared));
  return {
    isBusy: [acknowledge, snooze, resolve, reopen, note].some(({ isPending }) => isPending),
    acknowledge: () =>
      acknowledge.mutate({ id }, { onSuccess: () => void toast.success("You look into it.") }),
    snooze: (until: Date, why: string | null) =>
      snooze.mutate(
        { id, until: until.toISOString(), note: why },
        {
          onSuccess: () => {
            const when = formatInstant(until.toISOString(), timeZone);
            toast.success(`It wakes on ${when}, if the rule still finds it.`);
          },
        },
      ),
    resolve: (why: string | null) =>
      resolve.mutate(
        { id, note: why },
        {
          onSuccess: () => {
            const action = { label: "Undo", onClick: () => reopen.mutate({ id }) };
            toast.success("The incident is resolved.", { duration: 10_000, action });
          },
        },
      ),
    reopen: (why: string | null) =>
      reopen.mutate(
        { id, note: why },
        { onSuccess: () => void toast.success("The incident is open again.") },
      ),
    note: (text: string) =>
      note.mutate({ id, note: text }, { onSuccess: () => void toast.success("Noted.") }),
  };
}
