"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { toast } from "sonner";
import { Button } from "@/app/_components/ui/button";
import { Dialog } from "@/app/_components/ui/dialog";
import { errorSentence } from "@/app/_format/errors";
import { useTRPC } from "@/app/_trpc/client";

/** Ids before and after are two users: somebody must want that. */
export function SwitchPseudonyms({ isOn }: { isOn: boolean }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [isAsking, setIsAsking] = useState(false);
  const set = useMutation(
    trpc.privacy.setPseudonyms.mutationOptions({
      onSuccess: ({ pseudonymise }) =>
        void toast.success(
          pseudonymise
            ? "On. User ids of new calls become pseudonyms."
            : "Off. User ids of new calls are kept as sent.",
        ),
      onError: (error) => void toast.error(errorSentence(error)),
      onSettled: () => queries.invalidateQueries(trpc.privacy.show.queryFilter()),
    }),
  );
  const verb = isOn ? "Switch off" : "Switch on";
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 px-4 py-3.5 sm:px-5">
      <p className="min-w-0 flex-1 basis-72 text-sm text-ink-muted">
        {isOn
          ? "The user id of every call that comes in is replaced before it is stored. Calls from before keep the id that they came with."
          : "User ids are stored as your apps send them."}
      </p>
      <Button
        variant={isOn ? "secondary" : "primary"}
        disabled={set.isPending}
        onClick={() => setIsAsking(true)}
      >
        {verb}
      </Button>
      <Dialog
        open={isAsking}
        onClose={() => setIsAsking(false)}
        title={isOn ? "Switch pseudonyms off?" : "Switch pseudonyms on?"}
        footer={
          <>
            <Button onClick={() => setIsAsking(false)}>Cancel</Button>
            <Button
              variant="primary"
              onClick={() => {
                setIsAsking(false);
                set.mutate({ pseudonymise: !isOn, confirm: true });
              }}
            >
              {verb}
            </Button>
          </>
        }
      >
        <ul className="list-disc space-y-2 pl-4 text-sm text-ink-muted">
          <li>
            New calls: {isOn ? "user ids are stored as they are sent" : "user ids are stored as pseudonyms"},
            from a few seconds from now.
          </li>
          <li>Old calls stay as they are. The same person is two users in reports, before and after.</li>
          <li>
            {isOn
              ? "The key is kept, so pseudonyms of before can still be looked up and forgotten."
              : "No screen can show an id again once it is a pseudonym. Who knows an id can look its pseudonym up here."}
          </li>
          {!isOn && <li>Rules about users must name whole ids; “starts with” means nothing then.</li>}
        </ul>
      </Dialog>
    </div>
  );
}
