"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@/app/_components/ui/link";
import { type SubmitEvent, useState } from "react";
import { toast } from "sonner";
import { Button } from "@/app/_components/ui/button";
import { Callout } from "@/app/_components/ui/callout";
import { Dialog } from "@/app/_components/ui/dialog";
import { Segmented } from "@/app/_components/ui/segmented";
import { errorSentence } from "@/app/_format/errors";
import { useTRPC } from "@/app/_trpc/client";
import {
  type PolicyTag,
  policyTags,
  type TagMode,
  tagModes,
  type TagPolicy,
} from "@/server/attribution/schemas";
import { useRight, useTenant } from "../../_components/tenant-context";
import { callsHref } from "../../calls/search-params";
import { listTags, tagWords } from "../tag-words";

const modeWords: Record<TagMode, { label: string; sentence: (tag: string) => string }> = {
  accept: {
    label: "Accept",
    sentence: (tag) => `Calls without ${tag} are taken like any other.`,
  },
  unattributed: {
    label: "Unattributed",
    sentence: (tag) => `Calls without ${tag} are taken, and count as unattributed in the coverage.`,
  },
  reject: {
    label: "Reject",
    sentence: (tag) => `Calls without ${tag} are refused, kept aside, and in no total.`,
  },
};
const options = tagModes.map((value) => ({ value, label: modeWords[value].label }));
const modeOf = (policy: TagPolicy, tag: PolicyTag): TagMode => policy[tag] ?? "accept";

/** The policy as it is edited; it is saved as a whole. */
export function TagPolicyForm({ saved }: { saved: TagPolicy }) {
  const { slug } = useTenant();
  const mayWrite = useRight("attribution:write");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [draft, setDraft] = useState(saved);
  const [isAsking, setIsAsking] = useState(false);
  const save = useMutation(
    trpc.attribution.setTagPolicy.mutationOptions({
      onSuccess: () => void toast.success("Saved. It holds for calls from now on."),
      onSettled: async () => {
        await queries.invalidateQueries(trpc.attribution.show.queryFilter());
        await queries.invalidateQueries(trpc.reports.coverage.queryFilter());
      },
    }),
  );
  const changed = policyTags.filter((tag) => modeOf(draft, tag) !== modeOf(saved, tag));
  const newlyRefused = changed.filter((tag) => modeOf(draft, tag) === "reject");
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (newlyRefused.length > 0) setIsAsking(true);
    else save.mutate({ tagPolicy: draft });
  };
  return (
    <form onSubmit={submit}>
      <ul className="divide-y border-t">
        {policyTags.map((tag) => {
          const { label, one } = tagWords[tag];
          const mode = modeOf(draft, tag);
          return (
            <li
              key={tag}
              className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-4 py-3 sm:px-5"
            >
              <div className="min-w-0 flex-1 basis-64">
                <p className="text-sm font-medium">{label}</p>
                <p className="text-xs text-ink-muted">{modeWords[mode].sentence(one)}</p>
              </div>
              <fieldset disabled={!mayWrite} className="disabled:pointer-events-none disabled:opacity-60">
                <Segmented
                  label={`Calls without ${one}`}
                  value={mode}
                  options={options}
                  onChange={(value) => setDraft({ ...draft, [tag]: value })}
                />
              </fieldset>
            </li>
          );
        })}
      </ul>
      <div className="flex flex-wrap items-center justify-between gap-3 border-t px-4 py-3 sm:px-5">
        <p className="text-xs text-ink-muted">
          What was refused stands under{" "}
          <Link
            href={callsHref(slug, { show: "kept-out" })}
            className="text-accent underline underline-offset-2"
          >
            Calls, kept out
          </Link>
          .
        </p>
        {mayWrite && (
          <Button type="submit" variant="primary" disabled={changed.length === 0 || save.isPending}>
            Save the policy
          </Button>
        )}
      </div>
      {save.isError && (
        <Callout tone="bad" className="mx-4 mb-4 sm:mx-5">
          {errorSentence(save.error)}
        </Callout>
      )}
      <Dialog
        open={isAsking}
        onClose={() => setIsAsking(false)}
        title={`Refuse calls without ${listTags(newlyRefused)}?`}
        footer={
          <>
            <Button onClick={() => setIsAsking(false)}>Cancel</Button>
            <Button
              variant="danger"
              onClick={() => {
                setIsAsking(false);
                save.mutate({ tagPolicy: draft });
              }}
            >
              Refuse them
            </Button>
          </>
        }
      >
        <div className="space-y-2 text-sm text-ink-muted">
          <p>
            From now on such calls are answered as rejected. They are kept aside with the reason, and their
            cost is in no total: spend will look lower than it is.
          </p>
          <p>
            Look first under Coverage how many there are. “Unattributed” shows them without losing a cent.
          </p>
        </div>
      </Dialog>
    </form>
  );
}
