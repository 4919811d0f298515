"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type SubmitEvent, useId, useState } from "react";
import { fieldError } from "@/app/_components/forms/field-error";
import { Button } from "@/app/_components/ui/button";
import { Callout } from "@/app/_components/ui/callout";
import { Dialog } from "@/app/_components/ui/dialog";
import { Field, Input } from "@/app/_components/ui/field";
import { errorSentence } from "@/app/_format/errors";
import { useTRPC } from "@/app/_trpc/client";
import { addDays, localDay } from "@/server/calendar/local-day";
import { firstOfMonth } from "@/server/calendar/month";
import { useTenant } from "../../_components/tenant-context";
import type { PriceChange } from "../price-change";

interface Draft {
  from: string;
  lastDay: string;
  provider: string;
  model: string;
  onlyUnpriced: boolean;
  reason: string;
}

interface Props {
  open: boolean;
  onClose: () => void;
  now: Date;
  asked: PriceChange | null;
}

/** Asks for a preview; nothing in the ledger changes by it. */
export function NewPreview({ open, onClose, now, asked }: Props) {
  const { slug, timeZone } = useTenant();
  const trpc = useTRPC();
  const queries = useQueryClient();
  const router = useRouter();
  const formId = useId();
  const today = localDay(now, timeZone);
  const [draft, setDraft] = useState<Draft>({
    from: asked?.from ?? firstOfMonth(today),
    lastDay: today,
    provider: asked?.provider ?? "",
    model: asked?.model ?? "",
    onlyUnpriced: false,
    reason: asked?.why ?? "",
  });
  const change = (part: Partial<Draft>) => setDraft({ ...draft, ...part });
  const request = useMutation(
    trpc.repricing.request.mutationOptions({
      onSuccess: async ({ id }) => {
        await queries.invalidateQueries(trpc.repricing.list.queryFilter());
        router.push(`/${slug}/prices/repricing/${id}`);
      },
    }),
  );
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const { provider, model, onlyUnpriced } = draft;
    request.mutate({
      reason: draft.reason,
      scope: {
        from: draft.from,
        to: addDays(draft.lastDay, 1),
        ...(provider.trim() !== "" && { provider: provider.trim() }),
        ...(model.trim() !== "" && { model: model.trim() }),
        ...(onlyUnpriced && { onlyUnpriced }),
      },
    });
  };
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title="See what repricing would change"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            form={formId}
            variant="primary"
            disabled={request.isPending || request.isSuccess}
          >
            Work out the preview
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} className="space-y-4">
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label="From" hint={`Days of ${timeZone}.`} error={fieldError(request.error, "scope.from")}>
            {(ids) => (
              <Input
                {...ids}
                type="date"
                required
                value={draft.from}
                onChange={(event) => change({ from: event.target.value })}
              />
            )}
          </Field>
          <Field label="To, that day included" error={fieldError(request.error, "scope.to")}>
            {(ids) => (
              <Input
                {...ids}
                type="date"
                required
                value={draft.lastDay}
                onChange={(event) => change({ lastDay: event.target.value })}
              />
            )}
          </Field>
          <Field label="Provider" hint="As calls name it; empty for all.">
            {(ids) => (
              <Input
                {...ids}
                value={draft.provider}
                onChange={(event) => change({ provider: event.target.value })}
              />
            )}
          </Field>
          <Field label="Model" hint="As calls name it; empty for all.">
            {(ids) => (
              <Input
                {...ids}
                value={draft.model}
                onChange={(event) => change({ model: event.target.value })}
              />
            )}
          </Field>
        </div>
        <label className="flex items-start gap-2.5 text-sm">
          <input
            type="checkbox"
            className="mt-1 accent-accent"
            checked={draft.onlyUnpriced}
            onChange={(event) => change({ onlyUnpriced: event.target.checked })}
          />
          <span>
            Only calls without a price
            <span className="block text-xs text-ink-muted">No amount that is known is touched.</span>
          </span>
        </label>
        <Field
          label="Why"
          hint="For whoever reads the audit log in a year."
          error={fieldError(request.error, "reason")}
        >
          {(ids) => (
            <Input
              {...ids}
              required
              maxLength={500}
              value={draft.reason}
              onChange={(event) => change({ reason: event.target.value })}
            />
          )}
        </Field>
        {request.isError && request.error.data?.field === undefined && (
          <Callout tone="bad">{errorSentence(request.error)}</Callout>
        )}
      </form>
    </Dialog>
  );
}
